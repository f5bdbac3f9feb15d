//! A heading's words to its id as Docusaurus makes it: GitHub's, with `{#x}` for an id of one's own.

use super::{Attributes, Dialect, TitleId, github};
use crate::slug::Ids;

pub static DIALECT: Dialect = Dialect {
    name: "docusaurus",
    title: "Docusaurus",
    about: "GitHub's, with `{#x}` for an id of one's own. Neither a page's title nor a heading of raw HTML gets one.",
    blocks: false,
    deepest: 6,
    html: false,
    title_id: TitleId::Counted,
    attributes: Attributes::Id,
    reserves: false,
    slug: github::slug,
    number: Ids::claim,
};
