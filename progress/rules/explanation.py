"""Why a learner stands where they do: the rules, part by part, and the least that is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backend.words import gettext as _
from progress.document import Rule, RuleKind, Stage
from progress.rules.compiled import Branch
from progress.rules.counting import cheapest, is_met
from progress.rules.evaluation import EvaluatedMilestone, Evaluation

# One number for two: hours first and then how many, or the other way round. Both parts are far
# below these: 5,000 hours each, and as many milestones as fit into a document.
_MANY_MILESTONES: Final = 1 << 20
_MANY_HOURS: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class ExplainedMilestone:
    """A leaf of the tree. `weight` is what it counts in the rule around it, and `required` whether
    that rule cannot be met without it.
    """

    row: EvaluatedMilestone
    weight: int
    required: bool

    @property
    def met(self) -> bool:
        """Whether it is complete."""
        return self.row.complete


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A rule of the tree, with those of its parts that are on the track.

    `have` and `need` count parts, or weight if `rule.kind` is by weight; `total` is all there is.
    It can have enough and not be `met`, if a required part is missing. `weight` and `required` are
    as for a milestone.
    """

    rule: Rule
    parts: "tuple[ExplainedRule | ExplainedMilestone, ...]"
    met: bool
    have: int
    need: int
    total: int
    weight: int
    required: bool

    @property
    def sentence(self) -> str:
        """The rule in the active language, without what it counts."""
        wants = _("All of these") if self.total > 1 else _("This")
        if self.rule.kind is RuleKind.AT_LEAST:
            wants = _("At least %(need)s of these %(total)s") % {
                "need": self.need,
                "total": self.total,
            }
        elif self.rule.kind is RuleKind.BY_WEIGHT:
            wants = _("Together at least %(need)s of %(total)s points") % {
                "need": self.need,
                "total": self.total,
            }
        have = _("%(have)s of %(need)s") % {"have": self.have, "need": self.need}
        return f"{wants}: {have}"


@dataclass(frozen=True, slots=True)
class ExplainedStage:
    """A stage with its rule. `optional` are milestones that the rule does not count."""

    stage: Stage
    rule: ExplainedRule
    optional: tuple[EvaluatedMilestone, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A set of milestones that would complete the pathway, none of them superfluous.

    `hours` is their estimated effort. `first` are milestones outside of the set that have to be
    reached or handed in before some of it opens; no rule asks for them.
    """

    milestones: tuple[EvaluatedMilestone, ...]
    hours: int
    first: tuple[EvaluatedMilestone, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The tree, and what is still missing: the fewest milestones (of several such sets one of the
    fewest hours), and the fewest hours (of several one of the fewest milestones).
    """

    complete: bool
    percent: int
    stages: tuple[ExplainedStage, ...]
    fewest: Missing
    shortest: Missing


def explanation(evaluation: Evaluation) -> Explanation:
    """Explain an evaluation. The pathway is complete when all stages are."""
    plan = evaluation.pathway.plans[evaluation.track]
    rows = tuple(evaluation.milestones.values())
    done = [row.complete for row in rows]
    stages: list[ExplainedStage] = []
    for leg, stage in zip(plan.legs, evaluation.stages, strict=True):
        counted = set(_leaves(leg.root))
        stages.append(
            ExplainedStage(
                stage=leg.stage,
                rule=_explained(leg.root, rows, done, weight=1, required=True),
                optional=tuple(
                    row
                    for n, row in zip(leg.steps, stage.milestones, strict=True)
                    if n not in counted
                ),
            )
        )
    hours = [row.milestone.effort_hours for row in rows]
    roots = [leg.root for leg in plan.legs]
    return Explanation(
        complete=evaluation.complete,
        percent=evaluation.percent,
        stages=tuple(stages),
        fewest=_missing(evaluation, roots, done, [_MANY_HOURS + price for price in hours]),
        shortest=_missing(
            evaluation, roots, done, [price * _MANY_MILESTONES + 1 for price in hours]
        ),
    )


def _explained(
    branch: Branch,
    rows: Sequence[EvaluatedMilestone],
    done: Sequence[bool],
    *,
    weight: int,
    required: bool,
) -> ExplainedRule:
    rule = branch.rule
    weight_of = dict(rule.weights)
    parts: list[tuple[int, ExplainedRule | ExplainedMilestone]] = []
    have = total = 0
    for must, group in ((True, branch.required), (False, branch.others)):
        for part in group:
            found: ExplainedRule | ExplainedMilestone
            if isinstance(part, Branch):
                own = part.rule.weight
                found = _explained(part, rows, done, weight=own, required=must)
            else:
                own = weight_of.get(rows[part].key, 1)
                found = ExplainedMilestone(rows[part], own, must)
            total += own
            have += own if is_met(part, done) else 0
            parts.append((_first(part), found))
    return ExplainedRule(
        rule=rule,
        # In the order of the milestones, the required ones among the others.
        parts=tuple(found for _, found in sorted(parts, key=lambda pair: pair[0])),
        met=is_met(branch, done),
        have=have,
        need=rule.needed(total),
        total=total,
        weight=weight,
        required=required,
    )


def _leaves(part: int | Branch) -> list[int]:
    if isinstance(part, int):
        return [part]
    return [n for inner in (*part.required, *part.others) for n in _leaves(inner)]


def _first(part: int | Branch) -> int:
    return min(_leaves(part))


def _missing(
    evaluation: Evaluation, roots: Sequence[Branch], done: Sequence[bool], cost: Sequence[int]
) -> Missing:
    rows = tuple(evaluation.milestones.values())
    chosen = [n for root in roots for n in cheapest(root, done, cost)[1]]
    milestones = tuple(rows[n] for n in sorted(chosen))
    before = {key for row in milestones for key in row.blocked_by}
    waiting = list(before)
    while waiting:
        new = set(evaluation.milestones[waiting.pop()].blocked_by) - before
        before |= new
        waiting.extend(new)
    before -= {row.key for row in milestones}
    return Missing(
        milestones=milestones,
        hours=sum(row.milestone.effort_hours for row in milestones),
        first=tuple(row for key, row in evaluation.milestones.items() if key in before),
    )
