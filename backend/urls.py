"""Every URL."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from backend import client, health
from backend.api.language import speak_to
from backend.api.problems import problem_response
from notifications.api.calendar import calendar, no_calendar
from notifications.api.mail_hooks import hooks
from notifications.api.metrics import metrics

api = [
    path("", include("accounts.api.urls")),
    path("", include("progress.api.urls")),
    path("", include("notifications.api.urls")),
]


@csrf_exempt  # it changes nothing, and says the same to everybody
def unknown(request: HttpRequest, **_parts: str) -> HttpResponse:
    """Answer a path under a machine's prefix that nothing serves."""
    speak_to(request.user, request)
    return problem_response(
        HTTPStatus.NOT_FOUND,
        "not-found",
        detail=_("No resource is at %(path)s. /api/docs lists them all.") % {"path": request.path},
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a request that changes something and lacks the CSRF token."""
    speak_to(request.user, request)
    if request.path.startswith("/o/"):  # a person, whose page is older than their session
        return render(
            request, "accounts/consent.html", {"stale": True}, status=HTTPStatus.FORBIDDEN
        )
    return problem_response(
        HTTPStatus.FORBIDDEN,
        "csrf-failed",
        title=_("The request lacks its CSRF token"),
        detail=_("Send the value of the cookie csrftoken in the header X-CSRFToken."),
    )


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Answer an exception that nothing expected."""
    return problem_response(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "server-error",
        detail=_("It is in our logs under this request id. Nothing was stored."),
    )


urlpatterns = [
    path("api/v1/", include((api, "api"), namespace="v1")),
    path("api/v1/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("_allauth/", include("allauth.headless.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.oauth.urls")),
    path("", include("notifications.pages.urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/work", health.work, name="work"),
    path("metrics", metrics, name="metrics"),
    re_path(r"^calendar/(?P<secret>[A-Za-z0-9_-]{43})\.ics$", calendar, name="calendar"),
    re_path(r"^calendar/", no_calendar),
    *hooks(),
    re_path(r"^(?:anymail|api|_allauth|\.well-known|health|o|static|assets)/", unknown),
    path("", client.index, name="client"),
    path("<path:path>", client.index),
]
handler500 = server_error
