"""A document's text: YAML without traps, errors at their lines, hostile input refused cheaply."""

import contextlib
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from progress.document import MAX_BYTES, Code, Document, DocumentErrors, parse, parse_yaml
from tests.core.effort import calls
from tests.core.samples import full, milestone, pathway, pathways, stage

HEAD = """\
format: 1
slug: sample
title: Sample
summary: A sample.
audience: Tests.
duration: No time.
tracks:
  - {key: main, title: Main, summary: One way., suits: All.}
roles:
  - key: tester
    title: Tester
    summary: Tests.
    weights: {walk: 1}
"""
TEXT = f"""{HEAD}stages:
  - key: ground
    title: Ground
    summary: Flat.
    milestones:
      - key: walk
        title: Walk
        kind: skill
        summary: One foot,
          then the other.
        effort_hours: 3
        verified_by: self
        steps: [Go.]
        done_when:
          - You are there.
"""


def problems(text):
    with pytest.raises(DocumentErrors) as caught:
        parse_yaml(text)
    return caught.value.problems


def told(text):
    return [(p.code, p.line) for p in problems(text)]


def test_yaml_and_json_and_data_give_the_same_document():
    data = full()
    document = parse(data)
    assert parse_yaml(yaml.safe_dump(data)) == document
    assert parse_yaml(yaml.safe_dump(data).encode()) == document
    assert parse_yaml(json.dumps(data)) == document
    assert parse_yaml(json.dumps(data, indent=2).encode()) == document


@given(pathways(most=4))
def test_any_document_survives_being_written_as_yaml_or_json(data):
    assert parse_yaml(yaml.safe_dump(data, allow_unicode=True)) == parse(data)
    assert parse_yaml(json.dumps(data, ensure_ascii=False)) == parse(data)


@given(st.text(alphabet="0123456789.eE+-_:~nulxtrfas", min_size=1, max_size=8))
def test_text_that_looks_like_something_else_comes_back_as_text(text):
    data = pathway(stage("s", milestone("a", summary=text)))
    assert parse_yaml(yaml.safe_dump(data)).milestones[0].summary == text


def test_the_sample_is_good():
    assert parse_yaml(TEXT).milestones[0].summary == "One foot, then the other."


def test_problems_have_the_line_of_the_field_or_of_what_lacks_it():
    text = TEXT.replace("effort_hours: 3", "effort_hours: three").replace(
        "        title: Walk\n", "        titel: Walk\n"
    )
    assert [(p.code, p.where, p.line) for p in problems(text)] == [
        (Code.MISSING_FIELD, "stages[0].milestones[0].title", 19),
        (Code.UNKNOWN_FIELD, "stages[0].milestones[0].titel", 20),
        (Code.WRONG_TYPE, "stages[0].milestones[0].effort_hours", 24),
    ]
    assert str(problems(text)[2]) == (
        "line 24: stages[0].milestones[0].effort_hours: "
        "must be a whole number, not 'three' (in walk)"
    )


def test_a_field_whose_value_starts_below_is_told_at_its_name():
    text = TEXT.replace("done_when:\n          - You", "done_when:\n          -\n          - You")
    assert told(text) == [(Code.WRONG_TYPE, 28)]
    text = TEXT.replace("weights: {walk: 1}", "weights:\n      run: 1\n      walk: 1")
    assert told(text) == [(Code.UNKNOWN_MILESTONE, 14)]
    text = TEXT.replace("weights: {walk: 1}", "weights:\n      - 1")
    assert told(text) == [(Code.WRONG_TYPE, 13)]


@pytest.mark.parametrize(
    "word",
    ["no", "yes", "on", "off", "12:30", "2026-11-22", "0x10", "1_000", "08", "1e3", "-.5", "0E0"],
)
def test_words_that_old_yaml_would_turn_into_something_else_stay_text(word):
    assert parse_yaml(TEXT.replace("title: Walk", f"title: {word}")).milestones[0].title == word


@pytest.mark.parametrize("word", ["true", "null", "~", "3", "-1", "1.5", ".5", "1.", "1.5e+3"])
def test_plain_values_that_are_not_text_are_told_and_quotes_make_them_text(word):
    assert told(TEXT.replace("title: Walk", f"title: {word}")) == [(Code.WRONG_TYPE, 20)]
    quoted = parse_yaml(TEXT.replace("title: Walk", f'title: "{word}"'))
    assert quoted.milestones[0].title == word


def test_a_field_given_twice_is_told():
    assert told(TEXT.replace("title: Walk\n", "title: Walk\n        title: Run\n")) == [
        (Code.REPEATED_FIELD, 21)
    ]


