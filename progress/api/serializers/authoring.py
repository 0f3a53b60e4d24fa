"""What authors send and get."""

from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.models.pathway import Visibility

LONGEST = 1_000_000


class PathwayFilter(serializers.Serializer[None]):
    """Which pathways."""

    mine = serializers.BooleanField(required=False, default=False)


class DocumentInput(Input):
    """A pathway document's text."""

    document = serializers.CharField(
        max_length=LONGEST,
        trim_whitespace=False,
        help_text="YAML or JSON, as docs/pathway-format.md describes it.",
    )


class NewPathwayInput(DocumentInput):
    """A pathway with its first edition."""

    visibility = serializers.ChoiceField(
        Visibility.choices, required=False, default=Visibility.PRIVATE
    )


class NewEditionInput(DocumentInput):
    """The next edition."""

    after = serializers.IntegerField(
        min_value=1, help_text="The newest edition you know; another one since then is a 409."
    )


class PathwayChangeInput(Input):
    """Who finds a pathway and who writes it."""

    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    co_authors = serializers.ListField(
        child=serializers.EmailField(), max_length=50, required=False, help_text="All of them."
    )


class AuthoredPathwayOutput(Output):
    """A pathway, as its authors see it."""

    slug = serializers.CharField()
    owner = PersonOutput(allow_null=True)
    co_authors = PersonOutput(many=True, source="co_authors.all")
    visibility = serializers.ChoiceField(Visibility.choices)


class DocumentOutput(Output):
    """An edition's document."""

    slug = serializers.CharField()
    number = serializers.IntegerField()
    document = serializers.CharField(help_text="YAML; publishing it again gives the same edition.")


class CheckedOutput(Output):
    """A document with nothing wrong."""

    slug = serializers.CharField()
    title = serializers.CharField()
    milestone_count = serializers.IntegerField()
    effort_hours = serializers.IntegerField()


class CaseInput(Input):
    """A framework in CASE, the competency format of 1EdTech."""

    package = serializers.DictField(help_text="A CFPackage: CFDocument, CFItems, CFAssociations.")
    slug = serializers.SlugField(
        max_length=80, required=False, default="", help_text="Made from the title without one."
    )


class NoteOutput(Output):
    """Something that was left behind, changed or made up, and what it is about."""

    message = serializers.CharField()
    subjects = serializers.ListField(child=serializers.CharField())


class CaseOutput(Output):
    """An edition as a CASE 1.1 package."""

    package = serializers.DictField()
    notes = NoteOutput(many=True)


class DraftOutput(Output):
    """A draft of a document."""

    document = serializers.CharField(help_text="YAML, to edit and publish.")
    notes = NoteOutput(many=True)
