"""Where mentors disagree on a pathway's milestones: for its author, a sign of an unclear rubric."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from progress.compiled import compiled_edition
from progress.models import Pathway, SecondOpinion
from progress.queries.learner_map import Named
from progress.reviewing import CriterionSpread, Decided, disagreement


@dataclass(frozen=True, slots=True)
class CriterionSign:
    """A criterion by name, and how far apart two mentors' scores were."""

    criterion: Named
    spread: CriterionSpread


@dataclass(frozen=True, slots=True)
class RubricSign:
    """A milestone of an edition: how many second opinions were given, how many differed."""

    edition: int
    milestone: Named
    given: int
    differed: int
    criteria: tuple[CriterionSign, ...]


def rubric_signs(pathway: Pathway) -> tuple[RubricSign, ...]:
    """Return the milestones on which second opinions were given (one query once compiled).

    The newest edition first, in it who differed most. Nobody is named: it is about the rubric.
    """
    rows = SecondOpinion.objects.given().filter(edition__pathway=pathway)
    pairs: dict[tuple[int, Any, str], list[tuple[Decided, Decided]]] = {}
    fields = ("edition__number", "edition_id", "submission__milestone_key")
    decided = ("submission__state", "submission__scores", "state", "scores")
    for number, edition, key, *found in rows.values_list(*fields, *decided).order_by("id"):
        outcome, scores, second_outcome, second_scores = found
        pair = (
            Decided(outcome, _by_criterion(scores)),
            Decided(second_outcome, _by_criterion(second_scores)),
        )
        pairs.setdefault((number, edition, key), []).append(pair)
    signs = [_sign(number, edition, key, some) for (number, edition, key), some in pairs.items()]
    signs.sort(key=lambda one: (-one.edition, -one.differed, -one.given, one.milestone.title))
    return tuple(signs)


def _by_criterion(scores: Iterable[dict[str, Any]]) -> dict[str, int]:
    return {one["criterion"]: one["score"] for one in scores}


def _sign(number: int, edition: Any, key: str, pairs: list[tuple[Decided, Decided]]) -> RubricSign:
    found = disagreement(pairs)
    milestone = compiled_edition(edition).milestones.get(key)
    titles = {one.key: one.title for one in milestone.rubric} if milestone else {}
    return RubricSign(
        edition=number,
        milestone=Named(key, milestone.title if milestone else key),
        given=found.given,
        differed=found.differed,
        criteria=tuple(
            CriterionSign(Named(one.criterion, titles.get(one.criterion, one.criterion)), one)
            for one in found.criteria
        ),
    )
