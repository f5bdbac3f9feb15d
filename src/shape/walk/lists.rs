//! Lists that are read in: of one shape, of items with names, and of files.

use super::Walk;
use super::words::{describe, quoted};
use crate::shape::{Breaks, Files, List, Named, NamedWalk, Need, Shape};
use crate::yaml::Node;

impl<'a> Walk<'a> {
    pub(super) fn list(&mut self, list: &'static List, node: Node<'a>) {
        if !node.is_list() {
            let named = list.item.as_map().is_some_and(|map| map.field("name").is_some());
            let takes_text = matches!(list.item, Shape::Text(_));
            let fault = self.report_type(node, "a list");
            if let Some(fault) = fault.filter(|fault| fault.help.is_none()) {
                fault.help = match (node.is_map(), node.text()) {
                    (true, _) if named => {
                        Some("begin each item with `- `, and give it a `name` in place of the key above it".to_string())
                    }
                    (true, _) => Some("begin each item with `- `".to_string()),
                    (_, Some(text)) if takes_text => {
                        Some(format!("write it as an item: {}", quoted(&format!("- {text}"))))
                    }
                    _ => None,
                };
            }
            return;
        }
        let mut count = 0;
        for (index, item) in node.items().enumerate() {
            if item.is_null() {
                continue;
            }
            count += 1;
            if self.is_left_out(None, item) {
                continue;
            }
            self.enter_item(index, item, |walk| walk.read(list.item, item, Need::IfWritten));
        }
        if let Some(max) = list.max.filter(|max| count > *max) {
            let range = self.place(node);
            let message = format!("`{}` has {count} items, and at most {max} are allowed", self.name());
            self.report_with_help("too-long", Some(Breaks::Strict), range, message, "remove some");
        }
    }

    pub(super) fn named(&mut self, named: &'static Named, node: Node<'a>) {
        let judged = self.judged;
        self.judged &= named.judged;
        if node.is_list() {
            for (index, item) in node.items().enumerate() {
                if !item.is_null() && !self.is_left_out(None, item) {
                    self.enter_item(index, item, |walk| {
                        if walk.open(item) {
                            walk.map(named.item, item);
                            walk.close(item);
                        }
                    });
                }
            }
        } else if node.is_map() && node.alias().is_none() {
            self.named_map(named, node);
        } else if node.is_map() {
            let (range, name) = (self.place(node), self.name());
            self.report_with_help(
                "wrong-type",
                Some(Breaks::Decode),
                range,
                format!("`{name}` cannot be an alias of a map"),
                "write the items here",
            );
        } else {
            self.report_type(node, "a list of items, or a map from names to items");
        }
        self.judged = judged;
    }

    /// The map form. Names may repeat, and nothing merges.
    fn named_map(&mut self, named: &'static Named, node: Node<'a>) {
        for (index, (key, value)) in node.entries().enumerate() {
            if self.is_left_out(Some(key), value) {
                continue;
            }
            let in_place = value.is_map() && value.alias().is_none();
            let named_in_place = key.text().is_some() && key.alias().is_none();
            self.enter_item(index, key, |walk| match named.walk {
                NamedWalk::Lenient => {
                    if key.is_map() && key.alias().is_none() {
                        walk.map(named.item, key);
                    }
                    if in_place {
                        walk.map(named.item, value);
                    } else if named_in_place {
                        let name = quoted(key.text().unwrap_or_default());
                        let message = match value.is_null() {
                            true => format!("{name} defines nothing: no keys stand below it"),
                            false => format!("{name} defines nothing: its value is {}", describe(value)),
                        };
                        walk.report_ignored(value, message, "write the keys of the item below its name");
                    }
                }
                NamedWalk::Strict if in_place && key.text().is_some() => walk.map(named.item, value),
                NamedWalk::Strict => {
                    let range = walk.place(value);
                    let message = format!("an item must be a map written in place, and this is {}", describe(value));
                    let help = "write the keys of the item below its name";
                    walk.report_with_help("wrong-type", Some(Breaks::Decode), range, message, help);
                }
            });
        }
    }

    pub(super) fn files(&mut self, files: &'static Files, node: Node<'a>) {
        if !node.is_list() || node.alias().is_some() {
            let message = format!("`{}` is {}, which is read as an empty list", self.name(), describe(node));
            self.report_ignored(node, message, "write a list, one item for each file");
            return;
        }
        for (index, item) in node.items().enumerate() {
            if self.is_left_out(None, item) || (item.text().is_some() && item.alias().is_none()) {
                continue;
            }
            let before = self.faults.len();
            self.enter_item(index, item, |walk| {
                if files.stops || (item.is_map() && item.alias().is_none()) {
                    walk.read(files.kind.shape, item, Need::IfWritten);
                } else {
                    let message = format!("this item is {}, which is skipped", describe(item));
                    walk.report_ignored(item, message, "write the path of a file");
                }
            });
            let broken = self.faults[before..].iter().find(|fault| fault.breaks == Some(Breaks::Decode));
            if let (true, Some(broken)) = (files.stops, broken) {
                let (range, reason) = (broken.range.clone(), broken.message.clone());
                self.faults.truncate(before);
                let message = format!("this item is skipped, with all that follow: {reason}");
                let help = "correct it, or name a file in its place";
                self.report_with_help("ignored-value", None, range, message, help);
                break;
            }
        }
    }
}
