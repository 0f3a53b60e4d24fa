"""When in the week a learner means to work."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, valid
from progress.api.serializers.sessions import SessionsInput, SessionsOutput
from progress.commands.plan_sessions import Session, plan_sessions
from progress.models import Enrollment, PlannedSession


class SessionsView(ScopedView[Enrollment]):
    """The sessions of an enrollment."""

    scopes = {"GET": "progress:read", "PUT": "progress:write"}

    def rows(self) -> QuerySet[Enrollment]:
        """Read: enrollments one may see. Write: one's own."""
        rows = Enrollment.objects.with_names()
        if self.request.method == "GET":
            return rows.visible_to(self.person)
        return rows.owned_by(self.person)

    @extend_schema(operation_id="sessions_read", responses=SessionsOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return the planned sessions, in the order of the week."""
        rows = PlannedSession.objects.filter(enrollment=self.get_object())
        return self._answer(rows.order_by("weekday", "starts_at"))

    @extend_schema(operation_id="sessions_plan", request=SessionsInput, responses=SessionsOutput)
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Plan these sessions and no others; they stand in the calendar feed."""
        enrollment = self.get_object()
        given = valid(SessionsInput(data=request.data))
        sessions = [Session(**one) for one in given["sessions"]]
        planned = plan_sessions(
            person=self.person, enrollment=enrollment, sessions=sessions, now=self.now
        )
        return self._answer(planned)

    def _answer(self, rows: Iterable[PlannedSession]) -> Response:
        return Response(SessionsOutput({"sessions": list(rows)}).data)
