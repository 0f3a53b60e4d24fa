"""Whether completion rules fit their stage, and can be met on every track."""

from collections.abc import Iterator

from backend.words import gettext as _
from backend.words import ngettext
from progress.document.errors import Code, Path, Problem
from progress.document.model import Document, Rule, RuleKind, Stage


def rule_misfits(document: Document) -> Iterator[Problem]:
    """Every problem of rules, in a fixed order. Silent where stand-ins would speak."""
    tracks = [key for key in dict.fromkeys(part.key for part in document.tracks) if key]
    for s, stage in enumerate(document.stages):
        if not stage.milestones:
            continue  # too short, or unreadable: noted already
        path: Path = ("stages", s, "rule")
        misnamed = [*_unknown(stage, stage.rule, path), *_twice(stage, path)]
        yield from misnamed
        if misnamed or not all(key for _, key in _leaves(stage.rule, path)):
            continue  # counting what is not there would tell of it twice
        unmeetable = [*_unmeetable(stage, stage.rule, path)]
        yield from unmeetable
        if unmeetable:
            continue
        for track in tracks:
            yield from _too_small_on(stage, track, path)


def _unknown(stage: Stage, rule: Rule, path: Path) -> Iterator[Problem]:
    known = {milestone.key for milestone in stage.milestones}
    for i, part in enumerate(rule.of or ()):
        if isinstance(part, Rule):
            yield from _unknown(stage, part, (*path, "of", i))
        elif part and part not in known:
            message = _("the stage has no milestone %(key)s") % {"key": part}
            yield Problem((*path, "of", i), Code.UNKNOWN_MILESTONE, message, stage.key)
    direct = known if rule.of is None else {part for part in rule.of if isinstance(part, str)}
    if "" in direct:
        return  # what it counts is not known
    named = [((*path, "required", i), key) for i, key in enumerate(rule.required)]
    named += [((*path, "weights", key), key) for key, _ in rule.weights]
    for at, key in named:
        if key and key not in direct:
            message = _("%(key)s is not a milestone that this rule counts") % {"key": key}
            yield Problem(at, Code.UNKNOWN_MILESTONE, message, stage.key)


def _twice(stage: Stage, path: Path) -> Iterator[Problem]:
    """A milestone that counts in two places would make *the fewest still missing* a puzzle, for
    learners as well.
    """
    seen: set[str] = set()
    for at, key in _leaves(stage.rule, path):
        if key in seen:
            message = _("%(key)s is counted in two places of the rule") % {"key": key}
            yield Problem(at, Code.COUNTED_TWICE, message, stage.key)
        if key:
            seen.add(key)


def _leaves(rule: Rule, path: Path) -> Iterator[tuple[Path, str]]:
    for i, part in enumerate(rule.of or ()):
        if isinstance(part, Rule):
            yield from _leaves(part, (*path, "of", i))
        else:
            yield (*path, "of", i), part


def _unmeetable(stage: Stage, rule: Rule, path: Path) -> Iterator[Problem]:
    parts = stage.parts if rule.of is None else rule.of
    for i, part in enumerate(parts):
        if isinstance(part, Rule):
            yield from _unmeetable(stage, part, (*path, "of", i))
    there = sum(map(rule.weight_of, parts))
    if rule.needed(there) > there:
        said = (
            _("wants at least %(count)s of %(total)s milestones")
            if rule.of is None
            else _("wants at least %(count)s of %(total)s parts")
        )
        if rule.kind is RuleKind.BY_WEIGHT:
            message = _(
                "wants a weight of at least %(count)s, and all together weigh %(total)s"
            ) % {"count": rule.count, "total": there}
        else:
            message = said % {"count": rule.count, "total": there}
        yield Problem((*path, "count"), Code.UNMEETABLE_RULE, message, stage.key)
    elif rule.kind is RuleKind.AT_LEAST and len(rule.required) > rule.needed(there):
        message = _("wants at least %(count)s and requires %(required)s") % {
            "count": rule.count,
            "required": len(rule.required),
        }
        yield Problem((*path, "required"), Code.UNMEETABLE_RULE, message, stage.key)


def _too_small_on(stage: Stage, track: str, path: Path) -> Iterator[Problem]:
    on = {milestone.key for milestone in stage.milestones if milestone.is_on(track)}
    if any(_is_there(part, on) for part in stage.parts):
        yield from _short_on(stage, stage.rule, on, track, path)
        return
    wanted = stage.rule.count if stage.rule.kind is RuleKind.AT_LEAST else 1
    message = _("on the track %(track)s this stage has %(has)s and wants %(wanted)s") % {
        "track": track,
        "has": ngettext("%(count)s milestone", "%(count)s milestones", 0) % {"count": 0},
        "wanted": wanted,
    }
    yield Problem(path, Code.STAGE_TOO_SMALL_ON_TRACK, message, stage.key)


def _short_on(stage: Stage, rule: Rule, on: set[str], track: str, path: Path) -> Iterator[Problem]:
    """Groups of which nothing is on the track are left out there, and so want nothing."""
    total = 0
    for i, part in enumerate(stage.parts if rule.of is None else rule.of):
        if not _is_there(part, on):
            continue
        total += rule.weight_of(part)
        if isinstance(part, Rule):
            yield from _short_on(stage, part, on, track, (*path, "of", i))
    if rule.needed(total) > total:
        has = ngettext("%(count)s milestone", "%(count)s milestones", total)
        if rule.of is not None:
            has = ngettext("%(count)s part", "%(count)s parts", total)
        if rule.kind is RuleKind.BY_WEIGHT:
            has = _("a weight of %(count)s")
        said = (
            _("on the track %(track)s this group has %(has)s and wants %(wanted)s")
            if "of" in path
            else _("on the track %(track)s this stage has %(has)s and wants %(wanted)s")
        )
        message = said % {"track": track, "has": has % {"count": total}, "wanted": rule.count}
        yield Problem(path, Code.STAGE_TOO_SMALL_ON_TRACK, message, stage.key)


def _is_there(part: str | Rule, on: set[str]) -> bool:
    if isinstance(part, Rule):
        return any(_is_there(inner, on) for inner in part.of or ())
    return part in on


def identified_groups(rule: Rule, path: Path) -> Iterator[tuple[Path, str]]:
    """The identifier of each group inside a rule, with the group's place."""
    for i, part in enumerate(rule.of or ()):
        if isinstance(part, Rule):
            yield (*path, "of", i), part.identifier
            yield from identified_groups(part, (*path, "of", i))
