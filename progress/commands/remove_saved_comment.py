"""Remove a saved comment."""

from progress.models import SavedComment


def remove_saved_comment(*, saved_comment: SavedComment) -> None:
    """Remove it. What was said with it stays."""
    SavedComment.objects.filter(pk=saved_comment.pk).delete()
