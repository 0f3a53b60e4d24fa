"""OpenAPI 3.1 from the views: the contract."""

from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema

from backend.api.scopes import SCOPES, SESSION_ONLY

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Branch on `code`; show `detail`.",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "scope": {"type": "string", "description": "With `insufficient-scope`: the missing one."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "line": {"type": "integer", "description": "In a document's text, from 1."},
                },
            },
        },
    },
}


class ApiSchema(AutoSchema):
    """Tells each operation's scope, from the view's own `scopes`."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Return the security requirements of this operation."""
        scope = getattr(self.view, "scopes", {}).get(self.method, "")
        found: list[dict[str, Any]] = [{"cookieAuth": []}]
        if scope and scope != SESSION_ONLY:
            found.append({"oauth2": [scope]})
        if getattr(self.view, "public", False) and self.method == "GET":
            found.append({})
        return found


def add_security_schemes(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say how one signs in (a postprocessing hook of drf-spectacular).

    The operations name these two, each with its scope: see `ApiSchema.get_auth`.
    """
    flow = {
        "authorizationUrl": "/o/authorize/",
        "tokenUrl": "/o/token/",
        "refreshUrl": "/o/token/",
        "scopes": {name: str(meaning) for name, meaning in SCOPES.items()},
    }
    result.setdefault("components", {})["securitySchemes"] = {
        "cookieAuth": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of the web client; writing wants its CSRF token as well.",
        },
        "oauth2": {
            "type": "oauth2",
            "description": "For apps: a code with PKCE (docs/apps.md).",
            "flows": {"authorizationCode": flow},
        },
    }
    return result


ETAG = {
    "schema": {"type": "string"},
    "description": "Strong, made of the bytes of the answer: in another language it is another.",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "ETags that a GET of this address gave, or `*`: change it only if it still has "
    "one of them; otherwise 412, and nothing is changed.",
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string"},
    "description": "ETags of answers that one has: 304 without a body if it is one of these.",
}


def add_conditions(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say which operations can be made conditional (a postprocessing hook of drf-spectacular)."""
    components = result.setdefault("components", {})
    components.setdefault("headers", {})["ETag"] = ETAG
    components.setdefault("parameters", {}).update(IfMatch=IF_MATCH, IfNoneMatch=IF_NONE_MATCH)
    components.setdefault("responses", {})["NotModified"] = {
        "description": "It is what `If-None-Match` names.",
        "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
    }
    for path in result["paths"].values():
        if "get" not in path:
            continue
        for method, operation in path.items():
            name = {"get": "IfNoneMatch"}.get(method, "IfMatch")
            if method != "post":
                found = {"$ref": f"#/components/parameters/{name}"}
                operation.setdefault("parameters", []).append(found)
        answers = path["get"]["responses"]
        answers["304"] = {"$ref": "#/components/responses/NotModified"}
        answers["200"].setdefault("headers", {})["ETag"] = {"$ref": "#/components/headers/ETag"}
    return result


def add_problem_responses(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Give every operation its error response (a postprocessing hook of drf-spectacular)."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components.setdefault("responses", {})["Problem"] = {
        "description": "An error, as a problem document.",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
    return result
