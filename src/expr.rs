//! GitBook's JavaScript expressions: the text of one and what it may read in; a verdict or a text out.
//!
//! Pages say who sees a part (`{% if visitor.claims.plan === "pro" %}`) and show variables
//! (`<code class="expression">space.vars.version</code>`). A static site has no visitor, so a claim that the book's
//! settings do not supply is unknown, and unknown stays apart from false all the way to the verdict.

mod eval;
mod parse;
mod token;
mod value;

pub use value::Value;

use crate::site::{PageId, Site};
use std::collections::BTreeMap;

/// Whether a conditional part is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Shown,
    Hidden,
    /// It depends on a claim that nobody supplied.
    Unknown,
}

/// What an expression may read.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// `space.vars`
    pub space_vars: &'a [(String, String)],
    /// `page.vars`
    pub page_vars: &'a [(String, String)],
    /// `visitor.claims`; those that are missing are unknown.
    pub claims: &'a BTreeMap<String, serde_json::Value>,
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// Byte offset in the text.
    pub offset: usize,
    pub message: String,
}

/// Decides a condition. What would throw in JavaScript hides the part, as it does on GitBook.
pub fn verdict(expr: &str, scope: &Scope) -> Result<Verdict, ExprError> {
    let expr = parse::parse(expr)?;
    Ok(match eval::eval(&expr, scope, &Value::Unknown).map(|value| value.truth()) {
        Ok(Some(true)) => Verdict::Shown,
        Ok(None) => Verdict::Unknown,
        Ok(Some(false)) | Err(_) => Verdict::Hidden,
    })
}

/// The value of an expression as a reader sees it. Claims that nobody supplied are undefined here: a text cannot be
/// shown in two ways. `None` for null, undefined, and what is no expression or would throw.
pub fn text(expr: &str, scope: &Scope) -> Option<String> {
    let expr = parse::parse(expr).ok()?;
    match eval::eval(&expr, scope, &Value::Undefined).ok()? {
        Value::Undefined | Value::Null | Value::Unknown | Value::Root(_) => None,
        value => Some(value.text()),
    }
}

/// The value of an expression on a page of the site.
pub fn evaluate(site: &Site, page: PageId, expr: &str) -> Option<String> {
    text(expr, &scope(site, page))
}

/// Decides a condition on a page of the site. What is no expression is decided as unknown, so that nothing vanishes for
/// a slip of the pen; a lint reports it.
pub fn condition(site: &Site, page: PageId, expr: &str) -> Verdict {
    verdict(expr, &scope(site, page)).unwrap_or(Verdict::Unknown)
}

