//! What is wrong in the content: a rule, a message in the author's words, and places.

use crate::source::Span;
use std::borrow::Cow;

/// How much a finding matters. `Note` never fails a run: it tells what the tool did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Which verdict of the plugin daemon a fault in an example breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breaks {
    /// The file cannot be read: a syntax error, or a value of the wrong type.
    Decode,
    /// A declared rule does not hold.
    Strict,
    /// The plugin cannot be packaged.
    Package,
    /// The package cannot be installed.
    Install,
}

impl Breaks {
    pub fn name(self) -> &'static str {
        match self {
            Breaks::Decode => "decode",
            Breaks::Strict => "strict",
            Breaks::Package => "package",
            Breaks::Install => "install",
        }
    }
}

/// A repair: texts that take the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// There is exactly one right repair, and this is it; otherwise it is only likely what the author meant.
    pub safe: bool,
    /// In the order of places, none overlapping; all of them or none.
    pub edits: Vec<(Span, String)>,
}

/// One finding. The message is lower case without a full stop, with the author's text in backquotes; `help` is an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's stable name (`dead-page`), by which it is explained, configured and silenced.
    pub rule: Cow<'static, str>,
    pub severity: Severity,
    pub message: String,
    pub span: Span,
    /// Other places that explain this one: where an id was first given, where a block was opened.
    pub labels: Vec<(Span, String)>,
    pub help: Option<String>,
    /// What `proofpress explain` tells more about, besides the rule: `tool.parameters.form`.
    pub see: Option<String>,
    /// Set for faults of examples and plugin files that the plugin daemon refuses.
    pub breaks: Option<Breaks>,
    pub fix: Option<Fix>,
    /// What would be decided once for all findings that share it: the path that is missing, `faq.md#limit`.
    pub cause: Option<String>,
}

impl Diagnostic {
    pub fn new(
        rule: impl Into<Cow<'static, str>>,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            rule: rule.into(),
            severity,
            message: message.into(),
            span,
            labels: Vec::new(),
            help: None,
            see: None,
            breaks: None,
            fix: None,
            cause: None,
        }
    }

    pub fn error(rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, Severity::Error, span, message)
    }

    pub fn warning(rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, Severity::Warning, span, message)
    }

    pub fn note(rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, Severity::Note, span, message)
    }

    pub fn label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push((span, message.into()));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    pub fn see(mut self, name: impl Into<String>) -> Diagnostic {
        self.see = Some(name.into());
        self
    }

    pub fn breaks(mut self, verdict: Breaks) -> Diagnostic {
        self.breaks = Some(verdict);
        self
    }

    pub fn fix(mut self, safe: bool, edits: Vec<(Span, String)>) -> Diagnostic {
        self.fix = Some(Fix { safe, edits });
        self
    }
}

/// The order in which findings are shown and compared: file, then place, then rule.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
}
