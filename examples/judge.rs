//! Judged YAML on stdin (JSON lines), disagreements out.
#![allow(clippy::disallowed_methods)]
use proofpress::shape::{Breaks, Options, check};
use proofpress::{kinds, yaml};
use std::io::BufRead;

fn main() {
    let only = std::env::args().nth(1);
    let (mut total, mut wrong) = (0, 0);
    for line in std::io::stdin().lock().lines() {
        let case: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |key: &str| case[key].as_str().unwrap_or_default().to_string();
        if only.as_deref().is_some_and(|only| only != text("kind")) {
            continue;
        }
        let Some(kind) = kinds::find(&text("kind")) else { continue };
        let yaml = text("yaml");
        let document = yaml::parse(&yaml);
        let faults = check(kind, kind.shape, &[], &document, Options::default());
        let breaks = |verdict| faults.iter().any(|fault| fault.breaks == Some(verdict));
        let decode_ok = !breaks(Breaks::Decode);
        let ok = decode_ok && !breaks(Breaks::Strict);
        let mut bad = Vec::new();
        total += 1;
        if case["decode_ok"] != decode_ok {
            bad.push(format!("decode_ok is {decode_ok}"));
        } else if case["ok"] != ok {
            bad.push(format!("ok is {ok}"));
        } else if case["kind"] == "manifest" && case["install_ok"].is_boolean() && ok {
            let install = !breaks(Breaks::Install);
            if case["install_ok"] != install {
                bad.push(format!("install_ok is {install}"));
            }
        } else if ok && case["store_error"].is_null() == breaks(Breaks::Install) && case["kind"] != "manifest" {
            bad.push(format!("store_error is {}, install {}", case["store_error"], breaks(Breaks::Install)));
        }
        if !bad.is_empty() {
            wrong += 1;
            if wrong <= 40 {
                println!(
                    "{} {} {}: {bad:?}\n  theirs: {} \n  ours: {:?}",
                    text("id"),
                    text("kind"),
                    case["mutation"],
                    case["errors"],
                    faults.iter().map(|f| (f.rule, &f.message)).collect::<Vec<_>>()
                );
            }
        }
    }
    println!("{wrong} of {total} differ");
}
