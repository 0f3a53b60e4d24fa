"""Which language an answer is in.

What the request asks for by `Accept-Language`, if it is spoken here; else the language that the
signed-in person chose; else English. The header comes first because whoever sends it means it: the
client sends the person's own choice, and an app that sends none leaves it to them.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

SAYS_SOMETHING = ("application/json", "application/problem+json", "text/html", "text/csv")
WITH_A_SESSION = ("/_allauth/", "/o/")
"""Where the person is known by their session alone, and no view of ours asks who it is."""
ALWAYS_ENGLISH = ("/health/", "/metrics", "/api/v1/schema", "/api/docs")
"""What operators read, and the contract, which is one for all."""


class LanguageMiddleware:
    """Speaks the language of each request for as long as the request takes, and says which it was.

    Bearers are known only once a view has authenticated them: then `speak_to` goes on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and name the language of what was said."""
        asked = None if request.path.startswith(ALWAYS_ENGLISH) else asked_for(request)
        with translation.override(asked or settings.LANGUAGE_CODE):
            if request.path.startswith(WITH_A_SESSION):
                speak_to(request.user, request)
            response = self.get_response(request)
            says_something = response.get("Content-Type", "").startswith(SAYS_SOMETHING)
            if says_something and "Content-Language" not in response:
                _name_language(response)
        return response


def _name_language(response: HttpResponseBase) -> None:
    """Name the language of `response`, and keep it for what is still to be made of it."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    response["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    if isinstance(response, StreamingHttpResponse) and not response.is_async:
        parts = cast("Iterator[bytes]", response.streaming_content)
        response.streaming_content = _spoken(parts, language)


def _spoken(parts: Iterator[bytes], language: str) -> Iterator[bytes]:
    """Yield `parts`, which are made one by one after the request was left, in its language."""
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def asked_for(request: HttpRequest) -> str | None:
    """Return the language that the request's `Accept-Language` likes best of those spoken here.

    None where it has no such header, none of its languages is spoken, or any would do (`*`).
    """
    for tag, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag == "*":
            return None
        if quality > 0:
            try:
                return translation.get_supported_language_variant(tag)
            except LookupError:
                continue
    return None


def speak_to(person: Any, request: HttpRequest) -> None:
    """Go on in the language of `person`, unless the request asks for one or nobody is signed in."""
    if person.is_authenticated and asked_for(request) is None:
        translation.activate(person.locale)
