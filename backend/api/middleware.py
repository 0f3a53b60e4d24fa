"""Errors that happen outside a view of the API are problems too."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from backend.api.problems import DATABASE_AWAY, problem_response

log = structlog.get_logger(__name__)

MACHINE_PREFIXES = ("/api/", "/_allauth/", "/health/")
UNREADABLE = (UnicodeEncodeError, RecursionError)
"""What django-allauth's reading of JSON, which is not ours, trips over later."""


class ProblemDetailsMiddleware:
    """Answer what no view caught: a 404 under the API, a database or cache that is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        """Turn an exception that left a view into a problem; None leaves it to Django."""
        if isinstance(exc, (*DATABASE_AWAY, RedisError)):
            log.warning("server_away", error=type(exc).__name__)
            return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")
        if isinstance(exc, Http404) and request.path.startswith(MACHINE_PREFIXES):
            return problem_response(HTTPStatus.NOT_FOUND, "not-found")
        if isinstance(exc, UNREADABLE) and request.path.startswith("/_allauth/"):
            detail = _("The body has half of a surrogate pair, or is nested too deeply.")
            return problem_response(HTTPStatus.BAD_REQUEST, "malformed", detail=detail)
        return None
