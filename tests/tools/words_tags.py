"""The GitBook tags of the format: their names, the attributes a reader sees, and the bodies that are replaced."""

import re
from html import unescape

TAG_NAME = re.compile(r"\{%-?\s*(end)?\s*(@?[A-Za-z][\w/-]*)\s*(.*?)-?%\}$", re.S)
TAG_VALUE = re.compile(r"""([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|[“”]([^“”]*)[“”]|([^\s"'%]+))""", re.S)
# The tags of the format, with those of their attributes that a reader sees.
SHOWN = {
    "tab": ("title",), "code": ("title",), "embed": ("caption",), "file": ("caption",), "prompt": ("description",),
    "openapi-operation": ("path", "method"), "openapi-webhook": ("name", "method"), "openapi-schemas": ("schemas",),
    "openapi": ("path", "method"), "swagger": ("method", "path", "baseUrl", "summary"),
    "swagger-parameter": ("name", "type"), "swagger-response": ("status", "description"),
    "api-method": ("method", "host", "path"), "api-method-parameter": ("name", "type"),
    "api-method-response-example": ("httpCode",),
}
KNOWN = frozenset(SHOWN) | frozenset(
    "hint tabs content-ref page-ref columns column stepper step updates update if include schema swagger-description "
    "api-method-summary api-method-description api-method-spec api-method-request api-method-path-parameters "
    "api-method-query-parameters api-method-headers api-method-body-parameters api-method-response "
    "api-method-response-example-description".split()
)
REPLACED = {
    "content-ref": "content-ref text", "openapi-operation": "openapi link", "openapi-schemas": "openapi link",
    "openapi-webhook": "openapi link", "openapi": "openapi link",
}


def tag_values(text):
    """The attributes of a tag as shown: Markdown escapes and entities undone."""
    return {m[1]: _unescape(next(v for v in m.groups()[1:] if v is not None)) for m in TAG_VALUE.finditer(text)}


def _unescape(value):
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", value))
