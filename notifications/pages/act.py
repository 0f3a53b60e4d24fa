"""`/act/<token>`: do one thing from a mail, once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from backend.errors import DomainError
from notifications.commands.act_from_mail import (
    FromMail,
    act_from_mail,
    find_from_mail,
    plan_from_mail,
)
from notifications.mail.links import read_act
from notifications.pages.page import Page, posted, speaking_to


class ActView(Page):
    """The page behind the small links of a mail."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG002 (Django's)
        """Say what would happen, with a button; change nothing."""
        now = timezone.now()

        def ask(found: FromMail) -> HttpResponse:
            return self.show("act", {"plan": plan_from_mail(found=found, now=now)})

        return self._about(token, ask)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Do it, as the person whose mail it was, and say what happened."""
        now = timezone.now()

        def do(found: FromMail) -> HttpResponse:
            done = act_from_mail(found=found, words=posted(request, "words"), now=now)
            return self.show("done", {"done": done})

        return self._about(token, do)

    def _about(self, token: str, answer: Callable[[FromMail], HttpResponse]) -> HttpResponse:
        try:
            found = find_from_mail(link=read_act(token, now=timezone.now()))
        except DomainError as refusal:
            return self.refuse(refusal)
        with speaking_to(found.person):
            try:
                return answer(found)
            except DomainError as refusal:
                return self.refuse(refusal)
