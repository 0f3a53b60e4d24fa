"""Evidence, in and out."""

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from backend.api.serializers import Input, Output
from progress.api.serializers.probes import LinkHealthOutput
from progress.compiled import key_now
from progress.models import Evidence
from progress.models.evidence import LONGEST_TEXT, EvidenceKind

MOST_MILESTONES = 20


class MilestoneKeys(serializers.ListField):
    """The keys of one or several milestones."""

    child = serializers.CharField(max_length=80)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=1, max_length=MOST_MILESTONES, **kwargs)


class EvidenceInput(Input):
    """A link, or a text, beside milestones. Files go to `PUT /evidence/{id}/file`."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one.")
    enrollment_id = serializers.UUIDField()
    milestone_keys = MilestoneKeys(help_text="What it serves: one milestone, or several.")
    title = serializers.CharField(max_length=200)
    url = serializers.CharField(
        max_length=2000,
        required=False,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="Of a link.",
    )
    text = serializers.CharField(
        max_length=LONGEST_TEXT,
        required=False,
        trim_whitespace=False,
        help_text="Markdown, instead of a link.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the values; raise ValidationError unless there is either a link or a text."""
        if ("url" in attrs) == ("text" in attrs):
            said = _("Send a url or a text: one of the two.")
            raise serializers.ValidationError({"url": [ErrorDetail(said, code="invalid")]})
        if "text" in attrs and not attrs["text"].strip():
            raise serializers.ValidationError(
                {"text": [ErrorDetail(_("This field may not be blank."), code="blank")]}
            )
        return attrs


class FileOutput(Output):
    """A file; what it holds is at `GET /evidence/{id}/file`."""

    name = serializers.CharField(source="file_name")
    size = serializers.IntegerField(source="content.size", help_text="Bytes.")
    media_type = serializers.CharField(
        source="content.media_type", help_text="Seen in the content."
    )
    sha256 = serializers.CharField(source="content_id", help_text="Of the content, in hexadecimal.")


class SaidOutput(Output):
    """What a piece of evidence is, and says."""

    kind = serializers.ChoiceField(EvidenceKind.choices)
    title = serializers.CharField()
    url = serializers.CharField(help_text="Of a link, else empty.")
    text = serializers.CharField(help_text="Markdown, of a text, else empty.")
    file = serializers.SerializerMethodField()

    @extend_schema_field(FileOutput(allow_null=True))
    def get_file(self, row: Any) -> Any:
        """Return the file of a file."""
        return FileOutput(row).data if row.content_id else None


class EvidenceOutput(SaidOutput):
    """Evidence beside milestones."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    milestone_keys = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    link = serializers.SerializerMethodField()

    def get_milestone_keys(self, evidence: Evidence) -> list[str]:
        """Return what it serves, by the keys of the enrollment's edition."""
        rows = sorted(evidence.milestones.all(), key=lambda row: row.pk)
        keys = [key_now(evidence.enrollment, row.milestone_key) for row in rows]
        return list(dict.fromkeys(keys))

    @extend_schema_field(LinkHealthOutput(allow_null=True))
    def get_link(self, evidence: Evidence) -> Any:
        """Return whether a link still answers; null for a file or a text."""
        check = getattr(evidence, "link_check", None)
        return LinkHealthOutput(check).data if check else None
