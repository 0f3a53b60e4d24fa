"""What differs between two editions, and what keeps one from following another."""

import copy

import pytest
from hypothesis import given

from progress.document import Code, DocumentErrors, lines_of, parse, parse_yaml
from progress.editions import FieldChange, check_succession, diff
from tests.core.samples import full, mentored, milestone, pathway, pathways, stage


def between(old, new):
    return diff(parse(old), parse(new))


def keys(parts):
    return [part.key for part in parts]


OLD = pathway(
    stage("s", mentored("a"), mentored("b", prerequisites=["a"]), milestone("c")),
    stage("t", milestone("d"), milestone("e"), rule={"kind": "at_least", "count": 1}),
    tracks=("north", "south"),
)


def changed(**by_key):
    """OLD with milestones replaced: by another, by several, or by none."""
    data = copy.deepcopy(OLD)
    for one in data["stages"]:
        one["milestones"] = [
            new for part in one["milestones"] for new in by_key.get(part["key"], [part])
        ]
    there = {part["key"] for one in data["stages"] for part in one["milestones"]}
    data["roles"][0]["weights"] = dict.fromkeys(there, 1)
    return data


def test_added_and_removed():
    found = between(OLD, changed(c=[milestone("n")]))
    assert (keys(found.added), keys(found.removed)) == (["n"], ["c"])
    assert not any([found.moved, found.merged, found.split, found.changed])


def test_a_moved_key_is_one_change_wherever_it_is_named():
    parts = {
        "a": [mentored("z", replaces=["a"], title="A")],
        "b": [mentored("b", prerequisites=["z"])],
    }
    found = between(OLD, changed(**parts))
    assert [(move.old.key, move.new.key) for move in found.moved] == [("a", "z")]
    assert not any([found.added, found.removed, found.changed, found.rules, found.others])
    nested = {"kind": "at_least", "count": 2, "required": ["a"], "of": ["a", "b", "c"]}
    old, new = changed(), changed(**parts)
    old["stages"][0]["rule"] = nested
    new["stages"][0]["rule"] = {**nested, "required": ["z"], "of": ["z", "b", "c"]}
    assert not between(old, new).rules
    new["stages"][0]["rule"]["required"] = ["b"]
    assert [one.stage.key for one in between(old, new).rules] == ["s"]


def test_merges_and_splits():
    found = between(
        OLD, changed(d=[], e=[milestone("de", replaces=["d", "e"])], c=[milestone("c")])
    )
    assert [(keys(one.old), one.new.key) for one in found.merged] == [(["d", "e"], "de")]
    assert not any([found.added, found.removed, found.changed])
    new = changed(c=[milestone("c"), milestone("c2", replaces=["c"])])
    found = between(OLD, new)
    assert [(one.old.key, keys(one.new)) for one in found.split] == [("c", ["c", "c2"])]
    assert not any([found.added, found.removed, found.changed, found.moved])


def test_what_is_different_about_a_milestone():
    new = changed(
        b=[mentored("b", title="Better", effort_hours=3, prerequisites=["c"], tracks=["south"])],
        c=[],
    )
    new["stages"][1]["milestones"].append(milestone("c"))
    changes = {one.new.key: one.changes for one in between(OLD, new).changed}
    assert changes == {
        "b": (
            FieldChange("title", "B", "Better"),
            FieldChange("effort_hours", 1, 3),
            FieldChange("prerequisites", ["a"], ["c"]),
            FieldChange("tracks", ["north", "south"], ["south"]),
        ),
        "c": (FieldChange("stage", "s", "t"),),
    }
    assert keys(one.new for one in between(OLD, new).retitled) == ["b"]


def test_a_track_said_in_another_way_or_new_is_no_change_of_the_milestone():
    new = changed(a=[mentored("a", tracks=["north", "south"])])
    assert between(OLD, new).is_empty
    new = copy.deepcopy(OLD)
    new["tracks"].append({"key": "west", "title": "West", "summary": "W.", "suits": "W."})
    found = between(OLD, new)
    assert keys(found.tracks_added) == ["west"]
    assert not found.changed


