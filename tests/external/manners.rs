//! No site is troubled more than it likes, and no run waits for ever.

use super::book::{Book, SETTINGS, page};
use super::site::Site;
use std::time::{Duration, Instant};

#[test]
fn a_host_that_wants_rest_gets_it() {
    let site = Site::new();
    let links: Vec<String> = (0..8).map(|n| format!("{}/limited/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![], Some(8)));
    let (refused, gap) = site.rest();
    assert!(refused <= 4 && gap >= Duration::from_millis(950), "{refused} refused, asked again after {gap:?}");

    // The wish may be a date, which counts in whole seconds.
    let links: Vec<String> = (0..3).map(|n| format!("{}/limited-until/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![], Some(3)));

    // It is not broken; it does not want to be asked today.
    let links: Vec<String> = (0..9).map(|n| format!("{}/closed/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert!(found.iter().all(|found| found.contains("unverified-link") && found.contains("429")), "{found:?}");
    assert_eq!(counts["unknown"], 9);
    let asked: usize = (0..9).map(|n| site.count(&format!("/closed/{n}"))).sum();
    assert!(asked <= 4, "{asked} requests after `Retry-After: 86400`");
    // Only of a page that was asked for it is said what the site answers.
    let unasked = found.iter().filter(|found| found.contains("it was not asked, since `127.0.0.1` wants a pause (429"));
    assert_eq!(
        (unasked.count(), found.iter().filter(|found| found.contains("the site answers 429")).count()),
        (9 - asked, asked)
    );

    // Who says so again and again, without a word of when, is left alone too.
    let links: Vec<String> = (0..60).map(|n| format!("{}/tired/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found.len(), counts["unknown"].as_u64()), (60, Some(60)));
    let asked: usize = (0..60).map(|n| site.count(&format!("/tired/{n}"))).sum();
    assert!(asked <= 12, "{asked} requests to a host that does not want them");
}

#[test]
fn no_host_is_asked_by_more_than_four() {
    let site = Site::new();
    let links: Vec<String> = (0..40).map(|n| format!("{}/slowly/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![], Some(40)));
    assert!((2..=4).contains(&site.busiest()), "{} requests at the same time", site.busiest());
    // Nor one to which the redirects of several others lead.
    let (to, from) = (Site::new(), [Site::new(), Site::new(), Site::new()]);
    let way = |n: usize| format!("{}/to/{}/slowly/{n}", from[n % 3].root, to.port());
    let links: Vec<String> = (0..30).map(way).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![], Some(30)));
    assert!((2..=4).contains(&to.busiest()), "{} requests at the same time", to.busiest());
    let one = Site::new();
    let links: Vec<String> = (0..8).map(|n| format!("{}/slowly/{n}", one.root)).collect();
    Book::new(&page(&links), &format!("{SETTINGS}host-concurrency = 1\n")).check(&[]);
    assert_eq!(one.busiest(), 1);
}

#[test]
fn requests_to_a_host_keep_their_distance() {
    let site = Site::new();
    let links: Vec<String> = (0..8).map(|n| format!("{}/slowly/{n}", site.root)).collect();
    let settings = SETTINGS.replace("host-request-interval = 0\n", "host-request-interval = 0.2\n");
    let (found, counts) = Book::new(&page(&links), &settings).check(&[]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![], Some(8)));
    // Seven times 0.2 s, if the first of them was not late.
    assert!(site.took() >= Duration::from_millis(1200), "{:?}", site.took());
}

#[test]
fn a_host_that_fails_is_not_asked_three_times_for_each_page() {
    let site = Site::new();
    let links: Vec<String> = (0..60).map(|n| format!("{}/broken/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found.len(), counts["unreachable"].as_u64()), (60, Some(60)));
    assert!(site.total() <= 60 + 2 * (8 + 4), "{} requests", site.total());
}

#[test]
fn a_run_ends() {
    let site = Site::new();
    let links: Vec<String> = (0..60).map(|n| format!("{}/silent/{n}", site.root)).collect();
    // A host that says nothing at all is given up.
    let book = Book::new(&page(&links), &SETTINGS.replace("timeout = 3", "timeout = 0.3"));
    let began = Instant::now();
    let (found, counts) = book.check(&[]);
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert_eq!((found.len(), counts["unreachable"].as_u64()), (60, Some(60)));
    assert!(found[59].ends_with("the host does not answer"), "{}", found[59]);
    // And nothing goes on after the deadline.
    book.write("book.toml", &SETTINGS.replace("timeout = 3", "timeout = 60\ndeadline = 0.5"));
    let began = Instant::now();
    let (_, err, code) = book.run(&["--external"]);
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert!(code == 0 && err.contains("; links to other sites: 60 not checked"), "{err}");
    assert!(err.contains("note: 60 links to other sites had no answer after 0.5 s, the `deadline`; "), "{err}");
}
