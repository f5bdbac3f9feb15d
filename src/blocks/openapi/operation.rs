//! A specification, a path and a method in; one operation, complete and in the form of OpenAPI 3, out.

use super::spec::Spec;
use serde_json::{Map, Value, json};

/// Media types that one body of Swagger 2.0 may have.
const MAX_TYPES: usize = 5;

pub const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation with everything that the path and the whole specification say for it.
pub struct Operation {
    pub method: String,
    /// The path, or the name of a webhook.
    pub path: String,
    /// The operation's object. Its parameters are complete and hold no references; `requestBody` and `responses` are in
    /// the form of OpenAPI 3 whatever the version.
    pub value: Value,
    /// Addresses of the servers with their descriptions; variables have their defaults.
    pub servers: Vec<(String, Option<String>)>,
    /// Requirements of which one must be met: names of schemes with their scopes.
    pub security: Vec<Vec<(String, Vec<String>)>>,
    pub webhook: bool,
}

/// One line for each operation of a specification: method, path, summary and first tag.
pub fn operations(spec: &Spec) -> Vec<(String, String, String, Option<String>)> {
    let mut all = Vec::new();
    for (path, item) in spec.root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let item = spec.follow(item).0;
        for (method, operation) in methods(item) {
            let text = |key: &str| operation.get(key).and_then(Value::as_str);
            let summary = text("summary").or_else(|| text("operationId")).unwrap_or(path);
            let tag = operation.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str);
            all.push((method.to_string(), path.clone(), summary.to_string(), tag.map(str::to_string)));
        }
    }
    all
}

/// The operations of a path.
fn methods(item: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = item.as_object().into_iter().flatten();
    entries.filter(|(name, _)| METHODS.contains(&name.as_str())).map(|(name, value)| (name.as_str(), value))
}

impl Operation {
    /// The operation at a path. Without a method it is the first of the path; a slash at the end makes no difference.
    pub fn find(spec: &Spec, path: &str, method: Option<&str>) -> Option<Operation> {
        let paths = spec.root.get("paths")?.as_object()?;
        let same = |other: &str| other.trim_end_matches('/') == path.trim_end_matches('/');
        let (path, item) = paths.get_key_value(path).or_else(|| paths.iter().find(|(other, _)| same(other)))?;
        Operation::of_item(spec, path, item, method, false)
    }

    /// A request that the service sends: `webhooks` of OpenAPI 3.1, or `x-webhooks` of earlier versions.
    pub fn webhook(spec: &Spec, name: &str, method: Option<&str>) -> Option<Operation> {
        let item = ["webhooks", "x-webhooks"].iter().find_map(|key| spec.root.get(key)?.get(name))?;
        Operation::of_item(spec, name, item, method, true)
    }

    /// An operation of a path item; also used for callbacks.
    pub fn of_item(spec: &Spec, path: &str, item: &Value, method: Option<&str>, webhook: bool) -> Option<Operation> {
        let item = spec.follow(item).0;
        let method = method.map(str::to_ascii_lowercase);
        let (method, operation) =
            methods(item).find(|(name, _)| method.as_deref().is_none_or(|method| method == *name))?;
        let mut value = operation.clone();
        let (bodies, parameters) = parameters(spec, item, operation).into_iter().partition::<Vec<_>, _>(is_body);
        let map = value.as_object_mut()?;
        map.insert("parameters".to_string(), Value::Array(parameters));
        if spec.root.get("swagger").is_some() {
            upgrade(spec, map, bodies);
        }
        Some(Operation {
            method: method.to_string(),
            path: path.to_string(),
            servers: servers(spec, item, operation),
            security: security(spec, operation),
            value,
            webhook,
        })
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
    }
}

/// The parameters of path and operation, those of the operation before those of the same name and place.
fn parameters(spec: &Spec, item: &Value, operation: &Value) -> Vec<Value> {
    let of = |value: &Value| -> Vec<Value> {
        let list = value.get("parameters").and_then(Value::as_array).into_iter().flatten();
        list.map(|parameter| spec.follow(parameter).0.clone()).filter(Value::is_object).collect()
    };
    let key = |parameter: &Value| (parameter.get("name").cloned(), parameter.get("in").cloned());
    let own = of(operation);
    let own_keys: std::collections::HashSet<String> = own.iter().map(|p| format!("{:?}", key(p))).collect();
    let mut all: Vec<Value> = of(item).into_iter().filter(|p| !own_keys.contains(&format!("{:?}", key(p)))).collect();
    all.extend(own);
    all
}

