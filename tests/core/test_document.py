"""Parsing: what is good comes through unchanged, what is bad is all told, each at its place."""

import copy
import dataclasses
import hashlib
import json

import pytest
from hypothesis import given

from progress.document import Alignment, Code, DocumentErrors, Problem, RuleKind, parse, to_json
from tests.core.mistakes import M0, MISTAKES, RULE
from tests.core.samples import full, mentored, milestone, pathway, pathways, stage


def problems(data):
    with pytest.raises(DocumentErrors) as caught:
        parse(data)
    return caught.value.problems


def changed(path, value):
    """The full sample with one place changed; `...` takes the place away."""
    data = full()
    *way, last = path
    at = data
    for part in way:
        at = at[part]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return data


def like_jsonb(value):
    """What a jsonb column gives back: the same data, object fields by length and then by name."""
    if isinstance(value, dict):
        return {k: like_jsonb(value[k]) for k in sorted(value, key=lambda k: (len(k), k))}
    return [like_jsonb(item) for item in value] if isinstance(value, list) else value


@given(pathways())
def test_a_stored_document_comes_back_equal(data):
    document = parse(data)
    stored = like_jsonb(json.loads(json.dumps(to_json(document))))
    assert parse(stored) == document
    assert json.dumps(to_json(parse(stored))) == json.dumps(to_json(document))


def test_every_field_comes_back_equal():
    document = parse(full())
    assert parse(like_jsonb(to_json(document))) == document
    assert document.stages[0].milestones[0].evidence.hint == "A picture."
    assert document.stages[0].milestones[1].track_notes == (("north", "Sit."),)
    assert document.roles[0].weights[:2] == (("cairn", 1), ("cave", 1))  # sorted
    ridge, summit, _, crest, *_ = document.stages[2].milestones
    assert (ridge.replaces, crest.not_on) == (("saddle", "spur"), ("south",))
    assert summit.alignment == (Alignment("https://example.org/summit", "Summit"),)
    assert [on for on in ("north", "south") if crest.is_on(on)] == ["north"]
    group = document.stages[2].rule.of[2]
    assert (group.title, group.weight, group.required) == ("One of two", 4, ("glacier",))
    assert document.beyond == "More hills."
    assert document.industries[0].title == "Tourism"
    assert document.track_guidance == "North is colder."


def test_the_normalized_form_writes_defaults_out():
    data = to_json(parse(pathway(stage("s", milestone("a")))))
    assert data["stages"][0]["rule"] == {"kind": "all_of", "count": None}
    assert data["stages"][0]["milestones"][0] == {
        "key": "a",
        "title": "A",
        "kind": "skill",
        "summary": "What it is.",
        "effort_hours": 1,
        "verified_by": "self",
        "steps": ["Do it."],
        "done_when": ["It is done."],
        "evidence": {"required": False, "hint": ""},
        "rubric": [],
        "prerequisites": [],
        "tracks": None,
        "track_notes": {},
        "waivable": False,
        "topics": [],
    }
    assert (data["format"], data["beyond"], data["industries"], data["track_guidance"]) == (
        1,
        "",
        [],
        "",
    )


def test_texts_are_stripped_and_whole_floats_are_numbers():
    document = parse(pathway(stage("s", milestone("a", summary=" folded\n", effort_hours=3.0))))
    assert document.milestones[0].summary == "folded"
    assert repr(document.milestones[0].effort_hours) == "3"


def test_a_document_cannot_be_changed():
    document = parse(full())
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.title = "Other"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.stages[0].milestones[0].effort_hours = 0  # type: ignore[misc]


def test_parsing_leaves_its_input_alone():
    data = full()
    before = copy.deepcopy(data)
    parse(data)
    assert data == before


@pytest.mark.parametrize(("path", "value", "code", "where", "key", "words"), MISTAKES)
def test_each_mistake_is_told_at_its_place(path, value, code, where, key, words):
    found = [p for p in problems(changed(path, value)) if (p.code, p.where) == (code, where)]
    assert [p.key for p in found] == [key]
    assert words in found[0].message


def test_each_code_for_data_has_a_mistake():
    for_text_only = {
        Code.TOO_LARGE,
        Code.NOT_UTF8,
        Code.NOT_YAML,
        Code.TOO_DEEP,
        Code.REPEATED_FIELD,
        Code.ANCHOR_OR_TAG,
    }
    of_succession = {
        Code.SLUG_CHANGED,
        Code.RENAMED_WITHOUT_REPLACES,
        Code.UNKNOWN_REPLACED,
        Code.REMOVED_WITHOUT_REPLACES,
    }
    assert {row[2] for row in MISTAKES} == set(Code) - for_text_only - of_succession


@pytest.mark.parametrize("data", [None, [], "x", 3, True, {1: 2}, {"stages": [[]]}])
def test_what_is_no_document_at_all_is_refused(data):
    assert problems(data)


def test_one_wrong_type_at_the_root_is_one_problem():
    assert problems([]) == (Problem((), Code.WRONG_TYPE, "must be a mapping, not a list"),)


def test_all_problems_come_at_once():
    data = full()
    data["title"] = ""
    data["tracks"][0]["suits"] = None
    data["stages"][0]["milestones"][0]["effort_hours"] = -1
    data["stages"][1]["milestones"][0]["prerequisites"] = ["swim"]
    data["stages"][1]["milestones"][1]["prerequisites"] = ["fly"]
    data["stages"][1]["extra"] = 1
    assert [p.where for p in problems(data)] == [
        "title",
        "tracks[0].suits",
        "stages[0].milestones[0].effort_hours",
        "stages[1].extra",
        "stages[1].milestones[0].prerequisites[0]",
        "stages[1].milestones[1].prerequisites",
    ]


