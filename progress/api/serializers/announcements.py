"""Announcements, in and out."""

from rest_framework import serializers

from accounts.models import validate_one_line
from backend.api.serializers import Input, Output, PersonOutput
from progress.models import Announcement
from progress.models.announcement import Audience


class AnnouncementInput(Input):
    """An announcement; the client makes the id, so that sending it twice says it once."""

    id = serializers.UUIDField()
    audience = serializers.ChoiceField(Audience.choices, help_text="Whom it is for.")
    title = serializers.CharField(max_length=120, validators=[validate_one_line])
    body = serializers.CharField(max_length=10_000, help_text="Markdown.")


class AnnouncementOutput(Output):
    """What was said to a cohort. Needs `person` in the context."""

    id = serializers.UUIDField()
    cohort_id = serializers.UUIDField()
    author = PersonOutput()
    audience = serializers.ChoiceField(Audience.choices)
    title = serializers.CharField(help_text="Empty once it was taken back.")
    body = serializers.CharField(help_text="Markdown; empty once it was taken back.")
    created_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    is_mine = serializers.SerializerMethodField()

    def get_is_mine(self, announcement: Announcement) -> bool:
        """Return whether the person who asks wrote it."""
        return bool(announcement.author_id == self.context["person"].pk)
