//! Structures that several kinds share.

use crate::shape::{Field, Shape, Text};

/// A text in several languages.
pub static I18N: Shape = Shape::map(&[
    Field::required(
        "en_US",
        &LOCAL,
        "The text in English. It is shown to readers of every language that has none of its own.",
    ),
    Field::optional("zh_Hans", &LOCAL, "The text in simplified Chinese."),
    Field::optional("ja_JP", &LOCAL, "The text in Japanese."),
    Field::optional("pt_BR", &LOCAL, "The text in Brazilian Portuguese."),
]);

static LOCAL: Shape = Shape::Text(Text::max(1023));
