"""What a decision must have: scores, items of its own, and a word on every item asked before."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import FieldError, Refused
from progress.document import Milestone
from progress.models import ChangeRequest
from progress.reviewing import Scored, wrong_with
from progress.states import ChangeRequestState


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to change; `criterion` is a key of the rubric or "", the evidence may be None."""

    text: str
    criterion: str = ""
    evidence_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What a mentor says of an item that was asked before: verified or waived."""

    id: uuid.UUID
    state: ChangeRequestState


class ScoresRefused(Refused):
    """The scores do not fit the rubric, or lack what it asks for."""

    code = "scores-refused"
    title = gettext_lazy("The scores are not complete")


class ChangeRequestsMissing(Refused):
    """A request for changes without an item helps nobody."""

    code = "change-requests-missing"
    title = gettext_lazy("Say what should change")


class ChangeRequestsRefused(Refused):
    """An item that belongs to something else."""

    code = "change-requests-refused"
    title = gettext_lazy("A change request does not belong here")


class ChangeRequestsOpen(Refused):
    """What was asked for is neither verified nor waived."""

    code = "change-requests-open"
    title = gettext_lazy("Some of what was asked for is still open")


def scores_as_stored(milestone: Milestone, scores: Sequence[Scored]) -> list[dict[str, Any]]:
    """Return the scores as a decision keeps them, with the titles that the criteria have now."""
    titles = {criterion.key: criterion.title for criterion in milestone.rubric}
    return [
        {
            "criterion": one.criterion,
            "title": titles.get(one.criterion, ""),
            "score": int(one.score),
            "reason": one.reason,
        }
        for one in scores
    ]


def require_scores(milestone: Milestone, scores: Sequence[Scored], *, approving: bool) -> None:
    """Pass if the scores fit the milestone's rubric; raise ScoresRefused with all that is wrong."""
    wrong = wrong_with(milestone.rubric, scores, approving=approving)
    if wrong:
        raise ScoresRefused(" ".join(error.detail for error in wrong), errors=wrong)


def require_items(
    milestone: Milestone, asked: Sequence[Asked], evidence_ids: Collection[uuid.UUID]
) -> None:
    """Pass if every item is tied to this rubric and this round's evidence, or to neither.

    Raises ChangeRequestsRefused.
    """
    keys = {criterion.key for criterion in milestone.rubric}
    wrong = []
    for index, one in enumerate(asked):
        if one.criterion and one.criterion not in keys:
            detail = _("The rubric has no criterion %(criterion)r.") % {"criterion": one.criterion}
            wrong.append(FieldError(f"change_requests.{index}.criterion", "unknown", detail))
        if one.evidence_id and one.evidence_id not in evidence_ids:
            detail = _("This round has no such evidence.")
            wrong.append(FieldError(f"change_requests.{index}.evidence_id", "foreign", detail))
    if wrong:
        raise ChangeRequestsRefused(" ".join(error.detail for error in wrong), errors=wrong)


def require_settled(
    pending: Mapping[uuid.UUID, ChangeRequest], settled: Sequence[Settled], *, approving: bool
) -> None:
    """Pass if every settled item is pending, once, and an approval leaves none of them open.

    Raises ChangeRequestsRefused, ChangeRequestsOpen with the list.
    """
    said = [one.id for one in settled]
    wrong = [
        FieldError(
            f"settled.{index}.id",
            "foreign",
            _("It was not asked in the round before."),
        )
        for index, pk in enumerate(said)
        if pk not in pending or pk in said[:index]
    ]
    if wrong:
        raise ChangeRequestsRefused(errors=wrong)
    left = [item for pk, item in pending.items() if pk not in said]
    if approving and left:
        raise ChangeRequestsOpen(
            _("Verify or waive each before you approve: %(items)s")
            % {"items": "; ".join(f"“{item.text[:80]}”" for item in left)}
            + ".",
            errors=[
                FieldError(
                    "settled", "open", _("%(id)s is neither verified nor waived.") % {"id": item.pk}
                )
                for item in left
            ],
        )