/// What expressions on a page may read.
pub fn scope(site: &Site, page: PageId) -> Scope<'_> {
    let page = site.page(page);
    let space = site.spaces.get(page.space).and_then(|space| site.config.spaces.get(space.config));
    Scope {
        space_vars: space.map_or(&[], |space| &space.vars),
        page_vars: site.text(page.file).map_or(&[], |text| &text.front.vars),
        claims: &site.config.claims,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_scope<T>(check: impl Fn(&Scope) -> T) -> T {
        let pair = |key: &str, value: &str| (key.to_string(), value.to_string());
        let claims =
            serde_json::json!({"plan": "pro", "beta": false, "age": 30, "products": ["a", "b"], "org": {"id": 7}});
        let claims: BTreeMap<String, serde_json::Value> =
            claims.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
        check(&Scope {
            space_vars: &[pair("version", "1.2"), pair("PW_IMAGE", "x:1"), pair("empty", "")],
            page_vars: &[pair("os", "Linux")],
            claims: &claims,
        })
    }

    #[test]
    fn verdicts() {
        use Verdict::{Hidden, Shown, Unknown};
        with_scope(|scope| {
            for (expr, expected) in [
                ("visitor.claims.plan === \"pro\"", Shown),
                ("visitor.claims.plan !== 'pro'", Hidden),
                ("visitor.claims.beta", Hidden),
                ("!visitor.claims.beta", Shown),
                ("visitor.claims.age >= 18 && visitor.claims.age < 65", Shown),
                ("visitor.claims.products.includes('b')", Shown),
                ("['free', 'pro'].includes(visitor.claims.plan)", Shown),
                ("visitor.claims.org?.id == '7'", Shown),
                ("visitor.claims['org'][\"id\"] === 7", Shown),
                ("visitor.claims.org.none", Hidden),
                ("'plan' in visitor.claims", Shown),
                ("visitor.claims.plan == 'pro' ? true : false", Shown),
                ("space.vars.version.startsWith(`1.`)", Shown),
                ("space.vars.empty || page.vars.none", Hidden),
                ("page.vars.os.toLowerCase() === 'linux'", Shown),
                // Nobody supplied these.
                ("visitor.claims.x", Unknown),
                ("visitor.claims.unsigned.lang === 'fr'", Unknown),
                ("!visitor.claims.x.y.z", Unknown),
                ("false && visitor.claims.x", Hidden),
                ("visitor.claims.x && false", Hidden),
                ("visitor.claims.x || true", Shown),
                ("visitor.claims.x && true", Unknown),
                ("visitor.claims.x ?? true", Unknown),
                ("visitor.claims.x ? 1 : 1", Shown),
                ("visitor.claims.x ? 1 : 0", Unknown),
                ("[visitor.claims.x, 1].includes(1)", Shown),
                ("[visitor.claims.x].includes(1)", Unknown),
                ("'x' in visitor.claims", Unknown),
                // Throws, and is hidden.
                ("page.vars.none.length", Hidden),
                ("page.vars.none?.a.b.c", Hidden),
                ("page.vars.none?.a.b.c === undefined", Shown),
                ("visitor.claims.x || page.vars.none.length", Unknown),
                // The rules of JavaScript.
                ("1 + 2 * 3 - -1 === 8", Shown),
                ("'1' + 1 === '11' && '3' * '4' === 12", Shown),
                ("null == undefined && null !== undefined", Shown),
                ("10 % 4 / 2 === 1", Shown),
                ("'b' > 'a' && '10' < '9' && 10 > '9'", Shown),
                ("[] && ![''].length === false", Shown),
                ("NaN === NaN", Hidden),
            ] {
                assert_eq!(verdict(expr, scope), Ok(expected), "{expr}");
            }
        });
    }

    #[test]
    fn texts() {
        with_scope(|scope| {
            for (expr, expected) in [
                ("space.vars.version", "1.2"),
                ("space.vars.PW\\_IMAGE", "x:1"),
                ("`v${space.vars.version} on ${page.vars.os ? `\\`${page.vars.os}\\`` : '}'}`", "v1.2 on `Linux`"),
                ("visitor.claims.name ?? 'there'", "there"),
                ("visitor.claims.products", "a,b"),
                ("visitor.claims.age + 0.5", "30.5"),
                ("\"a\\u0041\\n\".trim()", "aA"),
                ("space.vars.none", "-"),
                ("space.vars", "-"),
                ("page.vars.none.x", "-"),
                ("((", "-"),
            ] {
                assert_eq!(text(expr, scope).as_deref().unwrap_or("-"), expected, "{expr}");
            }
        });
    }

    #[test]
    fn errors_have_places() {
        with_scope(|scope| {
            for (expr, offset, message) in [
                ("", 0, "an expression is missing"),
                ("visitor.claims.x ==", 19, "an expression is missing"),
                ("a.b", 0, "`a` is unknown: expressions read `visitor`, `space` and `page`"),
                ("page.vars.x = 1", 12, "`=` is not expected here; `===` compares"),
                ("(1", 2, "`)` is missing"),
                ("'abc", 0, "the text is never closed"),
                ("`abc ${1}", 0, "the text is never closed"),
                ("page.vars.x.repeat(9)", 12, "the method `repeat` is unknown"),
                ("1 # 2", 2, "`#` is not expected here"),
                ("page.vars.x \"y\"", 12, "`\"y\"` is not expected here"),
                ("1 ? 2", 5, "`:` is missing"),
                ("page.", 5, "a name is missing"),
            ] {
                assert_eq!(verdict(expr, scope), Err(ExprError { offset, message: message.to_string() }), "{expr}");
            }
        });
    }

    #[test]
    fn hostile_input_is_bounded() {
        with_scope(|scope| {
            for part in [
                "(",
                "!",
                "-",
                "[",
                "1+",
                "a.",
                "page?.x",
                "`${",
                "1?",
                "1?1:",
                "'",
                "page.vars.x.includes(",
                "\\_",
                "é?.[",
            ] {
                for count in [40, 10_000] {
                    let _ = verdict(&part.repeat(count), scope);
                    let _ = verdict(&(part.repeat(count) + "1"), scope);
                }
            }
            assert!(verdict(&format!("{}1{}", "(".repeat(40), ")".repeat(40)), scope).is_ok());
        });
    }
}
