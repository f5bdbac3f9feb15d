//! `[check.external]` of `book.toml` in; how links to other sites are asked for out.

use super::flags::{self, Said};
use super::path;
use super::table::Table;
use globset::{Glob, GlobSet, GlobSetBuilder};
use std::time::Duration;

/// How `check --external` behaves towards other sites. Nothing here makes a request happen without the option.
#[derive(Clone, Debug)]
pub struct External {
    /// Patterns for addresses that are never asked for.
    pub exclude: GlobSet,
    /// Status codes that count as well, besides 200 to 299.
    pub accept: Vec<u16>,
    /// For one request; a redirect leads to another one.
    pub timeout: Duration,
    /// For all requests of a book together.
    pub deadline: Duration,
    /// How often a request is repeated that failed for a reason that may pass.
    pub retries: u32,
    /// Before the first repetition; twice as long before each further one.
    pub retry_wait: Duration,
    /// Requests at the same time.
    pub concurrency: usize,
    /// Of these, requests to one host: at most `POLITE`.
    pub host_concurrency: usize,
    /// Between the beginnings of two requests to one host.
    pub host_request_interval: Duration,
    /// Days for which an answer in the cache is believed.
    pub max_age: u32,
    /// The file with the answers, relative to the book's folder.
    pub cache: Option<String>,
    /// Whether `page#fragment` needs an element of that name on the page.
    pub fragments: bool,
    /// Whether addresses of this machine and of private networks are asked for.
    pub private: bool,
    /// What the options of the command line are where they are not given.
    pub flags: Vec<Said>,
}

/// No host gets more requests at the same time.
pub const POLITE: u64 = 4;

impl Default for External {
    fn default() -> External {
        External {
            exclude: GlobSet::empty(),
            accept: Vec::new(),
            timeout: Duration::from_secs(20),
            deadline: Duration::from_secs(300),
            retries: 2,
            retry_wait: Duration::from_secs(1),
            concurrency: 16,
            host_concurrency: POLITE as usize,
            host_request_interval: Duration::from_millis(50),
            max_age: 7,
            cache: None,
            fragments: true,
            private: false,
            flags: Vec::new(),
        }
    }
}

/// Reads the table `external` of `[check]`.
pub fn read(check: &mut Table) -> External {
    let mut out = External::default();
    check.table("external", |table| {
        let patterns = table.strings("exclude");
        out.exclude = globs(table, &patterns);
        out.accept = table.numbers("accept", 100..=999).into_iter().map(|code| code as u16).collect();
        set(&mut out.timeout, table.seconds("timeout", 0.1..=600.0));
        set(&mut out.deadline, table.seconds("deadline", 0.1..=86_400.0));
        set(&mut out.retry_wait, table.seconds("retry-wait", 0.0..=60.0));
        set(&mut out.retries, table.number("retries", 0..=10).map(|n| n as u32));
        set(&mut out.concurrency, table.number("concurrency", 1..=64).map(|n| n as usize));
        set(&mut out.host_concurrency, table.number("host-concurrency", 1..=POLITE).map(|n| n as usize));
        set(&mut out.host_request_interval, table.seconds("host-request-interval", 0.0..=600.0));
        set(&mut out.max_age, table.number("max-age", 0..=3650).map(|n| n as u32));
        set(&mut out.fragments, table.switch("fragments"));
        set(&mut out.private, table.switch("private"));
        out.flags = flags::read(table, "check.external");
        out.cache = table.placed("cache").and_then(|(file, span)| {
            let inside = path::join("", &file);
            if inside.is_none() {
                table.reject(span, format!("`{file}` leads out of the book"));
            }
            inside
        });
    });
    out
}

fn set<T>(value: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *value = given;
    }
}

/// `*` stands for any text, slashes included: an address is no path.
fn globs(table: &mut Table, patterns: &[super::table::Placed<String>]) -> GlobSet {
    let mut all = GlobSetBuilder::new();
    for (pattern, span) in patterns {
        match Glob::new(pattern) {
            Ok(glob) => drop(all.add(glob)),
            Err(error) => table.reject(*span, format!("`{pattern}` is no pattern: {}", error.kind())),
        }
    }
    all.build().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, resolve};
    use crate::source::{Source, Sources};
    use std::time::Duration;

    fn config(text: &str) -> (Config, Sources) {
        let file = Source { path: "book.toml".to_string(), text: text.into(), invalid: None };
        let sources = Sources::new([file], Default::default());
        (resolve(&sources), sources)
    }

    #[test]
    fn keys_are_read() {
        let (config, _) = config(
            "[check]\ndead-link = 'warn'\n[check.external]\nexclude = ['https://a.b/*']\naccept = [403, 999]\n\
             timeout = 2.5\ndeadline = 60\nretries = 0\nretry-wait = 0.1\nconcurrency = 2\nhost-concurrency = 1\nhost-request-interval = 0.5\nmax-age = 30\n\
             cache = 'links.json'\nfragments = false\nprivate = true",
        );
        assert_eq!(config.problems, []);
        let external = &config.external;
        assert!(external.exclude.is_match("https://a.b/c/d?e") && !external.exclude.is_match("https://a.bc"));
        assert_eq!(external.accept, [403, 999]);
        assert_eq!((external.timeout, external.retries), (Duration::from_millis(2500), 0));
        assert_eq!((external.concurrency, external.host_concurrency, external.max_age), (2, 1, 30));
        assert_eq!(external.host_request_interval, Duration::from_millis(500));
        assert!(external.private && !external.fragments && external.cache.as_deref() == Some("links.json"));
        assert_eq!(config.levels.named().len(), 1, "the table is no rule");
    }

    #[test]
    fn faults_have_places() {
        for (line, expected) in [
            ("timout = 1", "timout | unknown key `timout` | did you mean `timeout`?"),
            ("host-concurrency = 5", "5 | `host-concurrency` cannot be 5 | use a number from 1 to 4"),
            ("timeout = -1", "-1 | `timeout` cannot be -1 | use a number of seconds from 0.1 to 600"),
            ("accept = [403, 1]", "1 | `accept` cannot be 1 | use a number from 100 to 999"),
            ("accept = 403", "403 | `accept` is a list of numbers, not of type integer | "),
            ("private = 1", "1 | `private` is `true` or `false`, not of type integer | "),
            ("exclude = ['[']", "'[' | `[` is no pattern: unclosed character class; missing ']' | "),
            ("cache = '../x.json'", "'../x.json' | `../x.json` leads out of the book | "),
            ("retries = '2'", "'2' | `retries` is a number, not of type string | "),
        ] {
            let (config, sources) = config(&format!("[check.external]\n{line}"));
            let shown: Vec<String> = config
                .problems
                .iter()
                .map(|p| format!("{} | {} | {}", &sources[p.span], p.message, p.help.as_deref().unwrap_or_default()))
                .collect();
            assert_eq!(shown, [expected], "{line}");
        }
    }
}
