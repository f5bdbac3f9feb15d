//! The form of a language's table: what its comments, strings and words look like.

/// What a language looks like. Lists of words are separated by blanks; no word is in two.
pub struct Spec {
    /// The name of the language's grammar, which reads what is not for this table.
    pub name: &'static str,
    pub line_comments: &'static [&'static str],
    pub block_comment: Option<(&'static str, &'static str)>,
    /// The longer of two that begin alike first.
    pub strings: &'static [Quote],
    /// Letters that may stand directly before a string and belong to it.
    pub prefixes: &'static [u8],
    pub keywords: &'static str,
    pub constants: &'static str,
    pub types: &'static str,
    /// Other keywords: those before the name of a function, and before that of a type.
    pub functions: &'static str,
    pub declares: &'static str,
    /// `@name` is an annotation.
    pub annotations: bool,
    /// `#name` at the beginning of a line is a directive.
    pub directives: bool,
    /// `name!` is a macro.
    pub macros: bool,
    /// `'name` without a second quote is a lifetime.
    pub lifetimes: bool,
    /// `/…/` where a value is expected is a regular expression.
    pub regexes: bool,
    /// Code with HTML in it is not for this table.
    pub markup: bool,
    /// Names that begin with a capital and have a small letter are types.
    pub capitals: bool,
    /// Strings before a colon are keys.
    pub keys: bool,
    /// Besides letters, digits and `_`.
    pub in_words: &'static [u8],
    pub case_matters: bool,
}

impl Spec {
    /// Nothing but words and numbers; tables say what is more.
    pub const EMPTY: Spec = Spec {
        name: "",
        line_comments: &[],
        block_comment: None,
        strings: &[],
        prefixes: &[],
        keywords: "",
        constants: "",
        types: "",
        functions: "",
        declares: "",
        annotations: false,
        directives: false,
        macros: false,
        lifetimes: false,
        regexes: false,
        markup: false,
        capitals: false,
        keys: false,
        in_words: &[],
        case_matters: true,
    };

    /// Whether this table can read the code.
    pub fn suits(&self, code: &str) -> bool {
        !self.markup || !(code.contains("</") || code.contains("/>"))
    }
}

/// A form of string.
pub struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// May go over lines; one that may not ends with its line.
    pub lines: bool,
    pub escapes: bool,
    /// What opens an expression in it, up to `}`; empty for none. With prefixes, only where one of them is `f`.
    pub holes: &'static str,
}

/// A table with its words in order.
pub struct Language {
    pub spec: &'static Spec,
    words: Vec<(&'static str, Role)>,
}

/// What a word is to the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Keyword,
    BeforeFunction,
    BeforeType,
    Constant,
    Type,
}

impl Language {
    pub fn new(spec: &'static Spec) -> Language {
        let lists = [
            (spec.keywords, Role::Keyword),
            (spec.functions, Role::BeforeFunction),
            (spec.declares, Role::BeforeType),
            (spec.constants, Role::Constant),
            (spec.types, Role::Type),
        ];
        let mut words: Vec<_> =
            lists.iter().flat_map(|(list, role)| list.split_ascii_whitespace().map(|word| (word, *role))).collect();
        words.sort();
        Language { spec, words }
    }

    /// What the word is; compares whole words only where the first byte is the same.
    pub fn role(&self, word: &str) -> Option<Role> {
        let first = word.as_bytes().first();
        let from = self.words.partition_point(|(one, _)| one.as_bytes().first() < first);
        let alike = self.words[from..].iter().take_while(|(one, _)| one.as_bytes().first() == first);
        alike.into_iter().find(|(one, _)| *one == word).map(|(_, role)| *role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_roles() {
        for spec in super::super::tables::ALL {
            let language = Language::new(spec);
            let twice = language.words.windows(2).find(|pair| pair[0].0 == pair[1].0);
            assert_eq!(twice, None, "{}", spec.name);
        }
    }

    #[test]
    fn words_have_roles() {
        static SPEC: Spec = Spec { keywords: "if in", functions: "fn", constants: "null", ..Spec::EMPTY };
        let language = Language::new(&SPEC);
        for (word, role) in [
            ("if", Some(Role::Keyword)),
            ("in", Some(Role::Keyword)),
            ("fn", Some(Role::BeforeFunction)),
            ("null", Some(Role::Constant)),
            ("i", None),
            ("", None),
            ("z", None),
        ] {
            assert_eq!(language.role(word), role, "{word}");
        }
    }
}
