"""`Idempotency-Key`: a POST that is sent again is answered again, and done once.

The stored answer is written in the transaction of the request's own rows: both exist, or neither.
Header and semantics follow draft-ietf-httpapi-idempotency-key-header-07.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.models import IdempotencyRecord

MAX_KEY_LENGTH = 255


class IdempotencyKeyTooLong(APIException):
    """The key is longer than is kept."""

    status_code = HTTPStatus.BAD_REQUEST
    problem_code = "idempotency-key-too-long"
    problem_title = _("The Idempotency-Key is too long")

    def __init__(self) -> None:
        said = gettext("An Idempotency-Key has at most %(most)s characters.")
        super().__init__(said % {"most": MAX_KEY_LENGTH})


class IdempotencyKeyReused(APIException):
    """The key came before, with another request."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    problem_code = "idempotency-key-reused"
    problem_title = _("This Idempotency-Key belongs to another request")
    default_detail = _(
        "The key was used for a different request. Make a new key for a new request."
    )


class IdempotencyKeyInFlight(APIException):
    """The first request with this key is still being worked on."""

    status_code = HTTPStatus.CONFLICT
    problem_code = "idempotency-key-in-flight"
    problem_title = _("The first request with this Idempotency-Key is still running")
    default_detail = _("Try again in a second; the answer will be that of the first request.")
    retry_after = 1


def answer_once(view: Any, handler: Callable[..., Response]) -> Callable[..., Response]:
    """Return `handler` (a view's POST) so that the same key and body is done once per person.

    Raises the exceptions above. Answers other than 2xx are not kept: nothing was stored, so the
    same key may be tried again.
    """

    def handle(request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key or not request.user.is_authenticated:
            return handler(request, *args, **kwargs)
        if len(key) > MAX_KEY_LENGTH:
            raise IdempotencyKeyTooLong
        fingerprint = _fingerprint(request)
        with transaction.atomic():
            if not _lock(f"{request.user.pk}:{key}"):
                raise IdempotencyKeyInFlight
            record = IdempotencyRecord.objects.filter(person_id=request.user.pk, key=key).first()
            if record is not None:
                return _replay(record, fingerprint)
            response = handler(request, *args, **kwargs)
            if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
                IdempotencyRecord.objects.create(
                    person_id=request.user.pk,
                    key=key,
                    fingerprint=fingerprint,
                    status=response.status_code,
                    body=_rendered(response, getattr(view, "secrets", ())),
                    created_at=view.now,
                )
            return response

    return handle


def _fingerprint(request: Request) -> str:
    digest = hashlib.sha256()
    digest.update(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(request._request.body)
    return digest.hexdigest()


def _lock(name: str) -> bool:
    """Take a lock that ends with the transaction; return whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])


def _replay(record: IdempotencyRecord, fingerprint: str) -> Response:
    if record.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    response = Response(record.body, status=record.status)
    response["Idempotency-Replayed"] = "true"
    return response


def _rendered(response: Response, secrets: Collection[str]) -> Any:
    """Return the body as the JSON that goes out, so that a replay is equal to the letter.

    But for `secrets`, the members that are shown once and never stored: a replay has null for them.
    """
    if response.data is None:
        return None
    body = json.loads(JSONRenderer().render(response.data))
    return {**body, **{name: None for name in secrets if name in body}} if secrets else body
