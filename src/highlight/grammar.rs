//! Code and the name of a TextMate grammar in, highlighted HTML out.

use super::class::{Class, Writer};
use std::sync::OnceLock;
use syntect::parsing::{ClearAmount, ParseState, Scope, ScopeStackOp, SyntaxSet};

/// A longer line stays plain: some expressions of the grammars take quadratic time.
const MAX_LINE: usize = 4096;

/// Loaded by the first code block that needs it.
static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
static SCOPES: OnceLock<Vec<(Scope, Class)>> = OnceLock::new();

fn syntaxes() -> &'static SyntaxSet {
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// The grammar of this name or file extension, in any case, by its full name.
pub fn name(name: &str) -> Option<&'static str> {
    let found = syntaxes().find_syntax_by_name(name).or_else(|| syntaxes().find_syntax_by_token(name))?;
    Some(&found.name)
}

/// Highlights with the grammar of this full name; `None` when there is none.
pub fn html(name: &str, code: &str) -> Option<String> {
    let mut state = ParseState::new(syntaxes().find_syntax_by_name(name)?);
    let mut scopes = Scopes::default();
    let mut out = Writer::new(code.len());
    let mut broken = false;
    for line in code.split_inclusive('\n') {
        if broken || line.len() > MAX_LINE {
            out.push(Class::Plain, line);
            continue;
        }
        // The grammars expect each line to have its end.
        let parsed = if line.ends_with('\n') {
            state.parse_line(line, syntaxes())
        } else {
            state.parse_line(&format!("{line}\n"), syntaxes())
        };
        let Ok(ops) = parsed else {
            broken = true;
            out.push(Class::Plain, line);
            continue;
        };
        let mut from = 0;
        for (at, op) in ops {
            let at = line.floor_char_boundary(at.min(line.len()));
            if at > from {
                out.push(scopes.class(), &line[from..at]);
                from = at;
            }
            scopes.apply(&op);
        }
        out.push(scopes.class(), &line[from..]);
    }
    Some(out.finish())
}

/// The scopes around a token, as the classes that they ask for.
#[derive(Default)]
struct Scopes {
    stack: Vec<Option<Class>>,
    cleared: Vec<Vec<Option<Class>>>,
}

impl Scopes {
    /// The innermost scope that asks for a class decides.
    fn class(&self) -> Class {
        self.stack.iter().rev().find_map(|class| *class).unwrap_or(Class::Plain)
    }

    fn apply(&mut self, op: &ScopeStackOp) {
        match op {
            ScopeStackOp::Push(scope) => self.stack.push(class_of(*scope)),
            ScopeStackOp::Pop(count) => self.stack.truncate(self.stack.len().saturating_sub(*count)),
            ScopeStackOp::Clear(amount) => {
                let keep = match amount {
                    ClearAmount::TopN(count) => self.stack.len().saturating_sub(*count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.stack.split_off(keep));
            }
            ScopeStackOp::Restore => self.stack.extend(self.cleared.pop().unwrap_or_default()),
            ScopeStackOp::Noop => {}
        }
    }
}

fn class_of(scope: Scope) -> Option<Class> {
    let table = SCOPES.get_or_init(|| {
        CLASSES.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class))).collect()
    });
    table.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
}

/// The first prefix of a scope decides; what is not listed looks like its surroundings. `invalid` is left out on
/// purpose: examples are fragments (`...`), and calling them wrong is not ours to do.
const CLASSES: &[(&str, Class)] = &[
    // Code in code begins anew.
    ("source", Class::Plain),
    ("text", Class::Plain),
    ("meta.interpolation", Class::Plain),
    ("meta.template.expression", Class::Plain),
    ("meta.embedded", Class::Plain),
    ("comment", Class::Comment),
    ("punctuation.definition.comment", Class::Comment),
    ("punctuation.definition.string", Class::Text),
    ("punctuation.definition.variable", Class::Name),
    ("punctuation.definition.keyword", Class::Keyword),
    ("punctuation.definition.annotation", Class::Macro),
    ("punctuation.definition.decorator", Class::Macro),
    ("punctuation.definition.heading", Class::Markup),
    ("punctuation.definition.entity.html", Class::Constant),
    ("punctuation.terminator.entity.html", Class::Constant),
    ("punctuation.definition.parameter", Class::Name),
    ("punctuation.definition.storage.type", Class::Keyword),
    ("punctuation.definition.from-file", Class::Comment),
    ("punctuation.definition.to-file", Class::Comment),
    ("punctuation.definition.range.diff", Class::Macro),
    ("punctuation.definition.inserted", Class::Inserted),
    ("punctuation.definition.deleted", Class::Deleted),
    ("punctuation.definition.raw", Class::Text),
    ("punctuation", Class::Punctuation),
    ("constant", Class::Constant),
    ("string", Class::Text),
    ("keyword.operator.logical.python", Class::Keyword),
    ("keyword.operator.word", Class::Keyword),
    ("keyword.operator.alphanumeric", Class::Keyword),
    ("keyword.operator", Class::Operator),
    ("keyword.other.unit", Class::Constant),
    ("keyword.other.definition.ini", Class::Name),
    ("keyword.other.http", Class::Name),
    ("keyword", Class::Keyword),
    ("storage.type.annotation", Class::Macro),
    ("storage.type.numeric", Class::Constant),
    ("storage.type.string", Class::Text),
    ("storage", Class::Keyword),
    ("entity.name.function.decorator", Class::Macro),
    ("entity.name.function.preprocessor", Class::Macro),
    ("entity.name.function", Class::Function),
    ("entity.name.macro", Class::Macro),
    ("entity.name.constant", Class::Constant),
    ("entity.name.tag.yaml", Class::Name),
    ("entity.name.tag.toml", Class::Name),
    ("entity.name.tag", Class::Markup),
    ("entity.name.section", Class::Markup),
    ("entity.name.label", Class::Name),
    ("entity.name.import", Class::Plain),
    ("entity.name", Class::Type),
    ("entity.other.inherited-class", Class::Type),
    ("entity.other.attribute-name", Class::Name),
    ("support.function.decorator", Class::Macro),
    ("support.function", Class::Function),
    ("support.macro", Class::Macro),
    ("support.constant", Class::Constant),
    ("support.type.property-name", Class::Name),
    ("support.type", Class::Type),
    ("support.class", Class::Type),
    ("support.variable", Class::Name),
    ("support.other.variable", Class::Name),
    ("variable.language", Class::Keyword),
    ("variable.function", Class::Function),
    ("variable.annotation", Class::Macro),
    ("variable.parameter.option", Class::Name),
    ("variable.other.readwrite.shell", Class::Name),
    ("variable.other.php", Class::Name),
    ("variable.parameter.php", Class::Name),
    ("variable.parameter.function.php", Class::Name),
    ("variable.other.readwrite.global.perl", Class::Name),
    ("variable.other.readwrite.instance.ruby", Class::Name),
    ("variable.other.member.yaml", Class::Name),
    ("markup.heading", Class::Markup),
    ("markup.inserted", Class::Inserted),
    ("markup.deleted", Class::Deleted),
    ("markup.raw", Class::Text),
    ("markup.underline.link", Class::Text),
    ("markup.quote", Class::Comment),
    ("meta.diff.header", Class::Comment),
    ("meta.diff.range", Class::Macro),
    ("meta.structure.dictionary.key", Class::Name),
];