fn is_body(parameter: &Value) -> bool {
    matches!(parameter.get("in").and_then(Value::as_str), Some("body" | "formData"))
}

/// Rewrites an operation of Swagger 2.0: schemas into `schema`, bodies into `requestBody`, answers into `content`.
fn upgrade(spec: &Spec, operation: &mut Map<String, Value>, bodies: Vec<Value>) {
    let media = |operation: &Map<String, Value>, key: &str| -> Vec<String> {
        let types = operation.get(key).or_else(|| spec.root.get(key)).and_then(Value::as_array);
        types.into_iter().flatten().filter_map(Value::as_str).take(MAX_TYPES).map(str::to_string).collect()
    };
    let (consumes, produces) = (media(operation, "consumes"), media(operation, "produces"));
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let schema = simple_schema(parameter);
        if let Some(parameter) = parameter.as_object_mut() {
            parameter.entry("schema").or_insert(schema);
        }
    }
    let or_json =
        |types: &[String]| if types.is_empty() { vec!["application/json".to_string()] } else { types.to_vec() };
    if let Some(body) = bodies.iter().find(|body| body["in"] == "body") {
        let media: Map<String, Value> =
            or_json(&consumes).into_iter().map(|name| (name, json!({ "schema": body["schema"] }))).collect();
        let body = json!({ "description": body["description"], "required": body["required"], "content": media });
        operation.insert("requestBody".to_string(), body);
    } else if !bodies.is_empty() {
        let file = bodies.iter().any(|field| field["type"] == "file");
        let usual = if file { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        let form = consumes.iter().find(|name| name.contains("form"));
        let media = form.map_or(usual, String::as_str).to_string();
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for field in &bodies {
            let Some(name) = field["name"].as_str() else { continue };
            properties.insert(name.to_string(), simple_schema(field));
            if field["required"] == true {
                required.push(Value::from(name));
            }
        }
        let schema = json!({ "type": "object", "properties": properties, "required": required });
        let content = Map::from_iter([(media, json!({ "schema": schema }))]);
        operation.insert("requestBody".to_string(), json!({ "content": content }));
    }
    for response in operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
    {
        *response = spec.follow(response).0.clone();
        let Some(response) = response.as_object_mut() else { continue };
        let examples = response.remove("examples").unwrap_or_default();
        if let Some(schema) = response.remove("schema") {
            let of_type = |name: String| {
                let mut media = json!({ "schema": schema });
                if let Some(example) = examples.get(&name) {
                    media["example"] = example.clone();
                }
                (name, media)
            };
            let content: Map<String, Value> = or_json(&produces).into_iter().map(of_type).collect();
            response.insert("content".to_string(), Value::Object(content));
        }
        for header in response.get_mut("headers").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
            *header = json!({ "description": header["description"], "schema": simple_schema(header) });
        }
    }
}

/// The schema of a parameter of Swagger 2.0, which stands beside its name.
fn simple_schema(parameter: &Value) -> Value {
    let mut schema = parameter.clone();
    if let Some(map) = schema.as_object_mut() {
        for key in ["name", "in", "required", "collectionFormat", "allowEmptyValue", "schema"] {
            map.remove(key);
        }
        if map.get("type").is_some_and(|t| t == "file") {
            map.insert("type".to_string(), "string".into());
            map.insert("format".to_string(), "binary".into());
        }
    }
    schema
}

fn servers(spec: &Spec, item: &Value, operation: &Value) -> Vec<(String, Option<String>)> {
    let list = [operation, item, &spec.root].into_iter().find_map(|value| value.get("servers")?.as_array());
    if let Some(list) = list {
        let server = |server: &Value| {
            let variable = |name: &str| Some(server.get("variables")?.get(name)?.get("default")?.as_str()?.to_string());
            let url = fill(server.get("url")?.as_str()?, variable);
            let description = server.get("description").and_then(Value::as_str);
            Some((url.trim_end_matches('/').to_string(), description.map(str::to_string)))
        };
        return list.iter().take(10).filter_map(server).filter(|(url, _)| !url.is_empty()).collect();
    }
    let text = |key: &str| spec.root.get(key).and_then(Value::as_str);
    let Some(host) = text("host") else { return Vec::new() };
    let schemes = spec.root.get("schemes").and_then(Value::as_array);
    let scheme = schemes.and_then(|all| all.iter().find(|s| *s == "https").or(all.first())).and_then(Value::as_str);
    let scheme = scheme.unwrap_or("https");
    let path = text("basePath").unwrap_or_default().trim_end_matches('/');
    vec![(format!("{scheme}://{host}{path}"), None)]
}