def test_rules_stages_tracks_roles_and_the_words_around():
    new = copy.deepcopy(OLD)
    new["title"] = "Other"
    new["tracks"][1]["suits"] = "All."
    new["tracks"][0]["key"] = "east"
    new["roles"].append({**new["roles"][0], "key": "second"})
    new["roles"][0]["weights"]["a"] = 9
    new["stages"][1]["rule"] = {"kind": "all_of"}
    new["stages"].append(stage("u", milestone("x")))
    found = between(OLD, new)
    assert (keys(found.tracks_added), keys(found.tracks_removed)) == (["east"], ["north"])
    assert (keys(found.roles_added), keys(found.roles_removed)) == (["second"], [])
    assert (keys(found.stages_added), keys(found.stages_removed)) == (["u"], [])
    (rule,) = found.rules
    assert (rule.stage.key, rule.before.count, rule.after.count) == ("t", 1, None)
    assert [(where, change.field) for where, change in found.others] == [
        ("", "title"),
        ("track south", "suits"),
        ("role tester", "weights"),
    ]
    assert keys(found.added) == ["x"]


@given(pathways(), pathways())
def test_a_difference_is_empty_exactly_if_no_more_than_order_differs(one, other):
    assert between(one, one).is_empty
    there, back = between(one, other), between(other, one)
    assert there.is_empty is back.is_empty
    assert keys(there.added) == keys(back.removed)
    assert {c.new.key for c in there.changed} == {c.new.key for c in back.changed}


# Succession ---------------------------------------------------------------------------------


def findings(new, *earlier):
    return check_succession([parse(data) for data in earlier or (OLD,)], parse(new))


def test_a_first_edition_follows_nothing():
    assert check_succession([], parse(full())) == check_succession([parse(OLD)], parse(OLD))
    assert not findings(OLD).errors


@pytest.mark.parametrize("title", ["Cost of a query", "cost  of a Query"])
def test_a_new_key_with_the_same_title_is_a_rename_that_needs_replaces(title):
    old = changed(c=[milestone("c", title="Cost of a query")])
    found = findings(changed(c=[milestone("n", title=title)]), old)
    (problem,) = found.errors
    assert (problem.code, problem.where, problem.key) == (
        Code.RENAMED_WITHOUT_REPLACES,
        "stages[0].milestones[2].key",
        "n",
    )
    assert problem.message == "it has the same title as c, which goes; add replaces: [c]"
    assert found.warnings == ()
    assert not findings(changed(c=[milestone("n", title=title, replaces=["c"])]), old).errors


def test_nearly_the_same_title_and_a_removal_are_warnings():
    old = changed(c=[milestone("c", title="Cost of a query")])
    found = findings(changed(c=[milestone("n", title="Costs of a query")]), old)
    (problem,) = found.warnings
    assert problem.code is Code.RENAMED_WITHOUT_REPLACES
    assert "nearly the same title" in problem.message
    found = findings(changed(c=[milestone("n", title="Something else")]), old)
    assert [(p.code, p.key) for p in found.warnings] == [(Code.REMOVED_WITHOUT_REPLACES, "c")]
    assert found.errors == ()


def test_a_slug_stays_and_replaces_names_what_there_was():
    found = findings({**OLD, "slug": "other"})
    assert [p.code for p in found.errors] == [Code.SLUG_CHANGED]
    new = changed(c=[milestone("c", replaces=["zero", "nobody"])])
    found = findings(new, changed(c=[milestone("zero")]), OLD)
    assert [(p.code, p.where) for p in found.errors] == [
        (Code.UNKNOWN_REPLACED, "stages[0].milestones[2].replaces[1]")
    ]


def test_findings_can_be_told_with_their_lines():
    text = (
        "{format: 1, slug: other, title: T, summary: S, audience: A, duration: D,\n"
        "tracks: [{key: main, title: M, summary: S, suits: S}],\n"
        "roles: [{key: r, title: R, summary: S, weights: {a: 1}}],\n"
        "stages: [{key: s, title: S, summary: S, milestones: [\n"
        "{key: a, title: A, kind: skill, summary: S, effort_hours: 1, verified_by: self,\n"
        "steps: [S], done_when: [D], replaces: [\n"
        "zero]}]}]}\n"
    )
    found = check_succession([parse(OLD)], parse_yaml(text))
    told = DocumentErrors(found.errors).with_lines(lines_of(text))
    assert [(p.code, p.line) for p in told.problems] == [
        (Code.SLUG_CHANGED, 1),
        (Code.UNKNOWN_REPLACED, 7),
    ]