def test_one_mistake_does_not_cause_others():
    # The key is unreadable, so nothing is known about who refers to it; the rest still stands.
    data = changed((*M0, "title"), None)
    assert [p.where for p in problems(data)] == ["stages[0].milestones[0].title"]
    data = changed(("stages", 1, "rule"), "any")
    assert [p.where for p in problems(data)] == ["stages[1].rule"]
    data = changed(("tracks", 1, "key"), "South!")
    del data["stages"][2]["milestones"][3]["not_on"]
    assert [p.where for p in problems(data)] == ["tracks[1].key"]
    for path in ((*RULE, "of", 2, "of"), (*RULE, "of", 2, "of", 1), (*RULE, "of")):
        (problem,) = problems(changed(path, 5))
        assert problem.path == path


def test_a_cycle_is_told_whole_and_each_cycle_is_told():
    data = pathway(
        stage(
            "s",
            milestone("z", prerequisites=["b"]),
            milestone("a", prerequisites=["c"]),
            milestone("b", prerequisites=["a"]),
            milestone("c", prerequisites=["b"]),
            milestone("d", prerequisites=["d"]),
            milestone("e", prerequisites=["a"]),
        )
    )
    told = [p.message for p in problems(data)]
    assert len(told) == 2
    assert any("d needs d" in message for message in told)
    # From its first milestone on, wherever it was found.
    assert "these wait for each other: a needs c, c needs b, b needs a" in told


def test_a_long_cycle_does_not_exhaust_the_stack():
    ring = [mentored(f"m{n}", prerequisites=[f"m{(n + 1) % 500}"]) for n in range(500)]
    (problem,) = problems(pathway(stage("s", *ring)))
    assert problem.code is Code.CYCLE
    assert problem.message.count(" needs ") == 500


def test_a_rule_must_be_meetable_on_every_track():
    rule = {"kind": "at_least", "count": 2}
    parts = [milestone("a"), milestone("b", tracks=["north"]), milestone("c", tracks=["north"])]
    data = pathway(stage("s", *parts, rule=rule), tracks=("north", "south"))
    (problem,) = problems(data)
    assert problem.code is Code.STAGE_TOO_SMALL_ON_TRACK
    assert problem.message == "on the track south this stage has 1 milestone and wants 2"


def test_a_rule_says_how_much_it_needs():
    document = parse(full())
    assert document.stages[0].rule.kind is RuleKind.ALL_OF
    assert [part.rule.needed(7) for part in document.stages] == [7, 1, 7]


def nested(levels):
    rule = {"kind": "all_of", "of": ["a"]}
    for _ in range(levels - 1):
        rule = {"kind": "all_of", "of": [rule]}
    return pathway(stage("s", milestone("a"), rule=rule))


def test_rules_nest_five_levels_deep_and_no_deeper():
    assert parse(nested(5)).stages[0].rule.of
    for levels in (6, 7, 900):
        (problem,) = problems(nested(levels))
        assert (problem.code, problem.where) == (
            Code.TOO_DEEP,
            "stages[0].rule" + ".of[0]" * 5 + ".of",
        )


def test_a_group_of_which_nothing_is_on_a_track_is_left_out_there():
    group = {"kind": "all_of", "of": ["b", "c"]}
    parts = [milestone("a"), milestone("b", not_on=["south"]), milestone("c", tracks=["north"])]
    rule = {"kind": "all_of", "of": ["a", group]}
    parse(pathway(stage("s", *parts, rule=rule), tracks=("north", "south")))
    rule = {"kind": "at_least", "count": 2, "of": ["a", group]}
    (problem,) = problems(pathway(stage("s", *parts, rule=rule), tracks=("north", "south")))
    assert problem.message == "on the track south this stage has 1 part and wants 2"


def test_a_rule_that_requires_more_than_it_wants_is_told():
    rule = {"kind": "at_least", "count": 1, "required": ["a", "b"]}
    (problem,) = problems(pathway(stage("s", milestone("a"), milestone("b"), rule=rule)))
    assert (problem.code, problem.message) == (
        Code.UNMEETABLE_RULE,
        "wants at least 1 and requires 2",
    )


def test_an_edition_published_before_the_format_grew_looks_as_it_did():
    """The digest is that of the first release: learners are pinned to what was published then."""
    rule = {"kind": "at_least", "count": 1}
    parts = [mentored("a", tracks=["main"]), milestone("b", prerequisites=["a"], topics=["x"])]
    data = to_json(parse(pathway(stage("s", *parts, rule=rule), stage("t", milestone("c")))))
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == (
        "029e57516b0aa7e4147de5cb3b98b0d7650993055d5f67ae1253502fde64683e"
    )


def test_what_came_later_is_written_only_where_it_says_something():
    data = to_json(parse(full()))
    assert data["stages"][2]["rule"] == full()["stages"][2]["rule"] | {
        "of": [
            "ridge",
            "summit",
            full()["stages"][2]["rule"]["of"][2]
            | {"of": ["glacier", {"kind": "all_of", "count": None, "of": ["crest", "cairn"]}]},
        ]
    }
    ridge, summit, cairn, crest, *_ = data["stages"][2]["milestones"]
    assert set(ridge) - set(cairn) == {"replaces", "identifier"}
    assert set(summit) - set(cairn) == {"alignment"}
    assert set(crest) - set(cairn) == {"not_on"}


def test_a_problem_reads_as_one_line():
    problem = Problem(("stages", 0, "title"), Code.MISSING_FIELD, "title is missing", "ground", 7)
    assert str(problem) == "line 7: stages[0].title: title is missing (in ground)"
    assert str(DocumentErrors([problem, problem])).count("\n") == 1
