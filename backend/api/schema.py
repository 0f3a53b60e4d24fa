"""OpenAPI 3.1 from the views: the contract."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
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


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped library
    """Describes the bearer tokens of OAuth 2 (code + PKCE)."""

    target_class = "backend.api.authentication.BearerAuthentication"
    name = "oauth2"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the security scheme object."""
        return {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "/o/authorize/",
                    "tokenUrl": "/o/token/",
                    "scopes": {name: str(meaning) for name, meaning in SCOPES.items()},
                }
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
