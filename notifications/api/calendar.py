"""`/calendar-feeds`, and the feeds themselves under `/calendar/`."""

import hashlib
import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models.person import validate_one_line
from backend.api.serializers import Input, Output
from backend.api.views import ScopedView, no_content, valid
from notifications.commands.open_calendar_feed import open_calendar_feed
from notifications.commands.say_calendar import say_calendar
from notifications.models import CalendarFeed
from notifications.models.calendar import CalendarFeeds


class CalendarFeedOutput(Output):
    """An address under which one's days can be read."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own label is another
    created_at = serializers.DateTimeField()
    last_read_at = serializers.DateTimeField(
        allow_null=True, help_text="When a program read it last, to the hour."
    )


class NewCalendarFeedOutput(CalendarFeedOutput):
    """The same with its address, told this once."""

    url = serializers.SerializerMethodField(
        help_text="Whoever knows it can read the days: no sign-in is asked for."
    )

    def get_url(self, feed: CalendarFeed) -> str:
        """Return the address."""
        secret = self.context["secret"]
        return f"{settings.PUBLIC_URL}{reverse('calendar', args=[secret])}"


class CalendarFeedInput(Input):
    """What it is for."""

    label = serializers.CharField(  # type: ignore[assignment]  # as above
        max_length=80,
        required=False,
        allow_blank=True,
        default="",
        validators=[validate_one_line],
        help_text="For oneself, such as the name of a calendar program.",
    )


class CalendarFeedListView(ScopedView[CalendarFeed]):
    """The addresses one has given out."""

    scopes = {"GET": "notifications:read", "POST": "notifications:write"}
    secrets = ("url",)

    def rows(self) -> CalendarFeeds:
        """One's own that are open."""
        rows: CalendarFeeds = CalendarFeed.objects.owned_by(self.person).live()
        return rows

    @extend_schema(
        operation_id="calendar_feeds_list",
        responses=CalendarFeedOutput(many=True),
        filters=False,
    )
    def get(self, request: Request) -> Response:
        """List them, the newest first; their addresses are not kept."""
        rows = self.rows().order_by("-created_at", "id")
        return Response(CalendarFeedOutput(rows, many=True).data)

    @extend_schema(
        operation_id="calendar_feeds_create",
        request=CalendarFeedInput,
        responses={201: NewCalendarFeedOutput},
    )
    def post(self, request: Request) -> Response:
        """Make one: target dates, pauses, leave, cohorts and planned sessions as iCalendar."""
        given = valid(CalendarFeedInput(data=request.data))
        feed, secret = open_calendar_feed(person=self.person, label=given["label"], now=self.now)
        output = NewCalendarFeedOutput(feed, context={"secret": secret})
        return Response(output.data, status=201)


class CalendarFeedView(ScopedView[CalendarFeed]):
    """One of them."""

    scopes = {"DELETE": "notifications:write"}

    def rows(self) -> CalendarFeeds:
        """One's own that are open."""
        rows: CalendarFeeds = CalendarFeed.objects.owned_by(self.person).live()
        return rows

    @extend_schema(operation_id="calendar_feeds_revoke", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Close it: from now on nothing is there."""
        self.get_object().revoke(now=self.now)
        return no_content()


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Answer whoever knows the secret with the calendar; 304 if they have it already.

    An unknown secret and a revoked one are the same 404.
    """
    feed = CalendarFeed.objects.with_secret(secret).select_related("person").first()
    if feed is None:
        return no_calendar(request)
    text = say_calendar(feed=feed, now=timezone.now())
    etag = f'"{hashlib.sha256(text).hexdigest()}"'
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="waymark.ics"'
    answer = get_conditional_response(request, etag=etag, response=response) or response
    for name, value in {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }.items():
        answer[name] = value
    return answer


def no_calendar(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view gets one)
    """Answer what looks like a feed's address and is none."""
    return HttpResponse(
        _("There is no such calendar."), status=404, content_type="text/plain; charset=utf-8"
    )
