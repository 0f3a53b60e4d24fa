"""Conditional requests (RFC 9110, section 13): what has not changed is not sent again, and what has
changed meanwhile is not overwritten.

Every answer to a GET has a strong ETag, made of its bytes. So it changes with the language of the
answer, too, and whoever sends `If-Match` asks in the language in which they read.
"""

import copy
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from psycopg.errors import SerializationFailure, UniqueViolation
from rest_framework.exceptions import APIException
from rest_framework.request import Request, clone_request
from rest_framework.response import Response

from backend.api.problems import problem_response

CONDITIONAL = frozenset({"PUT", "PATCH", "DELETE"})
PREFIX = "/api/"
BY_ANOTHER = (SerializationFailure, UniqueViolation)
"""How PostgreSQL refuses to write what somebody else has changed, or made, since the snapshot."""


class PreconditionFailed(APIException):
    """What `If-Match` names is not what is there now."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    problem_code = "precondition-failed"
    problem_title = _("This has changed since you read it")
    default_detail = _("Read it again, and decide with what it says now. Nothing was changed.")


class ConditionalMiddleware:
    """Gives answers of the API their ETag, and sends no body to who has it already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a GET with 304 if `If-None-Match` names what there is."""
        response = self.get_response(request)
        if request.method not in {"GET", "HEAD"} or not request.path.startswith(PREFIX):
            return response
        if "Cache-Control" not in response:  # people's own, and to be asked for each time
            response["Cache-Control"] = "private, no-cache"
        if response.status_code != HTTPStatus.OK or response.streaming:
            return response
        if "ETag" not in response:
            set_response_etag(response)
        answer = get_conditional_response(request, etag=response["ETag"], response=response)
        if answer is not None and answer.status_code == HTTPStatus.PRECONDITION_FAILED:
            return problem_response(
                HTTPStatus.PRECONDITION_FAILED,
                PreconditionFailed.problem_code,
                title=PreconditionFailed.problem_title,
                detail=str(PreconditionFailed.default_detail),
            )
        return answer or response


def only_if_unchanged(view: Any, handler: Callable[..., Response]) -> Callable[..., Response]:
    """Return `handler` (a view's PUT, PATCH or DELETE) so that it obeys `If-Match`.

    Reading and changing see one snapshot of the database: what somebody else changes in between
    fails the condition as well. Raises PreconditionFailed; a resource that can't be read has no
    ETag that could be named.
    """

    def handle(request: Request, *args: Any, **kwargs: Any) -> Response:
        wanted = request.headers.get("If-Match", "")
        if not wanted:
            return handler(request, *args, **kwargs)
        try:
            with transaction.atomic():
                _take_snapshot()
                view.person.refresh_from_db()  # they were read before it, to know who asks
                etag = _current_etag(view, request, *args, **kwargs)
                named = parse_etags(wanted)
                if etag is None or not (named == ["*"] or etag in named):
                    raise PreconditionFailed
                return handler(request, *args, **kwargs)
        except DatabaseError as exc:
            if isinstance(exc.__cause__, BY_ANOTHER):
                raise PreconditionFailed from exc
            raise

    return handle


def _take_snapshot() -> None:
    """Have the rest of the transaction see one state; a write to what has changed since fails.

    Inside another transaction it is that one's isolation that counts.
    """
    if connection.savepoint_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _current_etag(view: Any, request: Request, *args: Any, **kwargs: Any) -> str | None:
    """Return the ETag that a GET would have now, None if there is no GET here."""
    if not hasattr(view, "get"):
        return None
    reader = copy.copy(view)
    reader.request = clone_request(request, "GET")
    response = reader.get(reader.request, *args, **kwargs)
    reader.finalize_response(reader.request, response, *args, **kwargs).render()
    set_response_etag(response)
    return str(response["ETag"])
