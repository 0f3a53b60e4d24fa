"""Pauses of an enrollment."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, find, no_content, valid
from progress.api.serializers.enrollments import EnrollmentOutput
from progress.api.serializers.pauses import PauseChangeInput, PauseInput, PauseOutput
from progress.commands.change_pause import change_pause
from progress.commands.plan_pause import plan_pause
from progress.commands.remove_pause import remove_pause
from progress.commands.resume_enrollment import resume_enrollment
from progress.models import Enrollment, Pause


class _PauseBase(ScopedView[Enrollment]):
    scopes = {}

    def rows(self) -> QuerySet[Enrollment]:
        """Read: enrollments one may see. Write: one's own."""
        rows = Enrollment.objects.with_names()
        if self.request.method == "GET":
            return rows.visible_to(self.person)
        return rows.owned_by(self.person)

    def pause(self, pause_id: uuid.UUID) -> Pause:
        """Return a pause of the enrollment in the URL; raise Http404."""
        enrollment = self.get_object()
        pause: Pause = find(Pause.objects.filter(enrollment=enrollment), id=pause_id)
        pause.enrollment = enrollment
        return pause


class PauseListView(_PauseBase):
    """Pauses."""

    scopes = {"GET": "progress:read", "POST": "progress:write"}
    pagination_class = Pages

    @extend_schema(operation_id="pauses_list", responses=PauseOutput(many=True))
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List pauses, planned and past, the latest first."""
        rows = Pause.objects.filter(enrollment=self.get_object())
        return self.page(rows, PauseOutput, ordering=("-starts_on", "id"))

    @extend_schema(
        operation_id="pauses_create",
        request=PauseInput,
        responses={201: PauseOutput, 200: PauseOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Plan a pause, or write down a past one: 200 when the same was sent before."""
        enrollment = self.get_object()
        data = valid(PauseInput(data=request.data))
        pause, is_new = plan_pause(
            person=self.person,
            enrollment=enrollment,
            pause_id=data.get("id"),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            reason=data["reason"],
            now=self.now,
        )
        return Response(PauseOutput(pause).data, status=201 if is_new else 200)


class PauseView(_PauseBase):
    """One pause."""

    scopes = {"GET": "progress:read", "PUT": "progress:write", "DELETE": "progress:write"}

    @extend_schema(operation_id="pauses_read", responses=PauseOutput)
    def get(self, request: Request, id: uuid.UUID, pause_id: uuid.UUID) -> Response:
        """Return a pause."""
        return Response(PauseOutput(self.pause(pause_id)).data)

    @extend_schema(operation_id="pauses_change", request=PauseChangeInput, responses=PauseOutput)
    def put(self, request: Request, id: uuid.UUID, pause_id: uuid.UUID) -> Response:
        """Give it other days and another reason."""
        pause = self.pause(pause_id)
        data = valid(PauseChangeInput(data=request.data))
        changed = change_pause(person=self.person, pause=pause, now=self.now, **data)
        return Response(PauseOutput(changed).data)

    @extend_schema(operation_id="pauses_delete", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID, pause_id: uuid.UUID) -> Response:
        """Take it back as if it had never been planned; to end one, PUT `resumption`."""
        remove_pause(person=self.person, pause=self.pause(pause_id), now=self.now)
        return no_content()


class ResumptionView(_PauseBase):
    """That a paused learner goes on."""

    scopes = {"PUT": "progress:write"}

    @extend_schema(operation_id="enrollments_resume", request=None, responses=EnrollmentOutput)
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """End the pause of today: yesterday was its last day. Without one, nothing changes."""
        enrollment = self.get_object()
        resume_enrollment(person=self.person, enrollment=enrollment, now=self.now)
        return Response(EnrollmentOutput(enrollment, context={"now": self.now}).data)
