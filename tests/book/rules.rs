//! The rules in; the page of our book that explains each of them out. `UPDATE=1` writes it.

use proofpress::lint::{self, Rule};
use std::fmt::Write;
use std::fs;

const HEAD: &str = "\
---
description: Every rule with its level, what it is about, and an example of what is wrong and of what is right.
icon: gavel
---

# Rules

[Checking](checking.md#rules) has all rules at a glance, ordered by what they are about, and tells how to [set their levels](checking.md#levels) and how to [silence one](checking.md#ignores). Here each is explained, in the order of the alphabet; `proofpress explain RULE` prints the same in a terminal.

A line such as `-- guide.md --` in an example begins another file of the same small book.

";

/// The page as it ought to be.
fn page() -> String {
    let mut rules: Vec<&Rule> = lint::all().collect();
    rules.sort_by_key(|rule| rule.name);
    let mut out = HEAD.to_string();
    for rule in rules {
        let level = if rule.off { "off unless settings name it" } else { rule.severity.name() };
        let _ = write!(out, "## {}\n\n**Level:** {level}. {}\n\n", rule.name, escaped(rule.about));
        for (label, example) in [("Wrong", rule.wrong), ("Right", rule.right)] {
            if !example.is_empty() {
                let fence = "`".repeat(longest_fence(example).max(2) + 1);
                let example = example.trim_end_matches('\n');
                let _ = write!(out, "{label}:\n\n{fence}markdown\n{example}\n{fence}\n\n");
            }
        }
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// What is about tags and markup is shown as it is written.
fn escaped(about: &str) -> String {
    let mut out = String::new();
    for (n, part) in about.split('`').enumerate() {
        if n > 0 {
            out.push('`');
        }
        if n % 2 == 0 {
            out.push_str(&part.replace('<', "\\<").replace("[[", "\\[\\["));
        } else {
            out.push_str(part);
        }
    }
    out
}

/// The longest row of backticks that begins a line.
fn longest_fence(example: &str) -> usize {
    let ticks = |line: &str| line.trim_start().bytes().take_while(|byte| *byte == b'`').count();
    example.lines().map(ticks).max().unwrap_or(0)
}

#[test]
fn the_page_of_rules_is_that_of_the_program() {
    let file = super::content().join("using-proofpress/rules.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &page).expect("the page can be written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == page, "{} is not what the rules say; `UPDATE=1 cargo test --test book` writes it", file.display());
}
