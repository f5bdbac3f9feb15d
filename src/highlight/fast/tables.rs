//! What the languages of `words` look like.

use super::spec::{Quote, Spec};

pub static ALL: &[&Spec] =
    &[&JSON, &PYTHON, &JAVASCRIPT, &TYPESCRIPT, &JAVA, &KOTLIN, &GO, &RUST, &C, &CPP, &CSHARP, &SWIFT, &DART, &SQL];

const DOUBLE: Quote = Quote { open: "\"", close: "\"", lines: false, escapes: true, holes: "" };
const SINGLE: Quote = Quote { open: "'", close: "'", ..DOUBLE };
const TRIPLE: Quote = Quote { open: "\"\"\"", close: "\"\"\"", lines: true, ..DOUBLE };

/// What the descendants of C have in common.
const LIKE_C: Spec = Spec {
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    strings: &[DOUBLE, SINGLE],
    constants: "false null true",
    capitals: true,
    ..Spec::EMPTY
};

static JSON: Spec =
    Spec { name: "JSON", constants: "Infinity NaN false null true", keys: true, capitals: false, ..LIKE_C };

static PYTHON: Spec = Spec {
    name: "Python",
    line_comments: &["#"],
    strings: &[
        Quote { holes: "{", ..TRIPLE },
        Quote { open: "'''", close: "'''", holes: "{", ..TRIPLE },
        Quote { holes: "{", ..DOUBLE },
        Quote { holes: "{", ..SINGLE },
    ],
    prefixes: b"rbfuRBFU",
    keywords: "and as assert async await break continue del elif else except finally for from global if import in is lambda \
        nonlocal not or pass raise return self try while with yield",
    constants: "Ellipsis False None NotImplemented True __file__ __name__",
    types: "bool bytes complex dict float frozenset int list object set str tuple type",
    functions: "def",
    declares: "class",
    annotations: true,
    capitals: true,
    ..Spec::EMPTY
};

static JAVASCRIPT: Spec = Spec {
    name: "JavaScript (Babel)",
    strings: &[DOUBLE, SINGLE, Quote { open: "`", close: "`", lines: true, escapes: true, holes: "${" }],
    keywords: "as async await break case catch const continue debugger default delete do else export finally for from if \
        import in instanceof let new of return static super switch this throw try typeof var void while yield",
    constants: "Infinity NaN false null true undefined",
    functions: "function",
    declares: "class extends",
    annotations: true,
    regexes: true,
    markup: true,
    in_words: b"$",
    ..LIKE_C
};

static TYPESCRIPT: Spec = Spec {
    name: "TypeScript",
    keywords: "abstract as async await break case catch const continue debugger declare default delete do else export \
        finally for from if import in infer instanceof is keyof let namespace new of override private \
        protected public readonly return satisfies static super switch this throw try typeof var void while yield",
    types: "any bigint boolean never number object string symbol unknown",
    declares: "class enum extends implements interface type",
    ..JAVASCRIPT
};

static JAVA: Spec = Spec {
    name: "Java",
    strings: &[TRIPLE, DOUBLE, SINGLE],
    keywords: "abstract assert break case catch continue default do else final finally for if import instanceof native new \
        package private protected public return sealed static super switch synchronized this throw throws transient \
        try var void volatile while yield",
    types: "boolean byte char double float int long short",
    declares: "class enum extends implements interface record",
    annotations: true,
    ..LIKE_C
};

static KOTLIN: Spec = Spec {
    name: "Kotlin",
    strings: &[TRIPLE, DOUBLE, SINGLE],
    keywords: "abstract as break by catch companion const continue data do else enum finally for if import in init inline \
        internal is lateinit open override package private protected public return sealed super suspend this throw \
        try val var vararg when while",
    functions: "fun",
    declares: "class interface object typealias",
    annotations: true,
    ..LIKE_C
};

static GO: Spec = Spec {
    name: "Go",
    strings: &[DOUBLE, SINGLE, Quote { open: "`", close: "`", lines: true, escapes: false, holes: "" }],
    keywords: "break case chan const continue default defer else fallthrough for go goto if import interface map package \
        range return select struct switch var",
    constants: "false iota nil true",
    types: "any bool byte complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string uint uint16 \
        uint32 uint64 uint8 uintptr",
    functions: "func",
    declares: "type",
    // A capital only exports a name.
    capitals: false,
    ..LIKE_C
};

