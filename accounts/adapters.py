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

from accounts.models import User, one_line


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped library
    """Sign-up is open; pages are the client's; mail is written once, as text."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Return a mail from `<prefix>_subject.txt` and `<prefix>_message.txt`.

        It is text alone: whoever sends it gives it the layout of all mail, made from the text, so
        that the two can't come to differ.
        """
        context = {**context, "public_url": settings.PUBLIC_URL}
        if "timestamp" in context:  # naive, or the template would show it in the server's zone
            context["when"] = context["timestamp"].astimezone(context["user"].zone)
            context["when"] = context["when"].replace(tzinfo=None)
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context).strip()
        to = [email] if isinstance(email, str) else email
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
            raise ValidationError(f"An address has at most {longest} characters.", "max_length")
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


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # untyped library
    """Signing in with Google or GitHub."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Return the new person with the name that the provider tells, made one line."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        told = data.get("name") or " ".join(part for part in parts if part)
        user.name = one_line(told or "")
        return user
