"""Out and in again: the same document, and the same bytes."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from progress.document import parse, parse_yaml, to_json, to_json_text, to_yaml
from tests.core.samples import full, milestone, pathway, pathways, stage
from tests.core.test_schema import PATHWAYS

# Whatever the format lets into a text, the awkward often.
_LETTERS = st.characters(codec="utf-8", exclude_characters=[chr(n) for n in (*range(32), 127)])
_AWKWARD = st.sampled_from(
    [
        *("\n", "\n\n", " ", "  ", "\t", ": ", " #", ":", "- ", "#", '"', "'", "\\", ",", "%", "@"),
        *(
            "\x85",
            "\u2028",
            "\ufeff",
            "\uffff",
            "\x9f",
            "a",
            "word",
            "{",
            "]",
            "`",
            "&a",
            "*a",
            "!t",
        ),
    ]
)
_PIECES = st.lists(_LETTERS | _AWKWARD, min_size=1, max_size=60).map("".join)
TEXTS = _PIECES.filter(lambda text: text.strip())
LINES = TEXTS.map(lambda text: text.replace("\n", " ").replace("\t", " ")).filter(str.strip)


def out_and_in(document):
    for write in (to_yaml, to_json_text):
        text = write(document)
        assert parse_yaml(text) == document
        assert write(parse_yaml(text.encode())) == text
        assert (
            parse(json.loads(text) if write is to_json_text else as_others_read_it(text))
            == document
        )


def as_others_read_it(text):
    """As a program reads it that knows nothing of ours, and is in Python throughout."""
    return yaml.load(text, Loader=yaml.SafeLoader)


@given(pathways(most=3))
def test_any_pathway_comes_back(data):
    out_and_in(parse(data))


@given(TEXTS, st.lists(LINES, min_size=1, max_size=4))
def test_any_text_comes_back(text, lines):
    data = pathway(
        stage(
            "s",
            milestone(
                "a",
                summary=text,
                steps=lines,
                topics=[line[:80] for line in lines if line[:80].strip()],
            ),
        ),
        beyond=text,
        title=lines[0].strip()[:80],
    )
    data["stages"][0]["milestones"][0]["track_notes"] = {"main": text}
    out_and_in(parse(data))


@pytest.mark.parametrize("key", ["no", "null", "y", "1", "08", "1e3", "2020-01-01", "0x1f", "a-1"])
def test_any_key_comes_back(key):
    data = pathway(stage(key, milestone(key), milestone("z", prerequisites=[key])), tracks=(key,))
    out_and_in(parse(data))


def test_any_topic_comes_back():
    topics = ["why?", "a:b", "a,b", "[a", "b}", "c#", "plain"]
    out_and_in(parse(pathway(stage("s", milestone("a", topics=topics)))))


def test_every_field_and_the_built_in_pathways_come_back():
    out_and_in(parse(full()))
    for path in PATHWAYS.rglob("*.yaml"):
        out_and_in(parse_yaml(path.read_bytes()))


def test_it_reads_like_something_written():
    text = "A long text that goes on. " * 6
    data = pathway(
        stage(
            "s",
            milestone("a", summary=text, prerequisites=["b"]),
            milestone("b", summary="Two\n\nparagraphs: one", steps=["no", "Do it: now", "- x"]),
            rule={"kind": "at_least", "count": 1, "of": ["a", {"kind": "all_of", "of": ["b"]}]},
        )
    )
    written = to_yaml(parse(data))
    assert written.endswith(
        """\
stages:
  - key: s
    title: S
    summary: What it is about.
    rule:
      kind: at_least
      count: 1
      of:
        - a
        - kind: all_of
          of: [b]
    milestones:
      - key: a
        title: A
        kind: skill
        summary: >-
          A long text that goes on. A long text that goes on. A long text that goes on. A long text
          that goes on. A long text that goes on. A long text that goes on.
        effort_hours: 1
        verified_by: self
        steps:
          - Do it.
        done_when:
          - It is done.
        prerequisites: [b]
      - key: b
        title: B
        kind: skill
        summary: |-
          Two

          paragraphs: one
        effort_hours: 1
        verified_by: self
        steps:
          - "no"
          - "Do it: now"
          - "- x"
        done_when:
          - It is done.
"""
    )
    assert max(map(len, written.splitlines())) <= 100


def test_json_is_the_normalized_form():
    document = parse(full())
    assert json.loads(to_json_text(document)) == to_json(document)
