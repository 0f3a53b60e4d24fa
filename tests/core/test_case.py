"""CASE packages: in, out, and in again."""

import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.case import from_case, to_case
from progress.document import DocumentErrors, parse
from tests.core.samples import full, mentored, milestone, pathway, pathways, stage

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def uid(n):
    return f"00000000-0000-4000-8000-{n:012d}"


def node(n, **more):
    return {
        "title": f"Item {n}",
        "identifier": uid(n),
        "uri": f"https://c.example/{uid(n)}",
        **more,
    }


def item(n, statement="Able to do it.", **more):
    return {
        "identifier": uid(n),
        "uri": f"https://c.example/{uid(n)}",
        "fullStatement": statement,
        "lastChangeDateTime": "2024-05-06T07:08:09+00:00",
        **more,
    }


def link(kind, origin, destination, **more):
    return {
        "identifier": uid(sum(map(ord, kind)) * 10**8 + origin * 10**4 + destination),
        "uri": "https://c.example/association",
        "associationType": kind,
        "originNodeURI": node(origin),
        "destinationNodeURI": node(destination),
        "lastChangeDateTime": "2024-05-06T07:08:09+00:00",
        **more,
    }


def cooking():
    """Kitchen skills: two sections, one of them with a group; written for this test."""
    return {
        "CFDocument": {
            "identifier": uid(1),
            "uri": "https://c.example/document",
            "title": "Cooking basics",
            "description": "What a home kitchen asks for.",
            "creator": "A cook",
            "lastChangeDateTime": "2024-05-06T07:08:09+00:00",
        },
        "CFItems": [
            item(10, "Knives", abbreviatedStatement="Knives"),
            item(12, "Sharpens a knife on a stone.", humanCodingScheme="KN.2"),
            item(
                11,
                "Cuts an onion evenly.",
                humanCodingScheme="KN.1",
                abbreviatedStatement="Cut an onion",
                conceptKeywords=["onion", "dicing"],
                educationLevel=["beginner"],
            ),
            item(20, "Heat"),
            item(21, "Dry heat", abbreviatedStatement="Dry"),
            item(22, "Roasts vegetables without burning them.", CFItemType="Project"),
            item(23, "Poaches an egg."),
        ],
        "CFAssociations": [
            link("isChildOf", 10, 1, sequenceNumber=1),
            link("isChildOf", 20, 1, sequenceNumber=2),
            link("isChildOf", 11, 10, sequenceNumber=1),
            link("isChildOf", 12, 10, sequenceNumber=2),
            link("isChildOf", 21, 20),
            link("isChildOf", 22, 21),
            link("isChildOf", 23, 20, sequenceNumber=9),
            link("precedes", 12, 11),
            link("exactMatchOf", 23, 500),
            link("isRelatedTo", 22, 23),
        ],
        "CFRubrics": [
            {
                "identifier": uid(70),
                "CFRubricCriteria": [
                    {
                        "identifier": uid(71),
                        "category": "Yolk",
                        "description": "It runs when cut.",
                        "CFItemURI": node(23),
                        "weight": 2,
                    }
                ],
            }
        ],
    }


def told(draft):
    return {note.message: note.subjects for note in draft.notes}


def test_a_framework_becomes_a_draft():
    draft = from_case(cooking())
    document = parse(draft.data)
    assert (document.slug, document.title) == ("cooking-basics", "Cooking basics")
    assert document.identifier == uid(1)
    knives, heat = document.stages
    assert [(part.key, part.title) for part in knives.milestones] == [
        ("kn-1", "Cut an onion"),
        ("kn-2", "Sharpens a knife on a stone."),
    ]
    onion = knives.milestones[0]
    assert (onion.summary, onion.topics) == ("Cuts an onion evenly.", ("onion", "dicing"))
    assert (onion.prerequisites, onion.identifier) == (("kn-2",), uid(11))
    # What has a number comes before what has none.
    egg, group = heat.rule.of
    assert (group.title, group.of, group.identifier) == (
        "Dry",
        ("roasts-vegetables-without-burning-them",),
        uid(21),
    )
    (poached,) = [part for part in heat.milestones if part.key == egg]
    assert poached.alignment[0].uri == f"https://c.example/{uid(500)}"
    assert poached.verified_by == "mentor"
    assert poached.rubric[0].looks_for == "It runs when cut."
    assert [part.kind.value for part in heat.milestones] == ["skill", "project"]


