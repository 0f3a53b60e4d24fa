"""The timer: one for each learner, on whatever device."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import PersonalView, find, no_content, valid
from progress.api.serializers.timer import (
    TimerEntryInput,
    TimerEntryOutput,
    TimerInput,
    TimerOutput,
    running,
)
from progress.commands.discard_timer import discard_timer
from progress.commands.start_timer import start_timer
from progress.commands.stop_timer import stop_timer
from progress.models import Enrollment, LogEntry, Timer


class TimerView(PersonalView):
    """The learner's timer."""

    scopes = {"GET": "progress:read", "PUT": "progress:write", "DELETE": "progress:write"}

    @extend_schema(operation_id="timer_read", responses=TimerOutput)
    def get(self, request: Request) -> Response:
        """Return the running timer, if there is one."""
        rows = Timer.objects.select_related("enrollment").filter(learner=self.person)
        return Response(running(rows.first(), now=self.now))

    @extend_schema(operation_id="timer_start", request=TimerInput, responses={200: TimerOutput})
    def put(self, request: Request) -> Response:
        """Start it; 409 with `running` if another one runs."""
        data = valid(TimerInput(data=request.data))
        rows = Enrollment.objects.with_names().owned_by(self.person)
        timer, _ = start_timer(
            person=self.person,
            enrollment=find(rows, id=data["enrollment_id"]),
            milestone_key=data["milestone_key"],
            started_at=data.get("started_at", self.now),
            now=self.now,
        )
        return Response(running(timer, now=self.now))

    @extend_schema(operation_id="timer_discard", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Discard it: nothing is logged."""
        discard_timer(person=self.person)
        return no_content()


class TimerEntryView(PersonalView):
    """What the timer becomes."""

    scopes = {"POST": "progress:write"}

    @extend_schema(
        operation_id="timer_stop",
        request=TimerEntryInput,
        responses={201: TimerEntryOutput, 200: TimerEntryOutput},
    )
    def post(self, request: Request) -> Response:
        """Stop it and log its minutes: 201, or 200 when the same was sent before."""
        data = valid(TimerEntryInput(data=request.data))
        entries, is_new = stop_timer(
            person=self.person,
            entry_id=data["id"],
            minutes=data["minutes"],
            milestone_key=data.get("milestone_key"),
            note=data["note"],
            at=data["at"],
            now=self.now,
        )
        rows = LogEntry.objects.select_related("enrollment").with_voids()
        shown = rows.filter(pk__in=[entry.pk for entry in entries]).order_by("day", "id")
        answer = TimerEntryOutput({"entries": list(shown)}).data
        return Response(answer, status=201 if is_new else 200)
