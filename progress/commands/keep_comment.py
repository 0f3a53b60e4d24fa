"""Keep a text to say it again."""

import uuid
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress.models import Cohort, SavedComment
from progress.models.cohort import CohortPart

MOST_SAVED = 200


class TooManySavedComments(Conflict):
    """Nobody finds anything among more."""

    code = "too-many-saved-comments"
    title = gettext_lazy("You keep enough comments already")


class NotAMentorThere(Refused):
    """Only a cohort's mentors share texts with the others."""

    code = "not-a-mentor-there"
    title = gettext_lazy("You do not mentor this cohort")


def keep_comment(
    *, person: User, title: str, body: str, cohort_id: uuid.UUID | None, now: datetime
) -> SavedComment:
    """Store a saved comment (Markdown), for a cohort's mentors if one is named; return it.

    Raises TooManySavedComments, NotAMentorThere.
    """
    if SavedComment.objects.owned_by(person).count() >= MOST_SAVED:
        raise TooManySavedComments(
            _("You keep %(count)s. Remove one you no longer use.") % {"count": MOST_SAVED}
        )
    mentored = Cohort.objects.open().of(person, CohortPart.MENTOR)
    if cohort_id and not mentored.filter(pk=cohort_id).exists():
        detail = _("Name a cohort that you mentor, or none.")
        raise NotAMentorThere(detail, errors=[FieldError("cohort_id", "foreign", detail)])
    saved: SavedComment = SavedComment.objects.create(
        owner=person, cohort_id=cohort_id, title=title, body=body, created_at=now, changed_at=now
    )
    return saved
