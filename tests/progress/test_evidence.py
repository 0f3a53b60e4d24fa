"""Links and texts, and the milestones they serve."""

import pytest
import time_machine

from progress.models import Evidence, EvidenceMilestone, OutboxEvent
from tests.at_once import at_once
from tests.factories import NOW, new_id
from tests.progress.test_reviewing import SUBMISSIONS, code, submit
from tests.progress.test_upgrading import REMOVED, publish_second

pytestmark = pytest.mark.django_db
EVIDENCE = "/api/v1/evidence"
ONE, OTHER = "python-programming", "mathematics-and-statistics"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def link(cast):
    return {
        "id": new_id(),
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_keys": [ONE, OTHER],
        "url": "https://git.example.org/lin/classifier",
        "title": "classifier",
    }


@pytest.fixture
def text(link):
    written = {"id": new_id(), "title": "What I learned", "text": "  Seeds **first**.\n"}
    return {key: value for key, value in link.items() if key != "url"} | written


def page(client, cast, key):
    return client.get(f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{key}").json()


def test_one_piece_serves_several_milestones(as_, cast, link):
    me = as_(cast.learner)
    made = me.post(EVIDENCE, link)
    assert made.status_code == 201
    assert made.json() == {
        "id": link["id"],
        "enrollment_id": link["enrollment_id"],
        "milestone_keys": [OTHER, ONE],
        "kind": "link",
        "title": "classifier",
        "url": link["url"],
        "text": "",
        "file": None,
        "link": {"state": "unchecked", "reason": "", "checked_at": None, "dead_since": None},
        "created_at": "2026-11-22T12:00:00Z",
    }
    for key in (ONE, OTHER):
        assert [row["id"] for row in page(me, cast, key)["evidence"]] == [link["id"]]
        assert len(me.get(f"{EVIDENCE}?milestone={key}").json()["results"]) == 1
    assert me.get(f"{EVIDENCE}?milestone=problem-solving").json()["results"] == []
    assert submit(me, cast.enrollment, key=OTHER, evidence=[link["id"]]).status_code == 201


def test_a_text_is_kept_as_written(as_, cast, text):
    me = as_(cast.learner)
    made = me.post(EVIDENCE, text).json()
    assert (made["kind"], made["text"], made["url"]) == ("text", text["text"], "")
    round_one = submit(me, cast.enrollment, evidence=[text["id"]]).json()
    assert me.delete(f"{EVIDENCE}/{text['id']}").status_code == 204
    frozen = as_(cast.mentor).get(f"{SUBMISSIONS}/{round_one['id']}").json()["evidence"]
    assert frozen == [
        {
            "id": text["id"],
            "kind": "text",
            "title": "What I learned",
            "url": "",
            "text": text["text"],
            "file": None,
            "snapshot": None,
        }
    ]


def test_sending_again_is_harmless(as_, cast, link):
    me = as_(cast.learner)
    first = me.post(EVIDENCE, link)
    swapped = {**link, "milestone_keys": [OTHER, ONE, ONE]}
    assert me.post(EVIDENCE, swapped).status_code == 200
    # also after what it serves has changed, and after it was taken away
    assert me.delete(f"{EVIDENCE}/{link['id']}/milestones/{ONE}").status_code == 200
    assert me.post(EVIDENCE, link).json() == {**first.json(), "milestone_keys": [OTHER]}
    me.delete(f"{EVIDENCE}/{link['id']}")
    assert me.post(EVIDENCE, link).status_code == 200
    assert me.get(EVIDENCE).json()["results"] == []
    kinds = OutboxEvent.objects.filter(type__startswith="evidence.").values_list("type", flat=True)
    assert list(kinds.order_by("position")) == [
        "evidence.added.v1",
        "evidence.serves.v1",
        "evidence.removed.v1",
    ]


@pytest.mark.parametrize(
    "other", [{"title": "x"}, {"url": "https://example.org/"}, {"milestone_keys": [ONE]}]
)
def test_an_id_means_one_thing(as_, cast, link, other):
    me = as_(cast.learner)
    me.post(EVIDENCE, link)
    assert code(me.post(EVIDENCE, {**link, **other})) == (409, "evidence-id-taken")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "and a text"},
        {"url": ""},
        {"url": "javascript:alert(1)"},
        {"milestone_keys": []},
        {"milestone_keys": "python-programming"},
        {"milestone_keys": [ONE] * 21},
        {"milestone_keys": [None]},
        {"title": ""},
        {"milestone_key": ONE},
        {"kind": "file"},
    ],
)
def test_what_is_no_evidence(as_, cast, link, wrong):
    assert as_(cast.learner).post(EVIDENCE, {**link, **wrong}).status_code == 400
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("wrong", ["", " \n", "x" * 20_001, None])
def test_what_is_no_text(as_, cast, text, wrong):
    assert as_(cast.learner).post(EVIDENCE, {**text, "text": wrong}).status_code == 400
    assert not Evidence.objects.exists()


