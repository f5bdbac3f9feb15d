//! A formula in TeX in, MathML out: no script and no fonts, the browser sets it.

mod clean;
mod fault;

use crate::page::{Kind, NodeId, Page};
use crate::render::Body;
use pulldown_latex::{Parser, RenderConfig, Storage, config::DisplayMode};

/// What no formula needs; beyond it the parser would work for someone who wants it to.
const MAX_TEX: usize = 10_000;
const MAX_DEPTH: usize = 60;
const MAX_MATHML: usize = 1 << 20;

/// What KaTeX knows and the parser does not, as far as a page loses little by it.
const MACROS: &str = concat!(
    r"\def\bm#1{\boldsymbol{#1}}\def\bold#1{\mathbf{#1}}\def\boxed#1{#1}\def\tag#1{\qquad(\text{#1})}",
    r"\def\R{\mathbb{R}}\def\N{\mathbb{N}}\def\Z{\mathbb{Z}}\def\argmax{\operatorname*{arg\,max}}",
    r"\def\argmin{\operatorname*{arg\,min}}\def\mod#1{\quad\text{mod}\ #1}\def\label#1{}\def\phantom#1{}",
    r"\def\hphantom#1{}\def\vphantom#1{}\def\notag{}\def\nonumber{}\def\tiny{}\def\small{}\def\large{}",
    r"\def\Large{}\def\huge{}\def\Huge{}\def\href#1#2{#2}\def\mathscr#1{\mathcal{#1}}\def\pmb#1{\boldsymbol{#1}}",
    r"\def\natnums{\mathbb{N}}\def\Reals{\mathbb{R}}\def\smash#1{#1}\def\hbox#1{\text{#1}}\def\pod#1{\quad(#1)}",
    r"\def\bra#1{\langle #1|}\def\ket#1{|#1\rangle}\def\braket#1{\langle #1\rangle}",
);

/// Writes a formula. One that cannot be read is shown as its TeX.
pub fn render(out: &mut Body<'_>, tex: &str, block: bool) {
    if block {
        // A region that a keyboard can move needs a role and a name, and in a link or a button it cannot be one.
        let number = out.serial();
        let number = if out.print() { format!("{}.{number}", out.host.0 + 1) } else { number.to_string() };
        let name = out.word("formula").replace("{number}", &number);
        let region = [("role", "region"), ("tabindex", "0"), ("aria-label", &*name)];
        let region = if out.html.interactive() { &[][..] } else { &region[..] };
        out.html.open("div", &[&[("class", "math")], region].concat());
    }
    match mathml(tex, block) {
        Ok(html) => out.html.raw(&html),
        Err(_) => out.html.element("code", &[("class", "math-error")], tex.trim()),
    }
    if block {
        out.html.close();
        out.html.newline();
    }
}

/// The formula that an element holds: GitBook writes `<span class="math">` where `$$` would be text.
pub fn written(page: &Page, file: &str, node: NodeId) -> Option<String> {
    let Kind::Element(tag) = page.node(node).kind else { return None };
    let is_math =
        page.tags[tag as usize].attr("class") == Some("math") && page.children(node).all(|at| is_text(page, at));
    is_math.then(|| page.words(file, node)).filter(|tex| !tex.trim().is_empty())
}

fn is_text(page: &Page, at: NodeId) -> bool {
    matches!(page.node(at).kind, Kind::Text | Kind::Literal(_) | Kind::SoftBreak | Kind::HardBreak | Kind::End)
}

/// The formula as MathML, or why it is none.
pub fn mathml(tex: &str, block: bool) -> Result<String, String> {
    if tex.len() > MAX_TEX || depth(tex) > MAX_DEPTH {
        return Err("the formula is too large".to_string());
    }
    // The parser has never seen hostile input; a slip of it must not end a build.
    std::panic::catch_unwind(|| convert(tex.trim(), block))
        .unwrap_or_else(|_| Err("the formula cannot be read".to_string()))
}

