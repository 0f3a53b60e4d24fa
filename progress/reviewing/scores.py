"""The scale on which a rubric's criteria are scored, and what a decision's scores must have."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.errors import FieldError
from backend.words import gettext as _
from progress.document import Criterion


class Score(enum.IntEnum):
    """How well a criterion is met. Four steps, so that there is no middle to hide in."""

    NOT_YET = 0
    NEARLY = 1
    MEETS = 2
    BEYOND = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion's score, and why."""

    criterion: str
    score: Score
    reason: str


def wrong_with(
    rubric: Sequence[Criterion], scores: Sequence[Scored], *, approving: bool
) -> list[FieldError]:
    """Return all that is wrong with a decision's scores; an empty list if nothing is.

    Each score is for a criterion of the rubric, at most one for each. An approval scores them all.
    A "not yet" has a reason, always: without one the learner can only guess.
    """
    titles = {criterion.key: criterion.title for criterion in rubric}
    return [
        *_about_each(titles, scores),
        *(_missing(titles, scores) if approving else ()),
    ]


def _about_each(titles: dict[str, str], scores: Sequence[Scored]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for index, one in enumerate(scores):
        at = f"scores.{index}"
        if one.criterion not in titles:
            detail = _("The rubric has no criterion %(criterion)r.") % {"criterion": one.criterion}
            yield FieldError(f"{at}.criterion", "score-unknown", detail)
            continue
        if one.criterion in seen:
            detail = _("%(criterion)s is scored twice.") % {"criterion": titles[one.criterion]}
            yield FieldError(f"{at}.criterion", "score-twice", detail)
        seen.add(one.criterion)
        if one.score is Score.NOT_YET and not one.reason.strip():
            detail = _("Say what is missing for “%(criterion)s”.") % {
                "criterion": titles[one.criterion]
            }
            yield FieldError(f"{at}.reason", "reason-missing", detail)


def _missing(titles: dict[str, str], scores: Sequence[Scored]) -> Iterator[FieldError]:
    given = {one.criterion for one in scores}
    for key, title in titles.items():
        if key not in given:
            yield FieldError(
                "scores",
                "score-missing",
                _("“%(title)s” (%(key)s) has no score yet.") % {"title": title, "key": key},
            )
