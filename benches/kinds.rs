//! How many typical examples are judged a second on one core: `cargo bench --bench kinds`.
//!
//! Each is parsed and checked anew; the time is the best of several rounds, since a busy machine only ever adds to it.

#![allow(clippy::disallowed_methods)]

use proofpress::shape::elision::Elisions;
use proofpress::shape::{Options, check};
use proofpress::{kinds, yaml};
use std::hint::black_box;
use std::time::Instant;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "manifest",
        "version: 0.1.0\ntype: plugin\nauthor: acme\nname: weather\nlabel:\n  en_US: Weather\n  zh_Hans: 天气\n\
         description:\n  en_US: Forecasts for any town.\n  zh_Hans: 任何城市的天气预报。\nicon: icon.svg\n\
         created_at: 2025-01-31T08:00:00Z\nresource:\n  memory: 268435456\n  permission:\n    tool:\n      enabled: true\n\
         \x20   storage:\n      enabled: true\n      size: 1048576\nplugins:\n  tools:\n    - provider/weather.yaml\n\
         meta:\n  version: 0.0.1\n  arch:\n    - amd64\n    - arm64\n  runner:\n    language: python\n    version: \"3.12\"\n\
         \x20   entrypoint: main\n",
    ),
    (
        "tool",
        "identity:\n  name: forecast\n  author: acme\n  label:\n    en_US: Forecast\ndescription:\n  human:\n    en_US: The \
         weather of the next days.\n  llm: Returns the forecast for a town as JSON.\nparameters:\n  - name: town\n    type: \
         string\n    required: true\n    form: llm\n    label:\n      en_US: Town\n    human_description:\n      en_US: The \
         town to ask about.\n    llm_description: Name of a town.\n  - name: days\n    type: number\n    default: 3\n    \
         min: 1\n    max: 14\n    form: form\n    label:\n      en_US: Days\n    human_description:\n      en_US: How many \
         days.\nextra:\n  python:\n    source: tools/forecast.py\n",
    ),
    ("endpoint", "path: /hook/<app_id>\nmethod: POST\nextra:\n  python:\n    source: endpoints/hook.py\n"),
    (
        "model",
        "model: acme-large\nlabel:\n  en_US: Acme Large\nmodel_type: llm\nfeatures:\n  - tool-call\nmodel_properties:\n  \
         mode: chat\n  context_size: 200000\nparameter_rules:\n  - name: temperature\n    use_template: temperature\n  - \
         name: max_tokens\n    use_template: max_tokens\n    required: true\n    default: 4096\n    min: 1\n    max: \
         8192\npricing:\n  input: '0.003'\n  output: '0.015'\n  unit: '0.001'\n  currency: USD\n",
    ),
];

fn main() {
    for (name, text) in EXAMPLES {
        let Some(kind) = kinds::find(name) else { continue };
        let judge = || {
            let elisions = Elisions::find(text);
            let document = yaml::parse(elisions.text());
            check(kind, kind.shape, &[], &document, Options { elisions: Some(&elisions), ..Options::default() })
        };
        assert!(judge().is_empty(), "{name}: {:?}", judge());
        let per_second = rate(judge);
        let parse = rate(|| yaml::parse(text));
        println!("{name:10} {:5} bytes  {per_second:9.0} judged/s  {parse:9.0} parsed/s", text.len());
    }
}

/// Calls a second, the best of ten rounds of 2,000.
fn rate<T>(call: impl Fn() -> T) -> f64 {
    let rounds = (0..10).map(|_| {
        let began = Instant::now();
        for _ in 0..2_000 {
            black_box(call());
        }
        2_000.0 / began.elapsed().as_secs_f64()
    });
    rounds.fold(0.0, f64::max)
}
