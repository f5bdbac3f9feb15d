//! The tree of an expression and what it may read in; its value out.

use super::Scope;
use super::parse::{Expr, Method, Op};
use super::value::{Root, Value};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// JavaScript would throw: a member of nothing, a method that the value does not have.
    Thrown,
    /// `?.` met nothing; the chain around it is undefined.
    Short,
}

/// Evaluates. `missing` stands for a claim that was not supplied: `Unknown`, or `Undefined` where one value is needed.
pub fn eval(expr: &Expr, scope: &Scope, missing: &Value) -> Result<Value, Stop> {
    Evaluator { scope, missing }.eval(expr)
}

struct Evaluator<'a> {
    scope: &'a Scope<'a>,
    missing: &'a Value,
}

impl Evaluator<'_> {
    fn eval(&self, expr: &Expr) -> Result<Value, Stop> {
        Ok(match expr {
            Expr::Value(value) => value.clone(),
            Expr::List(items) => Value::List(self.all(items)?),
            Expr::Template(parts) => {
                let parts = self.all(parts)?;
                if parts.contains(&Value::Unknown) {
                    return Ok(Value::Unknown);
                }
                Value::Text(parts.iter().map(Value::text).collect())
            }
            Expr::Member { object, key, optional } => {
                let object = self.object(object, *optional)?;
                self.member(&object, &self.eval(key)?)
            }
            Expr::Call { object, method, args, optional } => {
                let object = self.object(object, *optional)?;
                call(&object, *method, &self.all(args)?)?
            }
            Expr::Chain(inner) => match self.eval(inner) {
                Err(Stop::Short) => Value::Undefined,
                result => result?,
            },
            Expr::Not(inner) => self.eval(inner)?.truth().map_or(Value::Unknown, |truth| Value::Bool(!truth)),
            Expr::Sign(sign, inner) => match self.eval(inner)? {
                Value::Unknown => Value::Unknown,
                value => Value::Number(sign * value.number()),
            },
            Expr::Binary(op, left, right) => return self.binary(*op, left, right),
            Expr::Choice(condition, yes, no) => match self.eval(condition)?.truth() {
                Some(truth) => return self.eval(if truth { yes } else { no }),
                None => {
                    let (yes, no) = (self.eval(yes), self.eval(no));
                    return if yes == no { yes } else { Ok(Value::Unknown) };
                }
            },
        })
    }

    fn all(&self, exprs: &[Expr]) -> Result<Vec<Value>, Stop> {
        exprs.iter().map(|expr| self.eval(expr)).collect()
    }

    /// A value that something is asked of.
    fn object(&self, expr: &Expr, optional: bool) -> Result<Value, Stop> {
        let value = self.eval(expr)?;
        match value.is_nullish() {
            true if optional => Err(Stop::Short),
            true => Err(Stop::Thrown),
            false => Ok(value),
        }
    }

    fn member(&self, object: &Value, key: &Value) -> Value {
        if *object == Value::Unknown || *key == Value::Unknown {
            return Value::Unknown;
        }
        let key = key.text();
        let found = match object {
            Value::Root(Root::Visitor) if key == "claims" => Some(Value::Root(Root::Claims)),
            Value::Root(Root::Space) if key == "vars" => Some(Value::Root(Root::SpaceVars)),
            Value::Root(Root::Page) if key == "vars" => Some(Value::Root(Root::PageVars)),
            Value::Root(Root::Visitor) => Some(self.missing.clone()),
            Value::Root(Root::Claims) => {
                Some(self.scope.claims.get(&key).map_or_else(|| self.missing.clone(), Value::from_json))
            }
            Value::Root(Root::SpaceVars) => variable(self.scope.space_vars, &key),
            Value::Root(Root::PageVars) => variable(self.scope.page_vars, &key),
            Value::Map(entries) => entries.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone()),
            Value::List(items) if key == "length" => Some(Value::Number(items.len() as f64)),
            Value::List(items) => key.parse::<usize>().ok().and_then(|at| items.get(at)).cloned(),
            Value::Text(text) if key == "length" => Some(Value::Number(text.encode_utf16().count() as f64)),
            Value::Text(text) => {
                key.parse::<usize>().ok().and_then(|at| text.chars().nth(at)).map(|c| Value::Text(c.to_string()))
            }
            _ => None,
        };
        found.unwrap_or(Value::Undefined)
    }

    fn binary(&self, op: Op, left: &Expr, right: &Expr) -> Result<Value, Stop> {
        let a = self.eval(left)?;
        // These look at the right side only when the left one does not decide.
        match (op, a.truth()) {
            (Op::And, Some(false)) | (Op::Or, Some(true)) => return Ok(a),
            (Op::And | Op::Or, Some(_)) => return self.eval(right),
            (Op::Nullish, Some(_)) => return if a.is_nullish() { self.eval(right) } else { Ok(a) },
            (Op::And, None) => {
                let b = self.eval(right)?;
                return Ok(if b.truth() == Some(false) { b } else { Value::Unknown });
            }
            (Op::Or, None) => {
                let b = self.eval(right).unwrap_or(Value::Unknown);
                return Ok(if b.truth() == Some(true) { b } else { Value::Unknown });
            }
            (Op::Nullish, None) => return Ok(Value::Unknown),
            _ => {}
        }
        let b = self.eval(right)?;
        if a == Value::Unknown || b == Value::Unknown {
            return Ok(Value::Unknown);
        }
        Ok(match op {
            Op::Equal => Value::Bool(a.equal(&b)),
            Op::Unequal => Value::Bool(!a.equal(&b)),
            Op::Same => Value::Bool(a.same(&b)),
            Op::NotSame => Value::Bool(!a.same(&b)),
            Op::Less => Value::Bool(a.order(&b).is_some_and(|order| order.is_lt())),
            Op::Greater => Value::Bool(a.order(&b).is_some_and(|order| order.is_gt())),
            Op::AtMost => Value::Bool(a.order(&b).is_some_and(|order| order.is_le())),
            Op::AtLeast => Value::Bool(a.order(&b).is_some_and(|order| order.is_ge())),
            Op::In => match &b {
                Value::List(_) | Value::Map(_) | Value::Root(_) => match self.member(&b, &a) {
                    Value::Unknown => Value::Unknown,
                    found => Value::Bool(found != Value::Undefined),
                },
                _ => return Err(Stop::Thrown),
            },
            Op::Plus => a.plus(&b),
            Op::Minus => Value::Number(a.number() - b.number()),
            Op::Times => Value::Number(a.number() * b.number()),
            Op::Divide => Value::Number(a.number() / b.number()),
            Op::Remainder => Value::Number(a.number() % b.number()),
            Op::And | Op::Or | Op::Nullish => return Err(Stop::Thrown),
        })
    }
}