/// Puts values in the place of `{name}`. Names without a value stay; values are not looked into.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        let name = &rest[open + 1..open + length];
        out.push_str(&rest[..open]);
        out.push_str(&value(name).unwrap_or_else(|| format!("{{{name}}}")));
        rest = &rest[open + length + 1..];
    }
    out + rest
}

fn security(spec: &Spec, operation: &Value) -> Vec<Vec<(String, Vec<String>)>> {
    let list = operation.get("security").or_else(|| spec.root.get("security")).and_then(Value::as_array);
    let scopes = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_string).collect()
    };
    let all = |requirement: &Value| -> Vec<(String, Vec<String>)> {
        requirement.as_object().into_iter().flatten().map(|(name, list)| (name.clone(), scopes(list))).collect()
    };
    list.into_iter().flatten().map(all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_of_swagger_is_upgraded() {
        let spec = Spec {
            root: json!({
                "swagger": "2.0", "host": "a.example", "basePath": "/v1/", "schemes": ["http", "https"], "consumes": ["application/json"],
                "parameters": { "Body": { "in": "body", "name": "b", "required": true, "schema": { "type": "string" } } },
                "paths": { "/x/{id}": {
                    "parameters": [{ "in": "path", "name": "id", "required": true, "type": "integer" }],
                    "post": {
                        "parameters": [{ "$ref": "#/parameters/Body" }, { "in": "query", "name": "q", "type": "string", "enum": ["a"] }],
                        "responses": { "200": { "description": "ok", "schema": { "type": "array" }, "examples": { "application/json": [1] } } },
                    },
                    "put": { "parameters": [{ "in": "formData", "name": "f", "type": "file", "required": true }] },
                } },
            }),
            problem: None,
        };
        let post = Operation::find(&spec, "/x/{id}/", Some("POST")).unwrap();
        assert_eq!(post.servers, [("https://a.example/v1".to_string(), None)]);
        assert_eq!(post.value["parameters"][0]["schema"], json!({ "type": "integer" }));
        assert_eq!(post.value["parameters"][1]["schema"]["enum"], json!(["a"]));
        assert_eq!(post.value["requestBody"]["content"]["application/json"]["schema"]["type"], "string");
        assert_eq!(post.value["responses"]["200"]["content"]["application/json"]["example"], json!([1]));
        let put = Operation::find(&spec, "/x/{id}", Some("put")).unwrap();
        let field = &put.value["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]["f"];
        assert_eq!(field["format"], "binary");
        assert!(Operation::find(&spec, "/x/{id}", Some("get")).is_none());
        assert_eq!(operations(&spec).len(), 2);
    }

    #[test]
    fn templates_are_filled_once() {
        let value = |name: &str| (name == "a").then(|| "{b}".to_string());
        for (template, expected) in [("x/{a}/{b}", "x/{b}/{b}"), ("{a", "{a"), ("}{a}", "}{b}"), ("", "")] {
            assert_eq!(fill(template, value), expected);
        }
    }

    #[test]
    fn an_operation_overrides_its_path_and_its_path_the_rest() {
        let spec = Spec {
            root: json!({
                "openapi": "3.0.0", "security": [{ "key": [] }], "servers": [{ "url": "https://{r}.a/", "variables": { "r": { "default": "eu" } } }],
                "paths": { "/x": {
                    "parameters": [{ "in": "query", "name": "q", "description": "path" }, { "in": "header", "name": "q" }],
                    "get": { "parameters": [{ "in": "query", "name": "q", "description": "own" }], "security": [] },
                    "head": {},
                } },
            }),
            problem: None,
        };
        let get = Operation::find(&spec, "/x", None).unwrap();
        assert_eq!(get.value["parameters"].as_array().unwrap().len(), 2);
        assert_eq!(get.value["parameters"][1]["description"], "own");
        assert_eq!(get.servers[0].0, "https://eu.a");
        assert!(get.security.is_empty());
        let head = Operation::find(&spec, "/x", Some("head")).unwrap();
        assert_eq!(head.security, [vec![("key".to_string(), vec![])]]);
    }
}