def test_what_does_not_fit_is_told():
    notes = told(from_case(cooking()))
    assert notes["educationLevel of items"] == (uid(11),)
    assert notes["weight of rubric criteria"] == (uid(71),)
    assert notes["creator of the framework"] == ()
    assert len(notes["associations of the type isRelatedTo"]) == 1
    assert notes["humanCodingScheme, of which a key was made"] == (uid(11), uid(12))
    assert notes["fullStatement of items between"] == (uid(21),)
    assert any("effort_hours" in message for message in notes)


def changed(**more):
    return {**cooking(), **more}


@pytest.mark.parametrize(
    ("kind", "origin", "destination", "message"),
    [
        ("isChildOf", 11, 20, "isChildOf a second parent"),
        ("isChildOf", 999, 20, "isChildOf of something that is no item"),
        ("precedes", 11, 12, "precedes that would close a ring"),
        ("precedes", 11, 11, "precedes that would close a ring"),
        ("precedes", 10, 20, "precedes between others than milestones"),
        ("exactMatchOf", 11, 12, "exactMatchOf inside the framework"),
        ("exactMatchOf", 20, 700, "exactMatchOf inside the framework"),
    ],
)
def test_an_association_that_cannot_be_kept_is_told(kind, origin, destination, message):
    data = cooking()
    data["CFAssociations"].append(link(kind, origin, destination))
    draft = from_case(data)
    assert message in told(draft)
    parse(draft.data)


def test_rings_second_roots_and_depth_end_well():
    data = changed(CFAssociations=[link("isChildOf", a, b) for a, b in ((10, 20), (20, 10))])
    draft = from_case(data)
    document = parse(draft.data)
    assert "isChildOf that closes a ring" in told(draft)
    titles = [part.title for part in (*document.stages, *document.milestones)]
    assert titles.count("Knives") == titles.count("Heat") == 1
    count = 3000
    deep = changed(
        CFItems=[item(n, f"Level {n}") for n in range(2, count)],
        CFAssociations=[link("isChildOf", n + 1, n) for n in range(2, count - 1)],
        CFRubrics=[],
    )
    draft = from_case(deep)
    document = parse(draft.data)
    assert [part.title for part in document.milestones] == [f"Level {count - 1}"]
    assert "levels below the sixth: their items moved up" in told(draft)


def test_a_flat_framework_has_one_stage():
    draft = from_case(changed(CFAssociations=[]))
    document = parse(draft.data)
    assert len(document.stages) == 1
    assert len(document.milestones) == 7
    assert "a framework without levels: put into one stage" in told(draft)


@pytest.mark.parametrize(
    "data", [None, [], {}, "x", {"CFDocument": {}}, {"CFDocument": {"title": "T"}, "CFItems": 3}]
)
def test_what_is_no_package_is_refused(data):
    with pytest.raises(DocumentErrors):
        from_case(data)


@given(st.data())
def test_a_package_with_anything_anywhere_is_read_or_refused(draw):
    data = cooking()
    anything = st.none() | st.integers() | st.text() | st.just([]) | st.just([[]]) | st.just({})
    for _ in range(draw.draw(st.integers(1, 4))):
        at = data
        while True:
            key = draw.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
            inside = isinstance(at[key], dict | list) and at[key]
            if not inside or draw.draw(st.booleans()):
                at[key] = draw.draw(anything)
                break
            at = at[key]
    try:
        draft = from_case(data)
    except DocumentErrors:
        return
    parse(draft.data)


# Out ----------------------------------------------------------------------------------------


def exported(document):
    return to_case(document, base_url="https://w.example/", creator="Waymark", changed_at=NOW)


