"""Mentorships."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, no_content
from progress.api.serializers.people import MentorshipOutput
from progress.commands.end_mentorship import end_mentorship
from progress.models import Mentorship


class MentorshipListView(ScopedView[Mentorship]):
    """Mentorships."""

    scopes = {"GET": "people:read"}
    pagination_class = Pages

    def rows(self) -> QuerySet[Mentorship]:
        """Those that one is a part of."""
        return Mentorship.objects.select_related("mentor", "learner").involving(self.person)

    @extend_schema(operation_id="mentorships_list", responses=MentorshipOutput(many=True))
    def get(self, request: Request) -> Response:
        """List one's mentorships, ended ones too, the newest first."""
        return self.page(
            self.rows(), MentorshipOutput, ordering=("-started_at", "id"), person=self.person
        )


class MentorshipView(ScopedView[Mentorship]):
    """One mentorship."""

    scopes = {"GET": "people:read", "DELETE": "people:write"}

    def rows(self) -> QuerySet[Mentorship]:
        """Those that one is a part of; for an admin, all."""
        return Mentorship.objects.select_related("mentor", "learner").visible_to(self.person)

    @extend_schema(operation_id="mentorships_read", responses=MentorshipOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return a mentorship."""
        context = {"person": self.person}
        return Response(MentorshipOutput(self.get_object(), context=context).data)

    @extend_schema(operation_id="mentorships_end", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """End it; either side may."""
        end_mentorship(person=self.person, mentorship=self.get_object(), now=self.now)
        return no_content()
