//! What is not asked for, whoever links to it.

use super::book::{Book, SETTINGS, page};
use super::site::Site;

#[test]
fn nothing_is_asked_without_the_word() {
    let site = Site::new();
    let links = ["/404", "/ok", "/ok#x"].map(|path| format!("{}{path}", site.root));
    let book = Book::new(&page(&links), SETTINGS);
    for arguments in [&[][..], &["--offline"], &["--external", "--offline"]] {
        let (_, err, code) = book.run(arguments);
        assert!(code == 0 && err.contains("; links to other sites: 2 not checked"), "{err}");
    }
    for verb in [&["build", "-o", "out"][..], &["fix", "--diff"], &["explain", "dead-external-link"]] {
        let out = book.command(env!("CARGO_BIN_EXE_proofpress")).args(verb).output().unwrap();
        assert!(out.status.success(), "{out:?}");
    }
    assert_eq!(site.connections(), 0);
    let (_, err, code) = book.run(&["--external"]);
    assert!(code == 1 && err.contains("links to other sites: 1 alive, 1 dead"), "{err}");
    assert!(err.contains("error[dead-external-link]") && err.contains(" --> README.md:3:5"), "{err}");
    assert!(!err.contains('\r'), "no progress where there is no terminal: {err}");
    let (_, err, code) = book.run(&["--cache", "x.json"]);
    assert!(code == 2 && err.contains("--external"), "{err}");
}

#[test]
fn closed_doors_stay_closed() {
    let site = Site::new();
    let port = site.root.rsplit(':').next().unwrap();
    let own = [
        format!("http://localhost:{port}/ok"),
        format!("http://127.0.0.1:{port}/ok"),
        format!("http://2130706433:{port}/ok"),
        format!("http://[::ffff:127.0.0.1]:{port}/ok"),
    ];
    let never = [
        format!("http://me:secret@127.0.0.1:{port}/ok"),
        "http://169.254.169.254/latest/meta-data/".to_string(),
        "https://example.com/reserved".to_string(),
        "https://<your-host>/x".to_string(),
    ];
    let book = Book::new(&page(&[&own[..], &never].concat()), "[check]\nleftover-address = \"off\"\n");
    let (found, counts) = book.check(&["--cache", "links.json"]);
    assert_eq!((found, counts["unchecked"].as_u64(), site.connections()), (vec![], Some(8), 0));
    assert!(!book.read("links.json").contains("secret"));

    // The settings open this machine; what is nobody's stays closed, and so does what the author excludes.
    book.write("README.md", &page(&[&own[..3], &never].concat()));
    book.write("book.toml", &format!("{SETTINGS}exclude = ['http://127.0.0.1*']\n"));
    let (found, counts) = book.check(&[]);
    assert_eq!((found, counts["alive"].as_u64(), site.count("/ok")), (vec![], Some(2), 2), "{counts}");
}

/// The proxy is one that the owner of this machine has chosen, so it may stand in a closed network; what it brings in
/// may not lead there.
#[test]
fn a_redirect_opens_no_door() {
    let (proxy, inside) = (Site::new(), Site::new());
    let link = |path: &str| format!("http://docs.proofpress-tests.net/to/{}{path}", inside.port());
    let links = [link("/ok"), "http://docs.proofpress-tests.net/ok".to_string()];
    let mut book = Book::new(&page(&links), "");
    book.variables.push(("http_proxy", proxy.root.clone()));
    book.variables.push(("no_proxy", "127.0.0.1".to_string()));
    let (found, counts) = book.check(&[]);
    let expected = format!("3 unreachable-link: `{}` cannot be reached: it leads into a private network", links[0]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![expected], Some(1)));
    assert_eq!((proxy.total(), inside.connections()), (2, 0));
}
