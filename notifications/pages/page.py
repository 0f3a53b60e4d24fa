"""What the pages have in common."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from backend.api.problems import problem_of
from backend.errors import DomainError


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Page(View):
    """A page whose address proves who may use it.

    GET changes nothing: mail scanners and previews follow every link. POST needs no cookie and no
    CSRF token, since nobody but the reader of the mail can know the address, and a mailbox provider
    posts without either (RFC 8058). Nothing here is limited in rate: a provider may call in bursts.
    """

    http_method_names = ["get", "head", "post", "options"]

    def show(self, name: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Return the page `name` in the active language."""
        response = render(
            self.request, f"notifications/pages/{name}.html", dict(context), status=status
        )
        response["Content-Language"] = translation.get_language() or ""
        response["Referrer-Policy"] = "no-referrer"  # the address is a secret
        response["X-Robots-Tag"] = "noindex"
        return response

    def refuse(self, refusal: DomainError) -> HttpResponse:
        """Return a page that says why not, with the status that the API would answer."""
        said = problem_of(refusal) or {}
        return self.show("refused", said, status=said["status"])


@contextlib.contextmanager
def speaking_to(person: User | None) -> Iterator[None]:
    """Speak a person's language, in their time; a stranger's is that of the request."""
    if person is None:
        yield
        return
    with translation.override(person.locale), timezone.override(person.zone):
        yield


def posted(request: HttpRequest, name: str) -> str:
    """Return a field of the form, or nothing."""
    return str(request.POST.get(name, ""))
