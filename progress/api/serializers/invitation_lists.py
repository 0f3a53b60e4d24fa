"""Lists of people to invite."""

from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.api.serializers.choices import INVITATION_VERDICTS, LIST_COLUMNS
from progress.api.serializers.invitations import LONGEST_LIFE
from progress.models.cohort import CohortPart
from progress.models.invitation import INVITATION_LIFE

MAX_TEXT = 1_000_000


class ListPreviewOptions(serializers.Serializer[None]):
    """What stands in the query string when the body is the file itself."""

    part = serializers.ChoiceField(
        CohortPart.choices,
        required=False,
        default=CohortPart.LEARNER,
        help_text="For rows that name none.",
    )


class ListOptions(ListPreviewOptions):
    """The same of a list that is to be applied."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one list.")
    message = serializers.CharField(
        max_length=1000,
        allow_blank=True,
        required=False,
        default="",
        help_text="For rows that have none.",
    )
    days = serializers.IntegerField(
        min_value=1,
        max_value=LONGEST_LIFE,
        required=False,
        default=INVITATION_LIFE.days,
        help_text="How long each invitation is open.",
    )
    skip_refused = serializers.BooleanField(
        required=False, default=False, help_text="Leave refused rows out; else nobody is invited."
    )


class ListPreviewInput(ListPreviewOptions, Input):
    """A CSV as text; or send the file itself as `text/csv`."""

    text = serializers.CharField(max_length=MAX_TEXT, trim_whitespace=False)


class ListInput(ListOptions, Input):
    """A list to invite."""

    text = serializers.CharField(max_length=MAX_TEXT, trim_whitespace=False)


class ListColumnOutput(Output):
    """A column of the list."""

    name = serializers.CharField()
    read_as = serializers.ChoiceField(LIST_COLUMNS, allow_null=True, help_text="Null: left out.")


class ListRowOutput(Output):
    """A row, and what would become of it."""

    line = serializers.IntegerField(help_text="Where it begins in the file, from 1.")
    verdict = serializers.ChoiceField(INVITATION_VERDICTS)
    email = serializers.CharField()
    part = serializers.CharField(help_text="Empty if the row was refused.")
    name = serializers.CharField(help_text="As the list has it; it is not stored.")
    message = serializers.CharField()
    field = serializers.CharField(help_text="Of a refused row: the column. Else empty.")
    code = serializers.CharField(help_text="Of a refused row: why, for programs.")
    reason = serializers.CharField(help_text="Why nobody is invited by this row, for people.")


class ListPreviewOutput(Output):
    """What inviting a list would do."""

    encoding = serializers.CharField()
    delimiter = serializers.CharField()
    columns = ListColumnOutput(many=True)
    invite = serializers.IntegerField()
    left_out = serializers.IntegerField(help_text="There, invited, or in the list already.")
    refused = serializers.IntegerField()
    room = serializers.IntegerField(help_text="How many invitations may be opened now.")
    rows = ListRowOutput(many=True)


class InvitationListOutput(Output):
    """A list that was applied: whom it invited, and the rows it left out."""

    id = serializers.UUIDField()
    cohort_id = serializers.UUIDField()
    invited = serializers.IntegerField()
    left_out = serializers.IntegerField()
    refused = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
