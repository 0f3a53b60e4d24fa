"""Pathway documents as data: one small by hand, and strategies for many."""

import copy
import itertools
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]


def milestone(key: str, **changes: Any) -> Data:
    """A self-verified milestone of one hour with only what a milestone must have."""
    return {
        "key": key,
        "title": key.title(),
        "kind": "skill",
        "summary": "What it is.",
        "effort_hours": 1,
        "verified_by": "self",
        "steps": ["Do it."],
        "done_when": ["It is done."],
        **changes,
    }


def mentored(key: str, **changes: Any) -> Data:
    """A milestone that a mentor verifies."""
    rubric = [{"key": "good", "title": "Good", "looks_for": "It is good."}]
    return milestone(key, verified_by="mentor", rubric=rubric, **changes)


def stage(key: str, *milestones: Data, **changes: Any) -> Data:
    return {
        "key": key,
        "title": key.title(),
        "summary": "What it is about.",
        "milestones": list(milestones),
        **changes,
    }


def pathway(*stages: Data, tracks: tuple[str, ...] = ("main",), **changes: Any) -> Data:
    """A pathway with these stages, and one role that weights every milestone by 1."""
    keys = [part["key"] for one in stages for part in one["milestones"]]
    return {
        "format": 1,
        "slug": "sample",
        "title": "Sample",
        "summary": "A sample.",
        "audience": "Tests.",
        "duration": "No time.",
        "tracks": [
            {"key": key, "title": key, "summary": "One way.", "suits": "Some."} for key in tracks
        ],
        "roles": [
            {
                "key": "tester",
                "title": "Tester",
                "summary": "Tests.",
                "weights": dict.fromkeys(keys, 1),
            }
        ],
        "stages": list(stages),
        **changes,
    }


def full() -> Data:
    """A small pathway that uses every field of the format."""
    return copy.deepcopy(_FULL)


_UUID = "00000000-0000-4000-8000-00000000000{}"
_FULL = pathway(
    stage(
        "ground",
        mentored(
            "walk",
            evidence={"required": True, "hint": "A picture."},
            waivable=True,
            topics=["legs"],
        ),
        milestone("rest", prerequisites=["walk"], tracks=["north"], track_notes={"north": "Sit."}),
        rule={"kind": "all_of", "count": None},
    ),
    stage(
        "heights",
        milestone("climb", effort_hours=20, prerequisites=["walk", "rest"], tracks=None),
        milestone("fly", effort_hours=5, kind="project"),
        rule={"kind": "at_least", "count": 1},
    ),
    stage(
        "peaks",
        milestone("ridge", replaces=["saddle", "spur"], identifier=_UUID.format(3)),
        milestone("summit", alignment=[{"uri": "https://example.org/summit", "title": "Summit"}]),
        milestone("cairn"),
        milestone("crest", not_on=["south"]),
        milestone("glacier"),
        milestone("cave"),
        rule={
            "kind": "by_weight",
            "count": 7,
            "of": [
                "ridge",
                "summit",
                {
                    "title": "One of two",
                    "kind": "at_least",
                    "count": 2,
                    "of": ["glacier", {"kind": "all_of", "of": ["crest", "cairn"]}],
                    "required": ["glacier"],
                    "weight": 4,
                    "identifier": _UUID.format(4),
                },
            ],
            "required": ["ridge"],
            "weights": {"ridge": 2, "summit": 3},
        },
        identifier=_UUID.format(2),
    ),
    tracks=("north", "south"),
    identifier=_UUID.format(1),
    beyond="More hills.",
    industries=[{"key": "tourism", "title": "Tourism"}],
    track_guidance="North is colder.",
)

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12
).filter(lambda text: text.strip())


