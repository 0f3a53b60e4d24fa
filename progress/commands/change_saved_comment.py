"""Change a saved comment."""

from collections.abc import Mapping
from datetime import datetime

from progress.models import SavedComment


def change_saved_comment(
    *, saved_comment: SavedComment, changes: Mapping[str, str], now: datetime
) -> None:
    """Change title, body or both. What was said with it before stays as it was."""
    SavedComment.objects.filter(pk=saved_comment.pk).update(**changes, changed_at=now)
    saved_comment.refresh_from_db()
