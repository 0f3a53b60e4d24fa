"""`/anymail/<service>/tracking/`: where mail services report bounces and complaints.

A service is served only if the operator set its secret (MAIL_HOOKS in the settings). Our mail
leaves by SMTP all the same; the service is whoever runs the server that EMAIL_URL names.
"""

import importlib
from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from backend.api.problems import problem_response
from notifications.commands.note_report import note_report
from notifications.mail.reports import report_of

log = structlog.get_logger(__name__)

_VIEWS = {
    "amazon_ses": "AmazonSESTrackingWebhookView",
    "brevo": "BrevoTrackingWebhookView",
    "mailgun": "MailgunTrackingWebhookView",
    "mailjet": "MailjetTrackingWebhookView",
    "postmark": "PostmarkTrackingWebhookView",
}
UNREADABLE = (
    *(ValueError, TypeError, AttributeError, LookupError, ArithmeticError, OSError, RecursionError),
    *(AnymailError, ImproperlyConfigured),
)
"""What django-anymail raises over a body that is not what the service sends."""


class Hook:
    """Mixed into django-anymail's views: what can't be read is a 4xx of ours, and nothing else.

    A service tries again after a 5xx; it must not do so for ever over what will never be right.
    """

    webhook_secret: ClassVar[Any] = None

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Check who reports, read it, and have every listener hear it."""
        view: Any = self
        try:
            view.run_validators(request)
        except AnymailWebhookValidationFailure:
            refusal = problem_response(
                HTTPStatus.UNAUTHORIZED,
                "bad-credential",
                detail=_("The report lacks the secret that was set for this service."),
            )
            refusal["WWW-Authenticate"] = 'Basic realm="Waymark"'  # without it SNS sends no secret
            return refusal
        except UNREADABLE:
            return _malformed()
        try:
            events = view.parse_events(request)
        except UNREADABLE:
            return _malformed()
        for event in events:
            view.signal.send(sender=type(self), event=event, esp_name=view.esp_name)
        return HttpResponse()

    def auto_confirm_sns_subscription(self, sns_message: Any) -> None:
        """Say in the log how Amazon SNS is told yes: Waymark itself asks nobody outside."""
        log.warning("sns_subscription_to_confirm", open_this=str(sns_message.get("SubscribeURL")))


def _malformed() -> HttpResponse:
    return problem_response(
        HTTPStatus.BAD_REQUEST, "malformed", detail=_("This is no report of that service.")
    )


def hear(*, event: AnymailTrackingEvent, esp_name: str, **_more: Any) -> None:
    """Listen to django-anymail's `tracking`: note what speaks against an address."""
    try:
        report = report_of(event, service=esp_name)
    except UNREADABLE:
        log.warning("mail_report_unreadable", service=esp_name)
        return
    if report is not None and note_report(report=report, now=timezone.now()):
        log.info("address_suppressed", reason=report.reason.value, service=esp_name)


def hooks() -> list[URLPattern]:
    """Return the routes of the services that have a secret."""
    return [
        path(f"anymail/{service}/tracking/", _view(service, secret), name=f"{service}-hook")
        for service, secret in settings.MAIL_HOOKS.items()
    ]


def _view(service: str, secret: str) -> Any:
    module = importlib.import_module(f"anymail.webhooks.{service}")
    view: Any = type("ServedHook", (Hook, getattr(module, _VIEWS[service])), {})
    if service == "mailgun":  # it signs what it sends instead
        return view.as_view(webhook_signing_key=secret)
    return view.as_view(webhook_secret=secret)
