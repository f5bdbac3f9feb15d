//! A program without `external-links`, from outside: it says what it cannot do, and does all the rest.
#![cfg(not(feature = "external-links"))]
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::process::Command;

#[test]
fn what_was_left_out_is_named() {
    let book = std::env::temp_dir().join(format!("proofpress-lean-{}", std::process::id()));
    fs::create_dir_all(&book).unwrap();
    fs::write(book.join("README.md"), "# A\n\n[x](https://docs.proofpress-tests.net/)\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        let out = command.current_dir(&book).arg("check").args(arguments).output().unwrap();
        (String::from_utf8(out.stderr).unwrap(), out.status.code())
    };
    let (err, code) = run(&["--external"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("built without the feature `external-links`, so it cannot ask other sites"), "{err}");
    for arguments in [&[][..], &["--external", "--offline"]] {
        let (err, code) = run(arguments);
        assert!(code == Some(0) && err.contains("; links to other sites: 1 not checked"), "{err}");
    }
    // Where the answer is known, nobody has to be asked.
    let known =
        r#"{"version": 1, "links": {"https://docs.proofpress-tests.net/": {"checked": "DAY", "dead": "it is gone"}}}"#;
    let known = known.replace("DAY", &proofpress::web::Day::of(std::time::SystemTime::now()).to_string());
    fs::write(book.join(".proofpress-links.json"), known).unwrap();
    let (err, code) = run(&["--external", "--offline"]);
    fs::remove_dir_all(&book).unwrap();
    assert!(code == Some(1) && err.contains("error[dead-external-link]"), "{err}");
}