def test_an_export_has_what_case_requires():
    package = exported(parse(full())).package
    link_fields = {"title", "identifier", "uri"}
    assert {"identifier", "uri", "title", "creator", "lastChangeDateTime"} <= set(
        package["CFDocument"]
    )
    assert package["CFDocument"]["caseVersion"] == "1.1"
    assert package["CFDocument"]["lastChangeDateTime"] == "2026-01-02T03:04:05Z"
    identifiers = [package["CFDocument"]["identifier"]]
    for one in package["CFItems"]:
        assert {"identifier", "uri", "fullStatement", "lastChangeDateTime"} <= set(one)
        assert one["uri"] == f"https://w.example/ims/case/v1p1/CFItems/{one['identifier']}"
        identifiers.append(one["identifier"])
    for one in package["CFAssociations"]:
        assert {"identifier", "uri", "associationType", "lastChangeDateTime"} <= set(one)
        for end in ("originNodeURI", "destinationNodeURI"):
            assert link_fields == set(one[end])
        identifiers.append(one["identifier"])
    assert len(set(identifiers)) == len(identifiers)
    assert json.loads(json.dumps(package)) == package


def test_an_export_tells_what_it_leaves_behind():
    notes = {note.message: note.subjects for note in exported(parse(full())).notes}
    assert notes["CASE has no place for tracks"] == ("north", "south")
    assert notes["CASE has no place for replaces of milestones"] == ("ridge",)
    assert notes["CASE has no place for not_on of milestones"] == ("crest",)
    assert "peaks" in notes["a rule other than all of, or with optional milestones"]


def test_identifiers_are_those_it_came_with_or_always_the_same():
    draft = parse(from_case(cooking()).data)
    package = exported(draft).package
    assert {one["identifier"] for one in package["CFItems"]} == {
        one["identifier"] for one in cooking()["CFItems"]
    }
    assert package["CFDocument"]["identifier"] == uid(1)
    kept = {
        (
            one["associationType"],
            one["originNodeURI"]["identifier"],
            one["destinationNodeURI"]["identifier"],
        )
        for one in package["CFAssociations"]
    }
    assert kept == {
        (
            one["associationType"],
            one["originNodeURI"]["identifier"],
            one["destinationNodeURI"]["identifier"],
        )
        for one in cooking()["CFAssociations"]
        if one["associationType"] != "isRelatedTo"
    }
    titled = copy.deepcopy(full())
    titled["title"] = "Other"
    for data in (full(), titled):
        del data["identifier"]
        assert exported(parse(data)).package["CFDocument"]["identifier"] == (
            "65cb8249-3410-57c9-83d4-6315a3dda662"
        )


@given(pathways(most=8))
def test_in_and_out_again_is_the_same_package(data):
    document = parse(data)
    package = exported(document).package
    again = exported(parse(from_case(package, slug=document.slug).data)).package
    for part in ("CFItems", "CFAssociations", "CFRubrics"):
        one, other = (
            {entry["identifier"]: entry for entry in found.get(part, ())}
            for found in (package, again)
        )
        if part == "CFRubrics":
            one, other = map(_without_rubric_ids, (one, other))
        assert one == other
    assert again["CFDocument"] == package["CFDocument"]


def _without_rubric_ids(rubrics):
    return {
        (rubric["title"], line["category"], line["description"])
        for rubric in rubrics.values()
        for line in rubric["CFRubricCriteria"]
    }


def test_rubrics_and_alignments_go_out_and_come_back():
    urn = "urn:uuid:00000000-0000-4000-8000-00000000000a"
    data = pathway(
        stage("s", mentored("a", alignment=[{"uri": urn, "title": "There"}]), milestone("b"))
    )
    package = exported(parse(data)).package
    (match,) = [
        one for one in package["CFAssociations"] if one["associationType"] == "exactMatchOf"
    ]
    assert match["destinationNodeURI"] == {
        "title": "There",
        "identifier": "00000000-0000-4000-8000-00000000000a",
        "uri": urn,
    }
    back = parse(from_case(package).data).milestones[0]
    assert [(one.uri, one.title) for one in back.alignment] == [(urn, "There")]
    assert [(one.title, one.looks_for) for one in back.rubric] == [("Good", "It is good.")]
