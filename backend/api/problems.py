"""Every error as `application/problem+json` (RFC 9457)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from psycopg_pool import PoolTimeout
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from backend import errors

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = 2

_DOMAIN_STATUS: dict[type[errors.DomainError], int] = {
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Gone: HTTPStatus.GONE,
    errors.Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.OutOfRoom: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.Away: HTTPStatus.SERVICE_UNAVAILABLE,
}

_TITLES = {
    "not-signed-in": _("You are not signed in"),
    "bad-credential": _("The token is not valid"),
    "forbidden": _("You may not do this"),
    "not-found": _("There is nothing here"),
    "method-not-allowed": _("This resource does not know that method"),
    "not-acceptable": _("Only application/json is spoken here"),
    "unsupported-media-type": _("Only application/json is understood here"),
    "malformed": _("The request could not be read"),
    "unknown-field": _("The input has a field that is not known here"),
    "invalid": _("Some of the input is not right"),
    "too-large": _("The request is larger than 1 MiB"),
    "throttled": _("Too many requests"),
    "unavailable": _("Waymark can't reach one of its servers; nothing was changed, try again soon"),
    "server-error": _("Something broke on our side"),
}

_CODES: dict[type[exceptions.APIException], str] = {
    exceptions.NotAuthenticated: "not-signed-in",
    exceptions.AuthenticationFailed: "bad-credential",
    exceptions.NotFound: "not-found",
    exceptions.MethodNotAllowed: "method-not-allowed",
    exceptions.NotAcceptable: "not-acceptable",
    exceptions.UnsupportedMediaType: "unsupported-media-type",
    exceptions.ParseError: "malformed",
    exceptions.Throttled: "throttled",
    exceptions.PermissionDenied: "forbidden",
}
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
_PLAIN: list[tuple[type[Exception] | tuple[type[Exception], ...], tuple[int, str]]] = [
    (Http404, (HTTPStatus.NOT_FOUND, "not-found")),
    (PermissionDenied, (HTTPStatus.FORBIDDEN, "forbidden")),
    (RequestDataTooBig, (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large")),
    (DATABASE_AWAY, (HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")),
]


def problem(
    status: int,
    code: str,
    *,
    title: object = "",
    detail: str = "",
    **members: Any,
) -> dict[str, Any]:
    """Return a problem document (RFC 9457 §3.1); `members` are its extension members.

    Title and detail are in the active language; `code` and `type` are the same in each.
    """
    said = str(title or _TITLES.get(code, HTTPStatus(status).phrase))
    return {
        "type": f"/problems/{code}",
        "title": said,
        "status": int(status),
        "detail": detail or f"{said}.",
        "code": code,
        "request_id": request_id(),
        **members,
    }


def request_id() -> str:
    """Return the id under which this request stands in the logs."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def problem_response(
    status: int, code: str, *, title: object = "", detail: str = "", **members: Any
) -> JsonResponse:
    """Return a problem as a plain Django response, for errors outside the API's views."""
    body = problem(status, code, title=title, detail=detail, **members)
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def handle_exception(exc: Exception, _context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: turn what a view raised into a problem, or None for a real fault."""
    body = problem_of(exc)
    if body is None:
        return None
    set_rollback()
    response = Response(body, status=body["status"], content_type=CONTENT_TYPE)
    challenge = getattr(exc, "auth_header", None)
    if challenge:
        response["WWW-Authenticate"] = challenge
    wait = getattr(exc, "wait", None) or getattr(exc, "retry_after", None)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    if body["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def problem_of(exc: Exception) -> dict[str, Any] | None:
    """Return the problem document for what was raised, or None for a real fault."""
    match exc:
        case errors.DomainError():
            return _domain_problem(exc)
        case exceptions.ValidationError():
            return _validation_problem(exc)
        case exceptions.APIException():
            return _api_problem(exc)
    return next((problem(*answer) for kinds, answer in _PLAIN if isinstance(exc, kinds)), None)


def _domain_problem(exc: errors.DomainError) -> dict[str, Any]:
    status = next(s for kind, s in _DOMAIN_STATUS.items() if isinstance(exc, kind))
    members: dict[str, Any] = {**exc.members}
    if exc.errors:
        members["errors"] = [vars_of(error) for error in exc.errors]
    return problem(status, exc.code, title=exc.title, detail=exc.detail, **members)


def _validation_problem(exc: exceptions.ValidationError) -> dict[str, Any]:
    found = [vars_of(error) for error in _flatten(exc.get_full_details())]
    unknown = any(error["code"] == "unknown-field" for error in found)
    return problem(
        HTTPStatus.BAD_REQUEST,
        "unknown-field" if unknown else "invalid",
        detail="; ".join(f"{error['field']}: {error['detail']}" for error in found),
        errors=found,
    )


def vars_of(error: errors.FieldError) -> dict[str, Any]:
    """Return a field error as it stands in a problem's `errors`."""
    found: dict[str, Any] = {"field": error.field, "code": error.code, "detail": error.detail}
    return found if error.line is None else {**found, "line": error.line}


def _api_problem(exc: exceptions.APIException) -> dict[str, Any]:
    code = next((c for kind, c in _CODES.items() if isinstance(exc, kind)), "")
    own = getattr(exc, "problem_code", "")
    return problem(
        exc.status_code,
        own or code or str(exc.default_code).replace("_", "-"),
        title=getattr(exc, "problem_title", ""),
        detail=str(exc.detail),
        **getattr(exc, "problem_members", {}),
    )


def _flatten(details: Any, path: str = "") -> Iterator[errors.FieldError]:
    """Yield DRF's nested error details as flat field errors with dotted paths."""
    if isinstance(details, list):
        for index, item in enumerate(details):
            is_leaf = isinstance(item, dict) and {"message", "code"} <= item.keys()
            yield from _flatten(item, path if is_leaf else f"{path}.{index}".strip("."))
        return
    if isinstance(details, dict) and {"message", "code"} == details.keys():
        code = str(details["code"])
        yield errors.FieldError(path or "non_field_errors", code, str(details["message"]))
        return
    if isinstance(details, dict):
        for name, item in details.items():
            yield from _flatten(item, f"{path}.{name}".strip("."))
