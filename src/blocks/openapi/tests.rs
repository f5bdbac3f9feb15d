//! Whole blocks: a small book in, what its first page says out.

use super::complaint;
use crate::highlight::Highlighter;
use crate::page::Kind;
use crate::site::{self, PageId, Site};
use crate::source::{Source, Sources};
use crate::{blocks, config, parse, render};
use std::collections::BTreeMap;
use std::sync::Arc;

const PETS: &str = "openapi: 3.1.0
paths:
  /pets/{id}:
    get:
      summary: One pet
      description: 'Has **marks** and {% hint %}.'
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {200: {description: Found, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
webhooks: {born: {post: {}}}
components:
  schemas:
    Pet: {type: object, properties: {parents: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
";

fn book(page: &str) -> Site {
    let files = [
        ("README.md", page),
        ("SUMMARY.md", "# Table of contents\n\n* [Home](README.md)\n"),
        ("book.toml", "[openapi]\npets = \"pets.yaml\"\ngone = \"gone.yaml\"\n"),
        ("pets.yaml", PETS),
        ("text.yaml", "no: specification\n"),
    ];
    let texts = files.map(|(path, text)| Source { path: path.to_string(), text: Arc::from(text), invalid: None });
    let sources = Arc::new(Sources::new(texts, BTreeMap::new()));
    let config = config::resolve(&sources);
    let page = |source: &Source, id| {
        source.path.ends_with(".md").then(|| Arc::new(parse::parse(id, &source.text, blocks::grammar)))
    };
    let texts = sources.files().map(|(id, source)| page(source, id)).collect();
    site::analyze(sources, texts, config)
}

fn html(page: &str) -> String {
    render::body(&book(page), &Highlighter::new(false), PageId(0))
}

#[test]
fn an_operation_is_found_by_name_by_link_and_by_address() {
    for page in [
        r#"{% openapi-operation spec="pets" path="/pets/{id}" method="get" %}{% endopenapi-operation %}"#,
        r#"{% openapi-operation spec="x" path="/pets/{id}" method="get" %}
[OpenAPI x](pets.yaml)
{% endopenapi-operation %}"#,
        r#"{% openapi src="pets.yaml" path="/pets/{id}" method="GET" %}{% endopenapi %}"#,
        r#"{% swagger src="pets.yaml" path="/pets/{id}" method="get" %}{% endswagger %}"#,
    ] {
        let html = html(page);
        for part in [
            r#"<section class="api" id="get-pets-id">"#,
            r#"<span class="method" data-method="get">GET</span> <code class="api-path">/pets/{id}</code>"#,
            "<p>Has <strong>marks</strong> and {% hint %}.</p>",
            r#"<dt><code>id</code> <span class="api-type">integer</span> <span class="api-required">required</span></dt>"#,
            "The fields of Pet are described above.",
            "curl &#39;",
        ] {
            assert!(html.replace('\'', "&#39;").contains(part), "{part} is not in {html}");
        }
    }
}

#[test]
fn parts_by_hand_stand_in_order() {
    let html = html(
        r#"{% swagger method="put" path="/a" baseUrl="https://a.example" summary="Change" %}
{% swagger-response status="200: OK" %}
Good
{% endswagger-response %}
{% swagger-parameter in="path" name="id*" type="int" %}
The id
{% endswagger-parameter %}
{% swagger-description %}
First
{% endswagger-description %}
{% endswagger %}"#,
    );
    let order = [
        "id=\"change\"",
        "https://a.example/a",
        "First",
        "Path parameters",
        "<code>id</code>",
        "The id",
        "200",
        "Good",
    ];
    let places: Vec<_> = order.iter().map(|part| html.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {html}");
}

#[test]
fn complaints() {
    for (tag, expected) in [
        (r#"openapi-operation spec="pets" path="/pets/{id}" method="get""#, None),
        (
            r#"openapi-operation spec="pets" path="/pets" method="get""#,
            Some("the specification has no operation `get /pets`"),
        ),
        (r#"openapi-operation spec="elsewhere" path="/pets" method="get""#, None),
        (r#"openapi-operation spec="gone" path="/pets""#, Some("there is no specification `gone.yaml` in the book")),
        (r#"openapi-webhook spec="pets" name="born" method="post""#, None),
        (r#"openapi-webhook spec="pets" name="died" method="post""#, Some("the specification has no webhook `died`")),
        (r#"openapi-schemas spec="pets" schemas="Pet, Dog""#, Some("the specification has no schema `Dog`")),
        (
            r#"openapi src="text.yaml" path="/""#,
            Some("`text.yaml` cannot be read as a specification: it has neither `openapi` nor `swagger` at its top"),
        ),
        (r#"swagger path="/" method="get""#, None),
    ] {
        let name = tag.split(' ').next().unwrap_or_default();
        let site = book(&format!("{{% {tag} %}}\n{{% end{name} %}}\n"));
        let page = site.text(site.page(PageId(0)).file).unwrap();
        let node = page.children(0).find(|id| matches!(page.node(*id).kind, Kind::Tag(_))).unwrap();
        assert_eq!(complaint(&site, page, node, &page.tags[0]).as_deref(), expected, "{tag}");
    }
}
