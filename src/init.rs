//! The first files of a new book, and the workflow that checks a book on a service.

/// A file: its path, and its text.
pub type File = (&'static str, &'static str);

/// A service that runs a check of every change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ci {
    GitHub,
    GitLab,
}

/// The files of a small book, in the order in which they are read.
pub const NEW: [File; 4] = [
    ("book.toml", BOOK),
    ("content/README.md", README),
    ("content/SUMMARY.md", SUMMARY),
    ("content/blocks.md", BLOCKS),
];

/// What tells a service to check every change.
pub fn workflow(ci: Ci) -> File {
    match ci {
        Ci::GitHub => (".github/workflows/docs.yml", GITHUB),
        Ci::GitLab => (".gitlab-ci.yml", GITLAB),
    }
}

const BOOK: &str = r#"# Everything here is optional.

[book]
title = "My book"
language = "en"
src = "content"

# Where the book will be published: gives it a site map and canonical addresses.
# [output.html]
# site-url = "https://docs.example.com/"
"#;

const README: &str = r#"---
description: What this book is about, in one sentence.
---

# My book

The first page. Change this text, and look at it with `proofpress serve`.

{% content-ref url="blocks.md" %}
[blocks.md](blocks.md)
{% endcontent-ref %}
"#;

const SUMMARY: &str = r#"# Table of contents

* [My book](README.md)
* [Blocks](blocks.md)
"#;

const BLOCKS: &str = r#"---
description: A few of the blocks that a page can have.
icon: cubes
---

# Blocks

## Hints

{% hint style="info" %}
A link names a file, and may name a heading: [Steps](#steps). `proofpress check` tells where one leads nowhere.
{% endhint %}

## Tabs

{% tabs %}
{% tab title="Build" %}
```bash
proofpress build
```
{% endtab %}

{% tab title="Check" %}
```bash
proofpress check
```
{% endtab %}
{% endtabs %}

## Steps

{% stepper %}
{% step %}
### Write a page

Make a file in `content/`, and list it in `SUMMARY.md`.
{% endstep %}

{% step %}
### Read it

Run `proofpress serve`.
{% endstep %}
{% endstepper %}

<details>

<summary>More to read</summary>

What is in here is shown when a reader opens it.

</details>
"#;

const GITHUB: &str = r#"name: Docs
on: [push, pull_request]
env:
  # The address from which you take Proofpress.
  PROOFPRESS: https://example.com/proofpress.git

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/cache/restore@v4
        id: cache
        with:
          path: ~/.cargo/bin/proofpress
          key: proofpress-1-${{ runner.os }}
      - if: steps.cache.outputs.cache-hit != 'true'
        run: |
          rustup toolchain install stable --profile minimal
          cargo +stable install --locked --no-default-features --git "$PROOFPRESS"
      # Kept before the check: a job with findings fails, and what it built would be lost.
      - if: steps.cache.outputs.cache-hit != 'true'
        uses: actions/cache/save@v4
        with:
          path: ~/.cargo/bin/proofpress
          key: proofpress-1-${{ runner.os }}
      - run: proofpress check
"#;

const GITLAB: &str = r#"docs:
  # An image that has Proofpress. GitLab wants a shell in it.
  image:
    name: registry.example.com/proofpress
    entrypoint: [""]
  script:
    - proofpress check --format gitlab=quality.json --format junit=tests.xml
  artifacts:
    when: always
    reports:
      codequality: quality.json
      junit: tests.xml
"#;
