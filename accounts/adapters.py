"""Where django-allauth asks how things are done here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.base.response import ConflictResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User, one_line


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped library
    """Sign-up is open; pages are the client's; mail is written once, as text."""

    def new_user(self, request: HttpRequest) -> User:
        """Return a new person, who speaks what the request asks for."""
        user: User = super().new_user(request)
        user.locale = translation.get_language() or user.locale
        return user

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Return a mail from `<prefix>_subject.txt` and `<prefix>_message.txt`.

        It is text alone: whoever sends it gives it the layout of all mail, made from the text, so
        that the two can't come to differ; `Content-Language` tells them in which language. That is
        the one of whose account it is, and where there is none the one of the request.
        """
        context = {**context, "public_url": settings.PUBLIC_URL}
        locale = _locale_of(context.get("user"), email)
        if "timestamp" in context:  # naive, or the template would show it in the server's zone
            context["when"] = context["timestamp"].astimezone(context["user"].zone)
            context["when"] = context["when"].replace(tzinfo=None)
        with translation.override(locale):
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
            text = render_to_string(f"{template_prefix}_message.txt", context).strip()
        to = [email] if isinstance(email, str) else email
        headers = {**(headers or {}), "Content-Language": locale}
        return EmailMessage(subject, text, self.get_from_email(), to, headers=headers)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell `user` of a change to their account."""
        context = {"user": user, **(context or {})}
        super().send_notification_mail(template_prefix, user, context, email)

    def clean_email(self, email: str) -> str:
        """Return `email`; raise ValidationError if it is too long, where allauth would cut it."""
        longest = User._meta.get_field("email").max_length or 0
        if len(email) > longest:
            said = _("An address has at most %(longest)s characters.") % {"longest": longest}
            raise ValidationError(said, "max_length")
        cleaned: str = super().clean_email(email)
        return cleaned

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Store and return a new person; answer 409 if the address was taken a moment ago."""
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
        except IntegrityError as exc:
            raise ImmediateHttpResponse(ConflictResponse(request)) from exc
        return saved


def _locale_of(person: User | None, email: str | list[str]) -> str:
    """Return the language of the account that a mail is about, or else of the request."""
    if person is None and isinstance(email, str):
        person = User.objects.filter(email=email.lower()).only("locale").first()
    return person.locale if person else translation.get_language() or settings.LANGUAGE_CODE


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # untyped library
    """Signing in with Google or GitHub."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Return the new person with the name that the provider tells, made one line."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        told = data.get("name") or " ".join(part for part in parts if part)
        user.name = one_line(told or "")
        return user