def test_all_milestones_must_be_on_the_way(as_, cast, link):
    wrong = {**link, "milestone_keys": [ONE, "nonsense"]}
    assert code(as_(cast.learner).post(EVIDENCE, wrong)) == (422, "not-on-the-way")
    assert not Evidence.objects.exists()
    assert not EvidenceMilestone.objects.exists()


def test_a_further_milestone_and_one_less(as_, cast, link):
    me = as_(cast.learner)
    me.post(EVIDENCE, {**link, "milestone_keys": [ONE]})
    where = f"{EVIDENCE}/{link['id']}/milestones"
    for _ in range(2):
        assert me.put(f"{where}/{OTHER}").json()["milestone_keys"] == [ONE, OTHER]
    for _ in range(2):
        assert me.delete(f"{where}/{ONE}").json()["milestone_keys"] == [OTHER]
    assert code(me.delete(f"{where}/{OTHER}")) == (409, "last-milestone")
    assert code(me.put(f"{where}/nonsense")) == (422, "not-on-the-way")
    assert code(submit(me, cast.enrollment, key=ONE, evidence=[link["id"]])) == (
        422,
        "foreign-evidence",
    )


def test_after_an_upgrade_it_serves_under_the_new_key(as_, cast, link):
    me, way = as_(cast.learner), f"/api/v1/enrollments/{cast.enrollment.pk}"
    me.post(EVIDENCE, link)
    publish_second()
    assert me.post(f"{way}/upgrade", {"edition": 2}).status_code == 201
    found = me.get(f"{EVIDENCE}?enrollment={cast.enrollment.pk}&milestone=programming").json()
    assert [row["milestone_keys"] for row in found["results"]] == [[OTHER, "programming"]]
    # the old key and the new one mean the same
    where = f"{EVIDENCE}/{link['id']}/milestones"
    assert me.put(f"{where}/{ONE}").json()["milestone_keys"] == [OTHER, "programming"]
    assert me.delete(f"{where}/programming").json()["milestone_keys"] == [OTHER]


def test_evidence_after_an_upgrade_is_something_done_since(as_, cast, link):
    me, way = as_(cast.learner), f"/api/v1/enrollments/{cast.enrollment.pk}"
    publish_second()
    me.post(f"{way}/upgrade", {"edition": 2})
    assert me.get(f"{way}/upgrade").json()["taken"]["can_undo"]
    assert me.post(EVIDENCE, {**link, "milestone_keys": ["programming"]}).status_code == 201
    assert code(me.delete(f"{way}/upgrade")) == (409, "nothing-to-undo")


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_and_evidence_at_once_take_turns(as_, cast, link):
    """Evidence for what the new edition leaves out comes before the upgrade, or not at all."""
    me, again = as_(cast.learner), as_(cast.learner)
    publish_second()
    late = {**link, "milestone_keys": [REMOVED]}
    acts = [
        lambda: ("upgrade", me.post(f"{way}/upgrade", {"edition": 2}).status_code),
        lambda: ("evidence", again.post(EVIDENCE, late).status_code),
    ]
    way = f"/api/v1/enrollments/{cast.enrollment.pk}"
    answers = dict(at_once(*acts))
    assert answers["upgrade"] == 201
    order = list(
        OutboxEvent.objects.filter(enrollment_id=cast.enrollment.pk)
        .exclude(type="enrollment.started.v1")
        .order_by("position")
        .values_list("type", flat=True)
    )
    if answers["evidence"] == 201:
        assert order == ["evidence.added.v1", "enrollment.upgraded.v1"]
    else:
        assert answers["evidence"] == 422
        assert order == ["enrollment.upgraded.v1"]
        assert not Evidence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_id_from_two_devices_at_once(as_, cast, link):
    devices = [as_(cast.learner) for _ in range(3)]
    answers = at_once(*(lambda d=d: d.post(EVIDENCE, link).status_code for d in devices))
    assert sorted(answers) == [200, 200, 201]
    assert EvidenceMilestone.objects.count() == 2
