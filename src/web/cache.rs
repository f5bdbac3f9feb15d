//! What was learned earlier: the text of a cache file in, answers out, and the text for the next time.
//!
//! The file can be committed: an address is one line, lines are sorted, and nothing in it tells of a machine. Only what
//! will hold for a while is kept, that a page is there or gone; so a run where nothing was learned changes no byte.

use super::{Address, Answer, Day, Status};
use crate::config::External;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Answers by address.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    entries: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct File {
    version: u32,
    links: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    checked: String,
    /// Why it is dead; alive without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dead: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fragments: BTreeMap<String, Option<bool>>,
}

const VERSION: u32 = 1;

impl Cache {
    /// Reads a file. The error tells what is wrong with it, for the one who has merged it by hand.
    pub fn parse(text: &str) -> Result<Cache, String> {
        if text.trim().is_empty() {
            return Ok(Cache::default());
        }
        if text.lines().any(|line| line.starts_with("<<<<<<<")) {
            return Err("it has the marks of a merge; keep one of the two sides".to_string());
        }
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file.version != VERSION {
            return Err(format!("it has version {}, and this proofpress reads version {VERSION}", file.version));
        }
        Ok(Cache { entries: file.links })
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut out = format!("{{\n\"version\": {VERSION},\n\"links\": {{");
        for (n, (url, entry)) in self.entries.iter().enumerate() {
            let comma = if n == 0 { "" } else { "," };
            let (url, entry) = (serde_json::json!(url), serde_json::json!(entry));
            out += &format!("{comma}\n{url}: {entry}");
        }
        out + "\n}\n}\n"
    }

    /// What is known of an address and of all its fragments. What was gone is asked for again, unless that cannot be.
    pub fn recall(&self, address: &Address, today: Day, settings: &External, offline: bool) -> Option<Answer> {
        let entry = self.entries.get(&address.url).filter(|entry| entry.holds(today, settings.max_age))?;
        let is_fine = |fragment: &&str| {
            entry.fragments.get(*fragment).is_some_and(|found| *found != Some(false)) || !settings.fragments
        };
        let fine = entry.dead.is_none() && address.fragments().iter().all(is_fine);
        let status = entry.dead.clone().map_or(Status::Alive, Status::Dead);
        (fine || offline).then(|| Answer {
            status,
            moved: entry.moved.clone(),
            fragments: entry.fragments.clone(),
            remembered: true,
        })
    }

    /// Remembers an answer, if it is one that holds for a while.
    pub fn learn(&mut self, url: &str, answer: &Answer, today: Day) {
        let dead = match &answer.status {
            Status::Alive => None,
            Status::Dead(why) => Some(why.clone()),
            _ => return,
        };
        let (moved, fragments) = (answer.moved.clone(), answer.fragments.clone());
        self.entries.insert(url.to_string(), Entry { checked: today.to_string(), dead, moved, fragments });
    }

    /// Drops what is too old to be believed, and what nobody wants to know.
    pub fn forget(&mut self, today: Day, max_age: u32, wanted: impl Fn(&str) -> bool) {
        self.entries.retain(|url, entry| entry.holds(today, max_age) && wanted(url));
    }
}

impl Entry {
    fn holds(&self, today: Day, max_age: u32) -> bool {
        Day::parse(&self.checked).is_some_and(|day| (0..=i64::from(max_age)).contains(&(today.0 - day.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};
    use crate::web::Place;

    fn address(url: &str, fragment: &str) -> Address {
        let span = Span::new(FileId(0), 0..1);
        let place = Place { span, dest: url.to_string(), fragment: fragment.to_string(), literal: true };
        Address { url: url.to_string(), places: vec![place] }
    }

    fn alive(fragments: &[(&str, Option<bool>)]) -> Answer {
        let fragments = fragments.iter().map(|(name, found)| (name.to_string(), *found)).collect();
        Answer { fragments, ..Answer::new(Status::Alive) }
    }

    #[test]
    fn the_file_is_sorted_and_read_as_written() {
        let mut cache = Cache::default();
        cache.learn("https://b/", &alive(&[("x", Some(true)), ("y", None)]), Day(20_779));
        cache.learn("https://a/", &Answer::new(Status::Dead("it answers 404".to_string())), Day(20_780));
        cache.learn("https://c/", &Answer::new(Status::Unreachable("it answers 503".to_string())), Day(20_780));
        let expected = r#"{
"version": 1,
"links": {
"https://a/": {"checked":"2026-11-23","dead":"it answers 404"},
"https://b/": {"checked":"2026-11-22","fragments":{"x":true,"y":null}}
}
}
"#;
        assert_eq!(cache.text(), expected);
        assert_eq!(Cache::parse(expected).unwrap().text(), expected);
        assert_eq!(Cache::parse("").unwrap().text(), "{\n\"version\": 1,\n\"links\": {\n}\n}\n");
        for text in ["{", "[]", "{\"version\": 2, \"links\": {}}", "<<<<<<< HEAD"] {
            assert!(Cache::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn answers_hold_for_a_while() {
        let (settings, day) = (External::default(), Day(1000));
        let mut cache = Cache::default();
        cache.learn("https://a/", &alive(&[("x", Some(true)), ("y", None), ("z", Some(false))]), day);
        cache.learn("https://d/", &Answer::new(Status::Dead("it answers 404".to_string())), day);
        for (url, fragment, days, online, offline) in [
            ("https://a/", "", 0, true, true),
            ("https://a/", "", 7, true, true),
            ("https://a/", "", 8, false, false),
            ("https://a/", "", -1, false, false),
            ("https://a/", "x", 1, true, true),
            ("https://a/", "y", 1, true, true),
            ("https://a/", "z", 1, false, true),
            ("https://a/", "new", 1, false, true),
            ("https://d/", "", 1, false, true),
            ("https://e/", "", 1, false, false),
        ] {
            let recall =
                |offline| cache.recall(&address(url, fragment), Day(1000 + days), &settings, offline).is_some();
            assert_eq!((recall(false), recall(true)), (online, offline), "{url} {fragment} {days}");
        }
        cache.forget(Day(1007), settings.max_age, |url| url == "https://a/");
        assert_eq!(cache.entries.len(), 1);
        cache.forget(Day(1008), settings.max_age, |_| true);
        assert!(cache.entries.is_empty());
    }
}