static RUST: Spec = Spec {
    name: "Rust",
    strings: &[
        Quote { open: "r#\"", close: "\"#", lines: true, escapes: false, holes: "" },
        Quote { lines: true, ..DOUBLE },
        SINGLE,
    ],
    prefixes: b"b",
    keywords: "as async await break const continue crate dyn else extern for if impl in let loop match mod move mut pub ref \
        return self static super unsafe use where while",
    constants: "false true",
    types: "Self bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize",
    functions: "fn",
    declares: "enum struct trait type",
    macros: true,
    lifetimes: true,
    ..LIKE_C
};

static C: Spec = Spec {
    name: "C",
    keywords: "auto break case const continue default do else extern for goto if inline register restrict return sizeof \
        static switch typedef volatile while",
    constants: "NULL false true",
    types: "bool char double float int int16_t int32_t int64_t int8_t long short signed size_t ssize_t uint16_t uint32_t \
        uint64_t uint8_t unsigned void",
    declares: "enum struct union",
    directives: true,
    capitals: false,
    ..LIKE_C
};

static CPP: Spec = Spec {
    name: "C++",
    keywords: "auto break case catch co_await co_return co_yield concept const consteval constexpr continue decltype \
        default delete do else explicit extern final for friend goto if inline mutable namespace new noexcept \
        operator override private protected public requires return sizeof static static_assert static_cast switch \
        template this throw try typedef using virtual volatile while",
    constants: "NULL false nullptr true",
    declares: "class enum struct typename union",
    capitals: true,
    ..C
};

static CSHARP: Spec = Spec {
    name: "C#",
    strings: &[
        TRIPLE,
        Quote { open: "@\"", close: "\"", lines: true, escapes: false, holes: "" },
        Quote { open: "$\"", close: "\"", holes: "{", ..DOUBLE },
        DOUBLE,
        SINGLE,
    ],
    keywords: "abstract as async await base break case catch checked const continue default delegate do else event explicit \
        extern finally fixed for foreach get goto if implicit in init internal is lock namespace new operator out \
        override params partial private protected public readonly ref required return sealed set sizeof static \
        switch this throw try typeof using var virtual void when where while yield",
    types: "bool byte char decimal double dynamic float int long object sbyte short string uint ulong ushort",
    declares: "class enum interface record struct",
    directives: true,
    ..LIKE_C
};

static SWIFT: Spec = Spec {
    name: "Swift",
    strings: &[TRIPLE, DOUBLE],
    keywords: "as associatedtype async await break case catch continue default defer deinit do else fallthrough fileprivate \
        final for guard if import in init inout internal is lazy let mutating open operator override private public \
        repeat rethrows return self some static subscript super switch throw throws try var weak where while",
    constants: "false nil true",
    functions: "func",
    declares: "actor class enum extension protocol struct typealias",
    annotations: true,
    directives: true,
    ..LIKE_C
};

static DART: Spec = Spec {
    name: "Dart",
    strings: &[TRIPLE, Quote { open: "'''", close: "'''", ..TRIPLE }, DOUBLE, SINGLE],
    keywords: "abstract as assert async await break case catch const continue default do else export factory final finally \
        for get if import in is late library new on operator part required rethrow return set show static super \
        switch this throw try typedef var void while yield",
    types: "bool double dynamic int num",
    declares: "class enum extends extension implements mixin with",
    annotations: true,
    ..LIKE_C
};

static SQL: Spec = Spec {
    name: "SQL",
    line_comments: &["--", "#"],
    strings: &[Quote { escapes: false, lines: true, ..SINGLE }, DOUBLE, Quote { open: "`", close: "`", ..DOUBLE }],
    keywords: "add all alter and any as asc begin between by cascade case check column commit constraint create cross \
        database declare default delete desc distinct drop else end engine exists explain foreign from full function \
        grant group having if in index inner insert interval into is join key left like limit not offset on or order \
        outer over partition primary procedure references replace returning returns revoke right rollback schema \
        select set show table then to transaction trigger truncate union unique update use using values view when \
        where with",
    constants: "current_timestamp false null true",
    types: "bigint bigserial blob boolean char date datetime decimal double float int integer json jsonb numeric real \
        serial smallint text time timestamp tinyint uuid varchar",
    capitals: false,
    case_matters: false,
    ..LIKE_C
};
