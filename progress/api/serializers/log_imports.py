"""Imports of past work, in and out."""

from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.api.serializers.choices import IMPORT_COLUMNS, VERDICTS
from progress.api.serializers.pathways import NamedOutput

MAX_TEXT = 5_000_000


class ImportPreviewInput(Input):
    """A CSV as text; or send the file itself as `text/csv`."""

    text = serializers.CharField(max_length=MAX_TEXT, trim_whitespace=False)


class ImportOptions(serializers.Serializer[None]):
    """What stands in the query string when the body is the file itself."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one import.")
    skip_refused = serializers.BooleanField(required=False, default=False)


class ImportInput(ImportPreviewInput):
    """A CSV to import."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one import.")
    skip_refused = serializers.BooleanField(
        required=False, default=False, help_text="Leave refused rows out; else nothing is stored."
    )


class ImportColumnOutput(Output):
    """A column of the file."""

    name = serializers.CharField()
    read_as = serializers.ChoiceField(IMPORT_COLUMNS, allow_null=True, help_text="Null: left out.")


class ImportRowOutput(Output):
    """A row, and what would become of it."""

    line = serializers.IntegerField(help_text="Where it begins in the file, from 1.")
    verdict = serializers.ChoiceField(VERDICTS)
    day = serializers.DateField(allow_null=True)
    minutes = serializers.IntegerField(allow_null=True)
    milestone = NamedOutput(allow_null=True)
    note = serializers.CharField()
    field = serializers.CharField(help_text="Of a refused row: the column. Else empty.")
    code = serializers.CharField(help_text="Of a refused row: why, for programs.")
    reason = serializers.CharField(help_text="Of a refused row: why, for people.")


class ImportPreviewOutput(Output):
    """What an import would do. Minutes and days are those of accepted rows."""

    encoding = serializers.CharField()
    delimiter = serializers.CharField()
    columns = ImportColumnOutput(many=True)
    accepted = serializers.IntegerField()
    duplicates = serializers.IntegerField()
    refused = serializers.IntegerField()
    minutes = serializers.IntegerField()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    rows = ImportRowOutput(many=True)


class LogImportOutput(Output):
    """An import: `entries` and `minutes` it stored, rows it left out."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    entries = serializers.IntegerField()
    minutes = serializers.IntegerField()
    duplicates = serializers.IntegerField()
    refused = serializers.IntegerField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    created_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)


class LogExportFilter(serializers.Serializer[None]):
    """What is exported."""

    voided = serializers.BooleanField(required=False, default=False)


class ExportedEntryOutput(Output):
    """A log entry as it is taken along."""

    id = serializers.UUIDField()
    day = serializers.DateField()
    time_zone = serializers.CharField()
    minutes = serializers.IntegerField()
    milestone_key = serializers.CharField(help_text="As it was logged.")
    milestone = serializers.CharField()
    stage = serializers.CharField()
    kind = serializers.CharField()
    note = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the base has the name, too
    created_at = serializers.DateTimeField()
    voided_at = serializers.DateTimeField(allow_null=True)


class LogExportOutput(Output):
    """A log, whole."""

    enrollment_id = serializers.UUIDField()
    entries = ExportedEntryOutput(many=True)
