//! A heading's words to its id as GitBook makes it: spelled in Latin letters, from the second level to the fourth.

use super::{Attributes, Dialect, TitleId};
use crate::slug::{Ids, heading_id};

pub static DIALECT: Dialect = Dialect {
    name: "gitbook",
    title: "GitBook",
    about: "All scripts in Latin letters, symbols as words; `id-` before what begins with no letter.",
    blocks: true,
    deepest: 4,
    html: true,
    title_id: TitleId::None,
    attributes: Attributes::None,
    reserves: true,
    slug: heading_id,
    number: Ids::claim,
};
