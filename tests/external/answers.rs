//! What each answer of a site means for the link.

use super::book::{Book, SETTINGS, page};
use super::site::Site;
use serde_json::Value;
use std::net::TcpListener;
use std::time::{Duration, Instant};

#[test]
fn every_answer_has_its_meaning() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let site = Site::beside(closed);
    let at = |path: &str| format!("{}{path}", site.root);
    let moved = at("/moved");
    let (new, twice) = (at("/new"), at("/moved/twice"));
    let cases: Vec<(String, String)> = [
        ("/ok", String::new()),
        ("/found", String::new()),
        ("/moved", format!("moved-link: `{moved}` has moved for good to `{new}`")),
        ("/moved/twice", format!("moved-link: `{twice}` has moved for good to `{new}`")),
        // Moved for good to a page that has moved for the moment: the first address is the better one.
        ("/moved/found", format!("moved-link: `{}` has moved for good to `{}`", at("/moved/found"), at("/found"))),
        ("/found/404", "dead-external-link: … is gone: the site answers 404 Not Found".into()),
        ("/found/closed", "unreachable-link: … cannot be reached: the host refuses connections".into()),
        ("/found/excluded", String::new()),
        ("/found/nowhere", "unverified-link: … could not be verified: the site answers 302 Found".into()),
        ("/moved/far", "unverified-link: … could not be verified: the site answers 301 Moved Permanently".into()),
        ("/circle", "unreachable-link: … cannot be reached: the site redirects again and again".into()),
        ("/metadata", "unreachable-link: … cannot be reached: it leads into a private network".into()),
        ("/401", "unverified-link: … could not be verified: the site answers 401 Unauthorized".into()),
        ("/403", "unverified-link: … could not be verified: the site answers 403 Forbidden".into()),
        ("/404", "dead-external-link: … is gone: the site answers 404 Not Found".into()),
        ("/410", "dead-external-link: … is gone: the site answers 410 Gone".into()),
        ("/400", "unreachable-link: … cannot be reached: the site answers 400 Bad Request".into()),
        ("/500", "unreachable-link: … cannot be reached: the site answers 500 Internal Server Error".into()),
        ("/flaky", String::new()),
        ("/reset-once", String::new()),
        ("/slow", String::new()),
        ("/silent", "unreachable-link: … cannot be reached: the site does not answer in time".into()),
        ("/reset", "unreachable-link: … cannot be reached: the site closes the connection without an answer".into()),
        ("/page#here", String::new()),
        ("/page#by-name", String::new()),
        ("/page#%C3%BCber", String::new()),
        ("/page#top", String::new()),
        ("/page#gone", format!("dead-external-anchor: `{}` has no anchor `#gone`", at("/page"))),
        // A page that a script fills, one whose letters are of another encoding, and those that cannot be unpacked.
        ("/script#gone", String::new()),
        ("/latin#%C3%BCber", String::new()),
        ("/latin#gone", format!("dead-external-anchor: `{}` has no anchor `#gone`", at("/latin"))),
        ("/packed#here", String::new()),
        ("/packed#gone", format!("dead-external-anchor: `{}` has no anchor `#gone`", at("/packed"))),
        ("/packed-otherwise#gone", String::new()),
        ("/bomb#gone", String::new()),
        ("/trickle#gone", String::new()),
        ("/image#gone", String::new()),
        ("/endless#gone", String::new()),
        ("/403-accepted", String::new()),
    ]
    .map(|(path, expected)| (at(path), expected))
    .into();
    let mut links: Vec<String> = cases.iter().map(|(link, _)| link.clone()).collect();
    let refused = format!("http://127.0.0.1:{closed}/x");
    // What does not speak the language of secure connections cannot be trusted.
    let unsafe_link = at("/ok").replace("http:", "https:");
    links.extend([refused.clone(), unsafe_link.clone()]);
    let settings = format!("{SETTINGS}accept = [418]\nexclude = ['*/excluded']\n");
    let book = Book::new(&page(&links), &settings);
    let began = Instant::now();
    let (found, counts) = book.check(&[]);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());

    let mut expected: Vec<String> = Vec::new();
    for (n, (link, message)) in cases.iter().enumerate().filter(|(_, (_, message))| !message.is_empty()) {
        expected.push(format!("{} {}", n + 3, message.replace('…', &format!("`{link}`"))));
    }
    let line = cases.len() + 3;
    expected.push(format!("{line} unreachable-link: `{refused}` cannot be reached: the host refuses connections"));
    expected.push(format!(
        "{} unreachable-link: `{unsafe_link}` cannot be reached: no secure connection can be made; a browser would \
         warn its reader",
        line + 1
    ));
    assert_eq!(found, expected);
    assert_eq!((counts["dead"].as_u64(), counts["unknown"].as_u64()), (Some(3), Some(4)), "{counts}");
    assert_eq!((counts["unchecked"].as_u64(), site.count("/excluded")), (Some(1), 0), "{counts}");

    assert_eq!(site.count("/page"), 1, "one request for all fragments of a page");
    assert_eq!((site.count("/flaky"), site.count("/404"), site.count("/403")), (3, 2, 1));
    assert_eq!((site.count("/silent"), site.count("/500")), (2, 3));
    assert!(site.busiest() <= 4, "{} requests at the same time", site.busiest());
    assert!(site.methods().iter().all(|method| method == "GET"), "some sites refuse HEAD: {:?}", site.methods());
    assert!(site.agents().iter().all(|agent| agent.starts_with("proofpress/")), "{:?}", site.agents());
}

#[test]
fn silence_is_the_authors() {
    let site = Site::new();
    let (gone, moved) = (format!("{}/404", site.root), format!("{}/moved", site.root));
    let text = format!("# A\n\n<!-- proofpress-ignore dead-external-link: known -->\n[x]({gone})\n\n[y]({gone}#z)\n");
    let book = Book::new(&text, &SETTINGS.replace("[check]\n", "[check]\nmoved-link = \"error\"\n"));
    let (found, _) = book.check(&[]);
    assert_eq!(found, [format!("6 dead-external-link: `{gone}#z` is gone: the site answers 404 Not Found")]);
    // Who did not ask cannot say that the ignore is of no use.
    let (_, err, code) = book.run(&["--fail-on", "note"]);
    assert_eq!(code, 0, "{err}");
    book.write(
        "README.md",
        &format!("# A\n\n<!-- proofpress-ignore dead-external-link: gone -->\n[x]({moved}#hello)\n"),
    );
    let (out, _, code) = book.run(&["--external", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 1);
    let rules: Vec<&str> =
        report["diagnostics"].as_array().unwrap().iter().filter_map(|d| d["rule"].as_str()).collect();
    assert_eq!(rules, ["unused-ignore", "moved-link"], "{out}");
    let fix = &report["diagnostics"][1]["fix"];
    assert_eq!(fix["edits"][0]["text"], format!("{}/new#hello", site.root).as_str(), "{fix}");
    assert_eq!(fix["applicability"], "unsafe");
}
