"""Comments, and those that are kept to be said again."""

from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.models import Comment, SavedComment

PARTS = ["learner", "mentor"]


class CommentInput(Input):
    """A comment; the client makes the id, so that sending it twice writes one."""

    id = serializers.UUIDField()
    body = serializers.CharField(max_length=20_000, help_text="Markdown.")


class CommentOutput(Output):
    """One message of the conversation on a milestone. Needs `person` in the context."""

    id = serializers.UUIDField()
    author = PersonOutput()
    part = serializers.SerializerMethodField()
    body = serializers.CharField(help_text="Markdown; empty once it was taken back.")
    created_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    is_mine = serializers.SerializerMethodField()

    @staticmethod
    def get_part(comment: Comment) -> str:
        """Return whether the learner wrote it or a mentor."""
        return PARTS[comment.author_id != comment.enrollment.learner_id]

    def get_is_mine(self, comment: Comment) -> bool:
        """Return whether the person who asks wrote it."""
        return bool(comment.author_id == self.context["person"].pk)


class SavedCommentChangeInput(Input):
    """What can be changed about a text that is kept."""

    title = serializers.CharField(max_length=120)
    body = serializers.CharField(max_length=20_000, help_text="Markdown.")


class SavedCommentInput(SavedCommentChangeInput):
    """A text to keep."""

    cohort_id = serializers.UUIDField(
        allow_null=True,
        required=False,
        default=None,
        help_text="A cohort one mentors, whose other mentors can then use it, too.",
    )


class SavedCommentOutput(Output):
    """A text that a mentor keeps to say it again. Needs `person` in the context."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    body = serializers.CharField()
    owner = PersonOutput()
    is_mine = serializers.SerializerMethodField()
    cohort_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()

    def get_is_mine(self, saved: SavedComment) -> bool:
        """Return whether the person who asks wrote it, and so can change it."""
        return bool(saved.owner_id == self.context["person"].pk)
