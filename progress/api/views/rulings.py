"""Waivers and revocations."""

import uuid
from collections.abc import Callable

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import valid
from progress.api.serializers.enrollments import MilestonePageOutput
from progress.api.serializers.rulings import RulingInput
from progress.api.views.enrollments import OneMilestoneView
from progress.commands.revoke_approval import revoke_approval
from progress.commands.waive_milestone import waive_milestone
from progress.models import Enrollment, Ruling


class _RulingView(OneMilestoneView):
    scopes = {}

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see; who doesn't mentor the learner is refused with a reason."""
        return Enrollment.objects.with_names().visible_to(self.person)

    def rule(self, by: Callable[..., Ruling], key: str) -> Response:
        """Rule as the body says, by a command, and answer with the milestone as it stands then."""
        enrollment = self.get_object()
        data = valid(RulingInput(data=self.request.data))
        by(
            person=self.person,
            enrollment=enrollment,
            milestone_key=key,
            reason=data["reason"],
            now=self.now,
        )
        return self.answer(enrollment, key, status=201)


class WaiverView(_RulingView):
    """That a milestone counts for prior learning."""

    scopes = {"POST": "reviews:write"}

    @extend_schema(
        operation_id="milestones_waive", request=RulingInput, responses={201: MilestonePageOutput}
    )
    def post(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Waive a milestone that its author lets be waived, as the learner's mentor. For good."""
        return self.rule(waive_milestone, key)


class RevocationView(_RulingView):
    """That an approval no longer holds."""

    scopes = {"POST": "reviews:write"}

    @extend_schema(
        operation_id="milestones_revoke", request=RulingInput, responses={201: MilestonePageOutput}
    )
    def post(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Revoke an approval, as the learner's mentor. The milestone can be handed in again."""
        return self.rule(revoke_approval, key)
