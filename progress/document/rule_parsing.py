"""Reading completion rules, which nest."""

from dataclasses import replace
from functools import partial
from typing import Final

from backend.words import gettext as _
from progress.document.errors import Code
from progress.document.model import Rule, RuleKind
from progress.document.reading import Reader

MAX_MILESTONES_IN_STAGE: Final = 500
MAX_RULE_DEPTH: Final = 5
"""Levels of rules in a stage: its own, and four of groups. Nobody can follow more."""
MAX_COUNT: Final = 500
MAX_RULE_WEIGHT: Final = 100
_TITLE: Final = 80
_EVERYTHING: Final = Rule(RuleKind.ALL_OF, None)
_UNREADABLE: Final = ("",)
"""What a group counts that could not be read: the checks say nothing of it."""


def read_rule(read: Reader | None) -> Rule:
    """A stage's rule, down to its last group; *all of* its milestones if it is left out."""
    if read is None or not read.is_mapping:
        return _EVERYTHING
    rule = _rule(read, 1)
    read.close()
    return rule


def _rule(read: Reader, depth: int) -> Rule:
    kind = read.choice("kind", RuleKind)
    count = None
    if kind in {RuleKind.AT_LEAST, RuleKind.BY_WEIGHT}:
        count = read.integer("count", 1, MAX_COUNT)
    elif not read.is_null("count") and kind is RuleKind.ALL_OF:
        read.problem("count", Code.BAD_VALUE, _("all_of wants every milestone and takes no count"))
    if kind is RuleKind.ALL_OF and read.has("required"):
        read.problem(
            "required", Code.BAD_VALUE, _("all_of requires each of its milestones as it is")
        )
    if kind not in {RuleKind.BY_WEIGHT, None} and read.has("weights"):
        read.problem(
            "weights", Code.BAD_VALUE, _("%(kind)s counts, only by_weight weighs") % {"kind": kind}
        )
    of: tuple[str | Rule, ...] | None = None
    if depth > 1 or read.has("of"):
        group = partial(_group, depth=depth + 1, around=kind)
        of = read.keys_and_parts("of", group, 1, MAX_MILESTONES_IN_STAGE) or _UNREADABLE
    return Rule(
        kind=kind or RuleKind.ALL_OF,  # a stand-in: the problem is noted, and parse raises
        count=count,
        of=of,
        required=read.keys("required", 0, MAX_MILESTONES_IN_STAGE),
        weights=read.weights("weights", 1, MAX_RULE_WEIGHT, required=False),
    )


def _group(read: Reader, *, depth: int, around: RuleKind | None) -> Rule:
    if depth > MAX_RULE_DEPTH:
        read.problem(
            "of",
            Code.TOO_DEEP,
            _("rules nest %(levels)s levels deep, not more") % {"levels": MAX_RULE_DEPTH},
        )
        read.ignore_the_rest()
        return replace(_EVERYTHING, of=_UNREADABLE)
    title = read.line("title", _TITLE) if read.has("title") else ""
    weight = read.integer("weight", 1, MAX_RULE_WEIGHT) if read.has("weight") else 1
    if around not in {RuleKind.BY_WEIGHT, None} and read.has("weight"):
        read.problem(
            "weight",
            Code.BAD_VALUE,
            _("%(kind)s counts, only in by_weight a group weighs") % {"kind": around},
        )
    rule = _rule(read, depth)
    return replace(rule, title=title, weight=weight, identifier=read.uuid("identifier"))