@st.composite
def pathways(draw: st.DrawFn, *, most: int = 10) -> Data:
    """Valid documents of up to `most` milestones: any DAG, tracks, rules, verifiers, texts."""
    tracks = tuple(f"t{n}" for n in range(draw(st.integers(1, 3))))
    count = draw(st.integers(1, most))
    made = [draw(_milestones(n, tracks)) for n in range(count)]
    cuts = draw(st.sets(st.integers(1, count - 1), max_size=3)) if count > 1 else set()
    edges = [0, *sorted(cuts), count]
    stages = [_fitting(draw, f"s{a}", made[a:b], tracks) for a, b in itertools.pairwise(edges)]
    # Order of writing is no order of prerequisites: a later stage may be needed by an earlier one.
    data = pathway(*draw(st.permutations(stages)), tracks=tracks)
    data["title"] = draw(_WORDS)
    everywhere = [part["key"] for part in made if part.get("tracks") is None]
    weights = draw(st.dictionaries(st.sampled_from([p["key"] for p in made]), st.integers(1, 10)))
    data["roles"][0]["weights"] = {everywhere[0]: 3, **weights} if everywhere else weights
    if not everywhere:
        data["roles"][0]["weights"] = dict.fromkeys((part["key"] for part in made), 1)
    return data


@st.composite
def _milestones(draw: st.DrawFn, n: int, tracks: tuple[str, ...]) -> Data:
    make = draw(st.sampled_from([milestone, mentored]))
    data: Data = make(f"m{n}", effort_hours=draw(st.integers(1, 200)))
    data["summary"] = draw(_WORDS)
    if n:
        earlier = st.sampled_from([f"m{k}" for k in range(n)])
        data["prerequisites"] = draw(st.lists(earlier, unique=True, max_size=3))
    if draw(st.booleans()):
        data["tracks"] = draw(st.lists(st.sampled_from(tracks), unique=True, min_size=1))
    if draw(st.booleans()):
        data["waivable"] = draw(st.booleans())
        data["topics"] = draw(st.lists(_WORDS, max_size=2))
    return data


def _fitting(draw: st.DrawFn, key: str, made: list[Data], tracks: tuple[str, ...]) -> Data:
    """A stage of these milestones with a rule that can be met on every track."""
    on = {part["key"]: set(part.get("tracks") or tracks) for part in made}
    if set().union(*on.values()) != set(tracks):
        for part in made:
            part["tracks"] = None
        on = {key: set(tracks) for key in on}
    if draw(st.booleans()):
        fewest = min(sum(track in own for own in on.values()) for track in tracks)
        rule = draw(
            st.sampled_from([{"kind": "all_of"}])
            | st.builds(lambda n: {"kind": "at_least", "count": n}, st.integers(1, fewest))
        )
        return stage(key, *made, rule=rule)
    return stage(key, *made, rule=_nested(draw, draw(st.permutations(list(on))), on, 1))


def _nested(draw: st.DrawFn, keys: list[str], on: dict[str, set[str]], depth: int) -> Data:
    """A rule over all of `keys`, some of them in groups, that can be met on every track."""
    kind = draw(st.sampled_from(["all_of", "at_least", "by_weight"]))
    rule: Data = {"kind": kind}
    parts: list[Any] = []
    while keys:
        size = draw(st.integers(1, len(keys)))
        group, keys = keys[:size], keys[size:]
        if size == 1 or depth == 5 or draw(st.booleans()):
            parts += group
        else:
            parts.append(_nested(draw, group, on, depth + 1))
    direct = [part for part in parts if isinstance(part, str)]
    if kind == "by_weight":
        weights = st.integers(1, 6)
        if direct:
            rule["weights"] = draw(st.dictionaries(st.sampled_from(direct), weights))
        parts = [p if isinstance(p, str) else {**p, "weight": draw(weights)} for p in parts]
    rule["of"] = parts
    if kind != "all_of":
        tracks = {track for key in leaves(rule) for track in on[key]}
        there = [
            sum(weight_in(rule, p) for p in parts if any(track in on[k] for k in leaves(p)))
            for track in tracks
        ]
        rule["count"] = draw(st.integers(1, min(there)))
        if direct and draw(st.booleans()):
            most = rule["count"] if kind == "at_least" else None
            rule["required"] = draw(st.lists(st.sampled_from(direct), unique=True, max_size=most))
    return rule


def leaves(part: Any) -> list[str]:
    """The milestones that a part of a rule counts."""
    if isinstance(part, str):
        return [part]
    return [key for inner in part["of"] for key in leaves(inner)]


def weight_in(rule: Data, part: Any) -> int:
    """What a part weighs in a rule."""
    if rule["kind"] != "by_weight":
        return 1
    weight = rule.get("weights", {}).get(part, 1) if isinstance(part, str) else part["weight"]
    return int(weight)
