"""What is announced to a cohort."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, valid
from progress.api.serializers.announcements import AnnouncementInput, AnnouncementOutput
from progress.commands.announce import announce
from progress.commands.withdraw_announcement import withdraw_announcement
from progress.models import Announcement, Cohort


class AnnouncementListView(ScopedView[Cohort]):
    """The announcements to a cohort."""

    scopes = {"GET": "people:read", "POST": "people:write"}
    pagination_class = Pages

    def rows(self) -> QuerySet[Cohort]:
        """Cohorts that one is in; for an admin, all."""
        return Cohort.objects.visible_to(self.person)

    @extend_schema(operation_id="announcements_list", responses=AnnouncementOutput(many=True))
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List what was announced to the parts one has there, the newest first.

        Coordinators see all. Of one that was taken back, that there was one.
        """
        rows = Announcement.objects.select_related("author").filter(cohort=self.get_object())
        return self.page(
            rows.visible_to(self.person),
            AnnouncementOutput,
            ordering=("-created_at", "-id"),
            person=self.person,
        )

    @extend_schema(
        operation_id="announcements_create",
        request=AnnouncementInput,
        responses={201: AnnouncementOutput, 200: AnnouncementOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Say something to learners, mentors or everybody; coordinators may, ten times a day.

        Inbox and mail bring it. Sending the same id again says nothing twice.
        """
        cohort = self.get_object()
        data = valid(AnnouncementInput(data=request.data))
        made, is_new = announce(
            person=self.person,
            cohort=cohort,
            announcement_id=data.pop("id"),
            now=self.now,
            **data,
        )
        output = AnnouncementOutput(made, context={"person": self.person})
        return Response(output.data, status=201 if is_new else 200)


class AnnouncementView(ScopedView[Announcement]):
    """One announcement."""

    scopes = {"DELETE": "people:write"}

    def rows(self) -> QuerySet[Announcement]:
        """Those that one sees."""
        rows = Announcement.objects.select_related("author")
        return rows.visible_to(self.person)

    @extend_schema(
        operation_id="announcements_withdraw", request=None, responses={200: AnnouncementOutput}
    )
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Take one's own back: its words go, also from inboxes, and it is not sent any more."""
        announcement = self.get_object()
        withdraw_announcement(person=self.person, announcement=announcement, now=self.now)
        return Response(AnnouncementOutput(announcement, context={"person": self.person}).data)