def test_anchors_aliases_and_tags_are_told_each():
    text = TEXT.replace("title: Walk", "title: &name Walk").replace(
        "steps: [Go.]", "steps: [*name]"
    )
    assert told(text) == [(Code.ANCHOR_OR_TAG, 20), (Code.ANCHOR_OR_TAG, 26)]
    text = TEXT.replace("title: Walk", "title: !!python/object/apply:os.getcwd []")
    assert told(text) == [(Code.ANCHOR_OR_TAG, 20)]
    assert told(TEXT.replace("steps: [Go.]", "steps: !mine [Go.]")) == [(Code.ANCHOR_OR_TAG, 26)]
    assert told(TEXT.replace("kind: skill", "kind: !!str skill")) == [(Code.ANCHOR_OR_TAG, 21)]


def test_merge_keys_are_ordinary_unknown_fields():
    assert told(TEXT + "<<: {title: Other}\n") == [(Code.UNKNOWN_FIELD, 29)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [1", Code.NOT_YAML),
        ("a: 'b", Code.NOT_YAML),
        ("\ta: b", Code.NOT_YAML),
        ("a: b\x00c", Code.NOT_YAML),
        ("a: \x07", Code.NOT_YAML),
        ("{[1]: 2}", Code.NOT_YAML),
        ("a: 1\n---\nb: 2\n", Code.NOT_YAML),
        (b"a: \xff\xfe", Code.NOT_UTF8),
        ("a: \ud800", Code.NOT_UTF8),
        ("x" * (MAX_BYTES + 1), Code.TOO_LARGE),
        ("é" * (MAX_BYTES // 2 + 1), Code.TOO_LARGE),
        ("[" * 21, Code.TOO_DEEP),
    ],
)
def test_text_that_is_no_data_is_told_as_such(text, code):
    assert [p.code for p in problems(text)] == [code]


@pytest.mark.parametrize("text", ["", "# nothing", "---\n", "null", "just words", "- a\n- b"])
def test_data_that_is_no_mapping_is_told_as_such(text):
    assert [p.code for p in problems(text)] == [Code.WRONG_TYPE]


def test_escapes_cannot_smuggle_in_what_the_database_refuses():
    assert told(TEXT.replace("title: Walk", r'title: "W\0lk"')) == [(Code.BAD_VALUE, 20)]
    assert told(TEXT.replace("summary: Flat.", r'summary: "F\x01t"')) == [(Code.BAD_VALUE, 17)]


MOST_CALLS = 5_000_000
"""Well under a second or two of work on any machine; a blow-up is thousands of times more."""

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "ten megabytes": "a: " + "x" * 10_000_000,
    "deep lists": "[" * 1000 + "]" * 1000,
    "deep mappings": "".join(f"{' ' * n}a:\n" for n in range(1000)),
    "deep json": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "exploding anchors": BOMB,
    "endless list": "[" + "1," * 1_000_000 + "]",
    "endless fields": "\n".join(f"f{n}: 1" for n in range(40_000)),
    "endless milestones": TEXT + "      - {}\n" * 5_000,
    "long number": "format: " + "9" * 100_000,
    "long exponent": "format: 1e999999999",
    "binary": bytes(range(256)) * 1000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_cheaply(text):
    assert calls(lambda: problems(text)) < MOST_CALLS
    assert problems(text)


def test_many_cycles_and_references_are_refused_cheaply():
    keys = [f"m{n}" for n in range(500)]
    everything = [
        milestone(key, prerequisites=[*keys[n - 25 : n], *keys[n : n + 25]])
        for n, key in enumerate(keys)
    ]
    data = pathway(stage("s", *everything))
    assert calls(lambda: refused(parse, data)) < MOST_CALLS


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_text_gives_a_document_or_errors(text):
    with contextlib.suppress(DocumentErrors):
        assert isinstance(parse_yaml(text), Document)


@given(st.text(alphabet="ab:-?,[]{}&*!|>'\"#% \n\t~0", max_size=60))
def test_any_mixture_of_yaml_signs_gives_errors(text):
    with pytest.raises(DocumentErrors):
        parse_yaml(text)


@pytest.mark.parametrize("field", ["prerequisites", "replaces", "tracks"])
def test_a_list_of_sixty_thousand_keys_is_refused_cheaply(field):
    data = pathway(stage("s", milestone("a", **{field: [f"k{n}" for n in range(60_000)]})))
    text = json.dumps(data)
    assert calls(lambda: refused(parse_yaml, text)) < MOST_CALLS


def refused(read, data):
    with pytest.raises(DocumentErrors):
        read(data)