fn convert(written: &str, block: bool) -> Result<String, String> {
    // KaTeX breaks lines anywhere.
    let tex = match (written.contains("\\\\") && !written.contains("\\begin"), written.contains('&')) {
        (false, _) => format!("{MACROS}{written}"),
        (true, false) => format!("{MACROS}\\begin{{gathered}}{written}\\end{{gathered}}"),
        (true, true) => format!("{MACROS}\\begin{{aligned}}{written}\\end{{aligned}}"),
    };
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(&tex, &storage) {
        events.push(event.map_err(|error| fault::named(&error.to_string(), written))?);
    }
    let display_mode = if block { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut written = Limited(Vec::new());
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    pulldown_latex::mathml::write_mathml(&mut written, events, config).map_err(|error| error.to_string())?;
    clean::clean(&String::from_utf8_lossy(&written.0)).ok_or_else(|| "the formula cannot be shown".to_string())
}

/// How deep groups stand in one another.
fn depth(tex: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for part in tex.split_inclusive(['{', '}', '\\']) {
        match part.as_bytes().last() {
            Some(b'{') => depth += 1,
            Some(b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest + tex.matches("\\left").count().max(tex.matches("\\begin").count())
}

/// Takes as many bytes as a formula may have.
struct Limited(Vec<u8>);

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_MATHML {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas() {
        for (tex, expected) in [
            ("x^2", "<math display=\"inline\"><msup><mi>x</mi><mn>2</mn></msup></math>"),
            ("a < b", "<math display=\"inline\"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>"),
        ] {
            assert_eq!(mathml(tex, false).as_deref(), Ok(expected), "{tex}");
        }
        for tex in [
            r"\frac{1}{2} \sqrt[3]{x} \sum_{i=0}^n i",
            r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            r"\mathbb{R} \in \left( \frac{a}{b} \right] \vec{x} \hat{y} \mathrm{d}x",
            r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
            r"\color{red} x",
            r"a &= b \\ c &= d",
            r"a \\ b",
            r"\R \bm{x} \argmax_x x \tag{1} \notag",
            r"\boxed{x}",
            r"\mathscr{L} \natnums \Reals \bra{a} \ket{b} \braket{a|b} \pmb{x} \Huge \smash{x} \pod{n} \hbox{x}",
        ] {
            let html = mathml(tex, true).unwrap_or_default();
            assert!(html.starts_with("<math display=\"block\">") && html.ends_with("</math>"), "{tex}: {html}");
            assert!(!html.contains("style=") && !html.contains("error"), "{tex}: {html}");
        }
    }

    #[test]
    fn what_is_no_formula() {
        for tex in [
            r"\frac{1",
            r"\nosuchcommand",
            r"x^",
            r"}",
            r"\begin{x}",
            r"\operatorname{<script>alert(1)</script>}",
            r"\text{\<img src=x onerror=y>}",
        ] {
            let html = mathml(tex, false).unwrap_or_default();
            assert!(!html.contains("<script") && !html.contains("<img"), "{tex}: {html}");
        }
        assert!(mathml(r"\frac{1", false).is_err());
        assert!(mathml(&"{".repeat(5_000), false).is_err());
    }

    #[test]
    fn hostile_formulas() {
        let words = [
            "\\",
            "{",
            "}",
            "^",
            "_",
            "&",
            "%",
            "#1",
            "$",
            "'",
            "~",
            "\\\\",
            "\\left",
            "\\right",
            "(",
            "]",
            "|",
            "\\frac",
            "\\sqrt",
            "[",
            "\\begin{matrix}",
            "\\end{matrix}",
            "\\begin{array}{c|c}",
            "\\end{array}",
            "\\def\\a",
            "\\a",
            "\\newcommand",
            "\\let",
            "\\text",
            "\\hat",
            "\\not",
            "\\limits",
            "\\middle",
            "\\big",
            "\\kern",
            "1",
            "em",
            "-",
            "x",
            "é",
            "\n",
            " ",
            "\\color{red}",
            "\\char",
            "\"",
            "`",
            "\\over",
            "\\hline",
            "\\mathbb",
            "\\operatorname",
            "<b>",
            "\\rule",
            "\\hspace",
            "\\tag",
            "\\substack",
            "\\textcolor",
            "\\sideset",
            "\\overset",
            "\\xrightarrow",
            "\\prescript",
            "\\bigl",
            "\\genfrac",
            "\\stackrel",
            "\\cfrac",
            "\\phantom",
            "\u{0}",
            "\u{1d49c}",
        ];
        arbtest::arbtest(|u| {
            let mut tex = String::new();
            while tex.len() < 300 && !u.is_empty() {
                tex.push_str(u.choose(&words)?);
            }
            let _ = mathml(&tex, u.arbitrary()?);
            Ok(())
        })
        .budget_ms(2_000);
        assert!(mathml("\\char\u{1d49c}", false).is_err());
        for word in words {
            let _ = mathml(&word.repeat(500), true);
        }
    }
}
