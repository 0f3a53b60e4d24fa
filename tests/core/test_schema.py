"""pathway.schema.json and the parser judge the shape of documents alike; the docs tell it all."""

import copy
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from progress.document import Code, DocumentErrors, parse, parse_yaml
from tests.core.samples import full, pathways

ROOT = Path(__file__).parents[2]
PATHWAYS = ROOT / "progress" / "pathways"
SCHEMA = json.loads((PATHWAYS / "pathway.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DOCS = (ROOT / "docs" / "pathway-format.md").read_text()

SHAPE = {
    Code.UNSUPPORTED_FORMAT,
    Code.MISSING_FIELD,
    Code.UNKNOWN_FIELD,
    Code.WRONG_TYPE,
    Code.BAD_VALUE,
    Code.TOO_SHORT,
    Code.TOO_LONG,
    Code.REPEATED_ITEM,
    Code.MISSING_RUBRIC,
}
FIT = {
    Code.DUPLICATE_KEY,
    Code.UNKNOWN_PREREQUISITE,
    Code.UNKNOWN_TRACK,
    Code.UNKNOWN_MILESTONE,
    Code.CYCLE,
    Code.MILESTONE_ON_NO_TRACK,
    Code.REPLACES_ITSELF,
    Code.COUNTED_TWICE,
    Code.UNMEETABLE_RULE,
    Code.STAGE_TOO_SMALL_ON_TRACK,
    Code.ROLE_WITHOUT_MILESTONES,
}
SUCCESSION = {
    Code.SLUG_CHANGED,
    Code.RENAMED_WITHOUT_REPLACES,
    Code.UNKNOWN_REPLACED,
    Code.REMOVED_WITHOUT_REPLACES,
}


def shape_problems(data):
    try:
        parse(data)
    except DocumentErrors as errors:
        return [p for p in errors.problems if p.code in SHAPE]
    return []


def places(data, path=()):
    """Every place of a document below its root."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for name, value in items:
        yield (*path, name)
        if isinstance(value, dict | list):
            yield from places(value, (*path, name))


def distinct(paths):
    """One path of each form: what holds for the first of a list holds for the second."""
    forms = {}
    for path in paths:
        forms.setdefault(tuple("#" if isinstance(part, int) else part for part in path), path)
    return list(forms.values())


def changed(data, path, value):
    data = copy.deepcopy(data)
    at = data
    for part in path[:-1]:
        at = at[part]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return data


def assert_judged_alike(data):
    by_parser = shape_problems(data)
    by_schema = next(VALIDATOR.iter_errors(data), None)
    assert bool(by_schema) == bool(by_parser), (by_schema, by_parser)


# Around every limit, and one of every type.
VALUES = [
    ...,
    None,
    True,
    False,
    0,
    1,
    1.0,
    2.5,
    3,
    10,
    11,
    500,
    501,
    5000,
    5001,
    -1,
    "",
    " ",
    "north",
    "all_of",
    "at_least",
    "mentor",
    "self",
    "degree",
    "two words",
    "UPPER",
    "a--b",
    "-a",
    "a" * 64,
    "a" * 65,
    "x" * 80,
    "x" * 81,
    "x" * 400,
    "x" * 401,
    "x" * 2000,
    "x" * 2001,
    "two\nlines",
    "one line\n",
    "tab\tbed",
    "bell\x07",
    [],
    ["a"],
    ["a", "a"],
    ["walk", "fly"],
    [1],
    [None],
    [[]],
    [{}],
    [f"k{n}" for n in range(20)],
    [f"k{n}" for n in range(21)],
    [f"k{n}" for n in range(50)],
    [f"k{n}" for n in range(51)],
    {},
    {"key": "a"},
    {"north": "Yes."},
    {"north": 1},
    {"Not A Key": 1},
    {"kind": "all_of"},
    {"kind": "at_least"},
    {"kind": "at_least", "count": None},
    {"kind": "at_least", "count": 1.0},
    {"kind": "all_of", "count": 0},
    {"kind": "by_weight", "count": 1, "weights": {"walk": 101}},
    {"kind": "by_weight", "count": 500, "weights": {"walk": 100}, "of": [{"kind": "all_of"}]},
    {"kind": "all_of", "of": ["walk", {"kind": "all_of", "of": ["walk"], "weight": 2}]},
    {"kind": "at_least", "count": 1, "of": [{"kind": "all_of", "of": ["walk"], "title": " "}]},
    {"kind": "all_of", "required": []},
    "https://example.org/a",
    "urn:uuid:1",
    "javascript:alert(1)",
    "https://example.org/a b",
    "00000000-0000-4000-8000-000000000001",
    "00000000-0000-4000-8000-00000000000A",
]


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_each_code_is_of_shape_or_of_fit_or_of_text():
    text = {
        Code.TOO_LARGE,
        Code.NOT_UTF8,
        Code.NOT_YAML,
        Code.TOO_DEEP,
        Code.REPEATED_FIELD,
        Code.ANCHOR_OR_TAG,
    }
    assert SHAPE | FIT | text | SUCCESSION == set(Code)


@pytest.mark.parametrize(
    "path", distinct(places(full())), ids=lambda path: "/".join(map(str, path))
)
def test_both_judge_every_change_of_every_place_alike(path):
    for value in VALUES:
        assert_judged_alike(changed(full(), path, value))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (("industries",), 20),
        (("tracks",), 20),
        (("roles",), 50),
        (("stages",), 50),
        (("stages", 0, "milestones"), 500),
        (("stages", 0, "milestones", 0, "rubric"), 20),
    ],
)
def test_both_know_how_long_a_list_of_parts_may_be(path, most):
    at = full()
    for part in path:
        at = at[part]
    for length in (most, most + 1):
        data = changed(full(), path, [at[0]] * length)
        assert bool(shape_problems(data)) is (length > most)
        assert_judged_alike(data)


def test_both_judge_an_unknown_field_anywhere_alike():
    for path in places(full()):
        at = full()
        for part in path:
            at = at[part]
        if isinstance(at, dict) and path[-1] not in {"weights", "track_notes"}:
            data = changed(full(), (*path, "surprise"), 1)
            assert shape_problems(data)
            assert_judged_alike(data)


@given(pathways())
def test_both_accept_what_is_good(data):
    assert not shape_problems(data)
    assert_judged_alike(data)


@given(pathways(most=4), st.data())
def test_both_judge_any_two_changes_alike(data, draw):
    for _ in range(2):
        path = draw.draw(st.sampled_from(list(places(data))))
        data = changed(data, path, draw.draw(st.sampled_from(VALUES)))
    assert_judged_alike(data)


@pytest.mark.parametrize("path", sorted(PATHWAYS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_built_in_documents_are_good_by_both(path):
    VALIDATOR.validate(yaml.safe_load(path.read_text()))
    name = path.stem if path.parent == PATHWAYS else path.parent.name
    assert parse_yaml(path.read_bytes()).slug == name


def objects(schema):
    yield "the root", schema
    yield from schema["$defs"].items()
    yield "evidence", schema["$defs"]["milestone"]["properties"]["evidence"]


def test_the_schema_describes_every_field():
    for name, part in objects(SCHEMA):
        assert part.get("description"), name
        for field, value in part.get("properties", {}).items():
            if "$ref" in value and len(value) == 1:
                value = SCHEMA["$defs"][value["$ref"].rsplit("/", 1)[1]]  # noqa: PLW2901
            assert value.get("description"), f"{name}.{field}"


def test_the_docs_name_every_field_and_every_code():
    for name, part in objects(SCHEMA):
        for field in part.get("properties", {}):
            assert f"`{field}`" in DOCS, f"{name}.{field}"
    for code in Code:
        assert f"`{code.value}`" in DOCS


def test_the_example_in_the_docs_is_a_whole_pathway():
    (example,) = re.findall(r"```yaml\n(format: 1\n.*?)```", DOCS, re.DOTALL)
    document = parse_yaml(example)
    VALIDATOR.validate(yaml.safe_load(example))
    assert document.slug == "bake-bread"
    with pytest.raises(DocumentErrors) as caught:
        parse_yaml(example.replace("[first-loaf, sourdough-starter]", "[first-lof]"))
    assert f"```\n{caught.value}\n```" in DOCS
