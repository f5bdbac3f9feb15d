//! A page in, with its code blocks; out comes the plugin that a guide shows: its files by their titles, and the list
//! that it gives of them.

use proofpress::blocks;
use proofpress::page::Kind;
use proofpress::parse::parse;
use proofpress::source::{Asset, FileId, Source, Sources};
use std::collections::BTreeMap;
use std::ops::Range;

/// A code block of a page.
pub struct Block {
    /// Of the `{% code %}` block around it.
    pub title: Option<String>,
    pub language: String,
    pub text: String,
    /// Where the text stands in the page.
    pub range: Range<usize>,
}

/// The code blocks of a page, in its order.
pub fn code_blocks(page: &str) -> Vec<Block> {
    let parsed = parse(FileId(0), page, blocks::grammar);
    let mut titles: Vec<(u32, Option<String>)> = Vec::new();
    let mut found = Vec::new();
    for (at, node) in parsed.nodes.iter().enumerate() {
        titles.retain(|(end, _)| (at as u32) < *end);
        match node.kind {
            Kind::Tag(tag) if &*parsed.tags[tag as usize].name == "code" => {
                titles.push((node.next, parsed.tags[tag as usize].attr("title").map(str::to_string)));
            }
            Kind::CodeBlock(code) => {
                let code = &parsed.code[code as usize];
                let text = code.text.text(page).into_owned();
                found.push(Block {
                    title: titles.last().and_then(|(_, title)| title.clone()),
                    language: code.language.to_string(),
                    range: code.text.locate(0..text.len()),
                    text,
                });
            }
            _ => {}
        }
    }
    found
}

/// A plugin as a page shows it.
#[derive(Clone)]
pub struct Guide {
    /// Of the plugin's folder.
    pub name: String,
    /// The files whose text is shown.
    pub shown: BTreeMap<String, String>,
    /// The files that the page lists, shown or not.
    pub listed: Vec<String>,
}

impl Guide {
    /// None where the page titles no manifest. The error says what the page lacks.
    pub fn read(page: &str) -> Result<Option<Guide>, String> {
        let blocks = code_blocks(page);
        let mut shown = BTreeMap::new();
        for block in &blocks {
            let Some(title) = &block.title else { continue };
            if shown.insert(title.clone(), block.text.clone()).is_some() {
                return Err(format!("shows `{title}` twice"));
            }
        }
        if !shown.contains_key("manifest.yaml") {
            return Ok(None);
        }
        let lists: Vec<_> = blocks.iter().filter_map(|block| listing(&block.text)).collect();
        match <[_; 1]>::try_from(lists) {
            Ok([(name, listed)]) => Ok(Some(Guide { name, shown, listed })),
            Err(lists) => Err(format!("lists the files of its plugin {} times", lists.len())),
        }
    }

    /// What the listing and the files shown disagree about.
    pub fn gaps(&self) -> Vec<String> {
        let is_ours = |path: &String| [".yaml", ".py"].iter().any(|ending| path.ends_with(ending)) && path != "main.py";
        let unshown = self.listed.iter().filter(|path| is_ours(path) && !self.shown.contains_key(*path));
        let unlisted = self.shown.keys().filter(|path| !self.listed.contains(path));
        unshown
            .map(|path| format!("lists `{path}` and does not show it"))
            .chain(unlisted.map(|path| format!("shows `{path}` and does not list it")))
            .collect()
    }

    /// The folder as it would be: what is listed and not shown is there, and empty.
    pub fn sources(&self) -> Sources {
        let texts = self.shown.iter().map(|(path, text)| Source {
            path: path.clone(),
            text: text.as_str().into(),
            invalid: None,
        });
        let others = self.listed.iter().filter(|path| !self.shown.contains_key(*path));
        Sources::new(texts, others.map(|path| (path.clone(), Asset::default())).collect())
    }
}

/// The folder's name and the paths of its files, of a tree drawn with lines.
fn listing(text: &str) -> Option<(String, Vec<String>)> {
    let mut lines = text.lines();
    let name = lines.next()?.strip_suffix('/')?.to_string();
    let mut folders: Vec<String> = Vec::new();
    let mut files = Vec::new();
    for line in lines {
        let at = line.chars().position(|c| c == '├' || c == '└')?;
        let path = line.split_once("── ")?.1.split_whitespace().next()?;
        folders.truncate(at / 4);
        match path.strip_suffix('/') {
            Some(folder) => folders.push(format!("{folder}/")),
            None => files.push(format!("{}{path}", folders.concat())),
        }
    }
    Some((name, files))
}
