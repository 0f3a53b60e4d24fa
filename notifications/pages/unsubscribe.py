"""`/unsubscribe/<token>`: stop this kind of mail, or all, and take that back."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import DomainError, Refused
from notifications.commands.unsubscribe import (
    Extent,
    Subscribed,
    subscribe_again,
    subscribed_by,
    unsubscribe,
)
from notifications.mail.links import Unsubscribing, read_unsubscribe
from notifications.pages.page import Page, posted, speaking_to
from notifications.policy import CHOICES, Choice

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mailbox provider posts (RFC 8058 §3.2)."""


class NothingAsked(Refused):
    """The form says which mail; something else was posted."""

    code = "nothing-asked"
    title = gettext_lazy("Nothing was changed")


@dataclass(frozen=True, slots=True)
class _Link:
    link: Unsubscribing
    stands: Subscribed
    now: dt.datetime


class UnsubscribeView(Page):
    """The page behind the last line of every mail, and behind a mail program's own button."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG002 (Django's)
        """Ask which mail is to stop; change nothing."""
        try:
            found = _find(token)
        except DomainError as refusal:
            return self.refuse(refusal)
        with speaking_to(found.stands.person):
            return self.show("unsubscribe", {"stands": found.stands})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Stop what is asked, or take it back, and say so."""
        try:
            found = _find(token)
        except DomainError as refusal:
            return self.refuse(refusal)
        with speaking_to(found.stands.person):
            try:
                return self._change(request, found)
            except DomainError as refusal:
                return self.refuse(refusal)

    def _change(self, request: HttpRequest, found: _Link) -> HttpResponse:
        name, value = ONE_CLICK
        verb, _sep, of = posted(request, "do").partition("-")
        if posted(request, name) == value:
            verb, of = "stop", Extent.KIND
        if verb not in {"stop", "undo"} or of not in list(Extent):
            raise NothingAsked(_("Use one of the buttons on the page."))
        extent = Extent(of)
        context = {"extent": extent, "undone": verb == "undo", "before": ""}
        if verb == "stop":
            context["before"] = unsubscribe(link=found.link, extent=extent, now=found.now)
        else:
            said = posted(request, "before")
            before = Choice(said) if said in CHOICES else None
            subscribe_again(link=found.link, extent=extent, before=before, now=found.now)
        return self.show("unsubscribed", {**context, "stands": subscribed_by(link=found.link)})


def _find(token: str) -> _Link:
    now = timezone.now()
    link = read_unsubscribe(token, now=now)
    return _Link(link, subscribed_by(link=link), now)