fn variable(vars: &[(String, String)], key: &str) -> Option<Value> {
    vars.iter().find(|(name, _)| name == key).map(|(_, value)| Value::Text(value.clone()))
}

fn call(object: &Value, method: Method, args: &[Value]) -> Result<Value, Stop> {
    if *object == Value::Unknown {
        return Ok(Value::Unknown);
    }
    let arg = args.first().unwrap_or(&Value::Undefined);
    if let (Value::List(items), Method::Includes) = (object, method) {
        let found = items.iter().any(|item| *item != Value::Unknown && item.same(arg));
        return Ok(match found {
            false if *arg == Value::Unknown || items.contains(&Value::Unknown) => Value::Unknown,
            found => Value::Bool(found),
        });
    }
    if method == Method::ToText {
        return Ok(Value::Text(object.text()));
    }
    let Value::Text(text) = object else { return Err(Stop::Thrown) };
    if *arg == Value::Unknown {
        return Ok(Value::Unknown);
    }
    Ok(match method {
        Method::Includes => Value::Bool(text.contains(&arg.text())),
        Method::StartsWith => Value::Bool(text.starts_with(&arg.text())),
        Method::EndsWith => Value::Bool(text.ends_with(&arg.text())),
        Method::ToLowerCase => Value::Text(text.to_lowercase()),
        Method::ToUpperCase => Value::Text(text.to_uppercase()),
        Method::Trim => Value::Text(text.trim().to_string()),
        Method::ToText => object.clone(),
    })
}
