"""Enrollments, the map, and one milestone of it."""

import uuid

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, find, valid
from progress.api.serializers.enrollments import (
    EnrollInput,
    EnrollmentChangeInput,
    EnrollmentOutput,
    MapOutput,
    MilestonePageOutput,
)
from progress.commands.change_enrollment import change_enrollment
from progress.commands.change_work import change_work
from progress.commands.complete_milestone import complete_milestone
from progress.commands.enroll import enroll
from progress.commands.reopen_milestone import reopen_milestone
from progress.models import Enrollment, Pathway
from progress.queries.learner_map import learner_map
from progress.queries.milestone_page import milestone_page
from progress.states import WorkMove
from progress.veil import Veil


class LearnerFilter(serializers.Serializer[None]):
    """Whose enrollments."""

    learner = serializers.UUIDField(required=False)


class EnrollmentListView(ScopedView[Enrollment]):
    """Enrollments."""

    scopes = {"GET": "progress:read", "POST": "progress:write"}
    pagination_class = Pages
    filters = LearnerFilter

    def rows(self) -> QuerySet[Enrollment]:
        """One's own, or with `?learner=` those of a learner that one may see."""
        learner = valid(LearnerFilter(data=self.request.query_params)).get("learner")
        rows = Enrollment.objects.with_names().with_pauses()
        if learner is None:
            return rows.filter(learner=self.person)
        return rows.visible_to(self.person).filter(learner=learner)

    @extend_schema(
        operation_id="enrollments_list",
        parameters=[
            OpenApiParameter("learner", uuid.UUID, description="Whose; your own without it.")
        ],
        responses=EnrollmentOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        """List enrollments, the newest first."""
        ordering = ("-started_at", "id")
        return self.page(self.rows(), EnrollmentOutput, ordering=ordering, now=self.now)

    @extend_schema(
        operation_id="enrollments_create", request=EnrollInput, responses={201: EnrollmentOutput}
    )
    def post(self, request: Request) -> Response:
        """Enroll on the newest edition of a pathway."""
        data = valid(EnrollInput(data=request.data))
        data["pathway"] = find(Pathway.objects.visible_to(self.person), slug=data["pathway"])
        data.setdefault("target_date", None)
        enrollment = enroll(person=self.person, now=self.now, **data)
        return Response(EnrollmentOutput(enrollment, context={"now": self.now}).data, status=201)


class EnrollmentView(ScopedView[Enrollment]):
    """One enrollment."""

    scopes = {"GET": "progress:read", "PATCH": "progress:write"}

    def rows(self) -> QuerySet[Enrollment]:
        """Read: what one may see. Write: one's own."""
        rows = Enrollment.objects.with_names().with_pauses()
        if self.request.method == "PATCH":
            return rows.owned_by(self.person)
        return rows.visible_to(self.person)

    @extend_schema(operation_id="enrollments_read", responses=EnrollmentOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return an enrollment."""
        return Response(EnrollmentOutput(self.get_object(), context={"now": self.now}).data)

    @extend_schema(
        operation_id="enrollments_update",
        request=EnrollmentChangeInput(partial=True),
        responses=EnrollmentOutput,
    )
    def patch(self, request: Request, id: uuid.UUID) -> Response:
        """Change track, target role, target date or weekly minutes."""
        enrollment = self.get_object()
        changes = valid(EnrollmentChangeInput(data=request.data, partial=True))
        change_enrollment(person=self.person, enrollment=enrollment, changes=changes, now=self.now)
        return Response(EnrollmentOutput(enrollment, context={"now": self.now}).data)


class MapView(ScopedView[Enrollment]):
    """The map of an enrollment."""

    scopes = {"GET": "progress:read"}

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        return Enrollment.objects.with_names().with_pauses().visible_to(self.person)

    @extend_schema(operation_id="enrollments_map", responses=MapOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return stages and milestones with their states, what is next, and this week."""
        found = learner_map(self.get_object(), now=self.now)
        return Response(MapOutput(found, context={"now": self.now}).data)


class OneMilestoneView(ScopedView[Enrollment]):
    """About one milestone of an enrollment."""

    scopes = {}

    def rows(self) -> QuerySet[Enrollment]:
        """Read: enrollments one may see. Write: one's own."""
        rows = Enrollment.objects.with_names()
        if self.request.method == "GET":
            return rows.visible_to(self.person)
        return rows.owned_by(self.person)

    def answer(self, enrollment: Enrollment, key: str, status: int = 200) -> Response:
        """Return the milestone as it is now; raise Http404 if it is not on the way."""
        try:
            page = milestone_page(enrollment, key, person=self.person, now=self.now)
        except KeyError as exc:
            raise Http404 from exc
        context = {"person": self.person, "now": self.now, "veil": Veil.over(enrollment)}
        return Response(MilestonePageOutput(page, context=context).data, status=status)


class MilestoneView(OneMilestoneView):
    """One milestone of an enrollment."""

    scopes = {"GET": "progress:read"}

    @extend_schema(operation_id="milestones_read", responses=MilestonePageOutput)
    def get(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Return a milestone with its log, evidence and review rounds."""
        return self.answer(self.get_object(), key)


class StartView(OneMilestoneView):
    """That the learner has started on a milestone."""

    scopes = {"PUT": "progress:write"}

    @extend_schema(operation_id="milestones_start", request=None, responses=MilestonePageOutput)
    def put(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Start it. The first log entry does so by itself."""
        enrollment = self.get_object()
        change_work(
            person=self.person,
            enrollment=enrollment,
            milestone_key=key,
            move=WorkMove.START,
            now=self.now,
        )
        return self.answer(enrollment, key)


class CompletionView(OneMilestoneView):
    """That a self-verified milestone is done."""

    scopes = {"PUT": "progress:write", "DELETE": "progress:write"}

    @extend_schema(operation_id="milestones_complete", request=None, responses=MilestonePageOutput)
    def put(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Mark it done."""
        enrollment = self.get_object()
        complete_milestone(
            person=self.person, enrollment=enrollment, milestone_key=key, now=self.now
        )
        return self.answer(enrollment, key)

    @extend_schema(
        operation_id="milestones_reopen", request=None, responses={200: MilestonePageOutput}
    )
    def delete(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Take that back."""
        enrollment = self.get_object()
        reopen_milestone(person=self.person, enrollment=enrollment, milestone_key=key, now=self.now)
        return self.answer(enrollment, key)
