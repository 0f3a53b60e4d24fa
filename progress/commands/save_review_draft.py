"""Save what a mentor has typed so far."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress.commands.opinion_guards import no_longer_asked
from progress.commands.review_guards import already_decided, require_reviewer
from progress.models import ReviewDraft, SecondOpinion, Submission


class DraftChanged(Conflict):
    """Another device saved since; `draft` is what it saved, or None if the draft is gone."""

    code = "draft-changed"
    title = gettext_lazy("This draft was changed elsewhere")

    def __init__(self, draft: ReviewDraft | None) -> None:
        super().__init__(
            _("It was saved at %(time)s UTC on another device. Choose which to keep.")
            % {"time": f"{draft.saved_at:%H:%M}"}
            if draft
            else _("It was released or thrown away on another device.")
        )
        self.draft = draft


def save_review_draft(
    *, person: User, submission: Submission, version: int, content: dict[str, Any], now: datetime
) -> ReviewDraft:
    """Save `content` over version `version` (0: there is none yet); return the draft.

    Holds the claim longer if `person` has it; needs none, so that nothing typed is ever refused for
    want of one. Saving the same again is harmless. Raises OwnWork, NotTheirMentor, AlreadyDecided
    and SecondOpinionGiven (only by `person`), DraftChanged.
    """
    require_reviewer(person, submission)
    if submission.decided_by_id == person.pk:
        raise already_decided(submission, person)
    opinion = SecondOpinion.objects.standing().with_names().filter(submission=submission).first()
    if opinion is not None and opinion.decided_by_id == person.pk:
        raise no_longer_asked(opinion)
    rows = ReviewDraft.objects.filter(submission=submission, mentor=person)
    with transaction.atomic():
        (opinion or submission).extend_claim(mentor=person, now=now)
        saved = _store(submission, person, version, content, now)
    draft: ReviewDraft | None = rows.first()
    if draft is None or not (saved or _same(draft, version, content)):
        raise DraftChanged(draft)
    return draft


def _store(
    submission: Submission, person: User, version: int, content: dict[str, Any], now: datetime
) -> bool:
    rows = ReviewDraft.objects.filter(submission=submission, mentor=person)
    if version:
        return bool(
            rows.filter(version=version).update(**content, version=version + 1, saved_at=now)
        )
    _, made = ReviewDraft.objects.get_or_create(
        submission=submission, mentor=person, defaults={**content, "saved_at": now}
    )
    return made


def _same(draft: ReviewDraft, version: int, content: dict[str, Any]) -> bool:
    """Whether this very save arrived before, and only its answer was lost."""
    return draft.version == version + 1 and all(
        getattr(draft, name) == value for name, value in content.items()
    )
