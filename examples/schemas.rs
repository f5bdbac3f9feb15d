//! Verdicts of the plugin daemon on stdin (JSON lines with `kind`, `yaml`, `ok`), disagreements of the schemas out.
//!
//! `zcat verdicts.jsonl.gz | cargo run --example schemas [KIND]`. What a schema never sees is counted and not compared:
//! YAML that is none, tags, aliases, keys that stand there twice or are no text.
#![allow(clippy::disallowed_methods)]

use proofpress::kinds::KINDS;
use proofpress::schema;
use proofpress::yaml::{self, Document, Node};
use std::collections::BTreeMap;
use std::io::BufRead;

fn main() {
    let only = std::env::args().nth(1);
    let validators: BTreeMap<&str, jsonschema::Validator> = KINDS
        .iter()
        .filter_map(|kind| {
            let schema = schema::json::schema(&schema::find(kind.name).ok()?, None);
            Some((kind.name, jsonschema::validator_for(&schema).ok()?))
        })
        .collect();
    println!("{} of {} schemas can be used", validators.len(), KINDS.len());
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(case) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
        let (kind, text) = (case["kind"].as_str().unwrap_or_default(), case["yaml"].as_str().unwrap_or_default());
        let (Some(validator), Some(ok)) = (validators.get(kind), case["ok"].as_bool()) else { continue };
        if only.as_deref().is_some_and(|only| only != kind) {
            continue;
        }
        let count = counts.entry(kind.to_string()).or_default();
        let document = yaml::parse(text);
        if !is_seen(&document) {
            count[3] += 1;
            continue;
        }
        let value = document.root().map_or(serde_json::Value::Null, Node::to_json);
        let valid = validator.is_valid(&value);
        count[if valid == ok {
            0
        } else if valid {
            1
        } else {
            2
        }] += 1;
        if valid != ok {
            println!("{} {kind} {}: daemon {ok}, schema {valid} {}", case["id"], case["mutation"], case["errors"]);
            for error in validator.iter_errors(&value) {
                println!("  {}: {}", error.instance_path(), error.to_string().chars().take(200).collect::<String>());
            }
        }
    }
    println!("\n{:24} {:>8} {:>8} {:>8} {:>8}", "kind", "agree", "lenient", "strict", "unseen");
    let mut all = [0; 4];
    for (kind, count) in counts.iter().map(|(kind, count)| (&**kind, *count)) {
        all.iter_mut().zip(count).for_each(|(sum, one)| *sum += one);
        println!("{kind:24} {:>8} {:>8} {:>8} {:>8}", count[0], count[1], count[2], count[3]);
    }
    println!("{:24} {:>8} {:>8} {:>8} {:>8}", "all", all[0], all[1], all[2], all[3]);
}

/// Whether JSON tells all that the daemon looks at.
fn is_seen(document: &Document) -> bool {
    let node = |node: Node| node.tag().is_none() && node.alias().is_none() && node.duplicates().is_empty();
    let key = |(key, value): (Node, Node)| {
        key.text().is_some() && key.tag().is_none() && !key.is_null() && (!key.is_merge() || value.is_map())
    };
    let mut nodes = document.root().into_iter().flat_map(Node::descendants);
    document.problems.is_empty() && nodes.all(|one| node(one) && one.entries().all(key))
}
