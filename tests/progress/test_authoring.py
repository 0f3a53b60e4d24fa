"""Writing pathways through the API: publishing, visibility, races, and documents that are none."""

import json

import pytest
import time_machine

from progress.document import to_json
from progress.models import Edition, OutboxEvent, Pathway
from tests.at_once import at_once
from tests.factories import NOW, document, make_enrollment, make_person

pytestmark = pytest.mark.django_db
PATHWAYS = "/api/v1/pathways"


def text(**changes):
    return json.dumps({**to_json(document()), "slug": "our-way", **changes})


def code(response):
    return response.status_code, response.json()["code"]


@pytest.fixture
def author(db):
    return make_person("Ari Author")


@pytest.fixture
def published(as_, author):
    """A private pathway with edition 1; returns the author's client."""
    with time_machine.travel(NOW, tick=False):
        made = as_(author).post(PATHWAYS, {"document": text()})
    assert made.status_code == 201, made.content
    return as_(author)


def publish(client, after=1, **changes):
    return client.post(
        f"{PATHWAYS}/our-way/editions", {"document": text(**changes), "after": after}
    )


def test_a_pathway_begins_private(published, as_, author):
    pathway = Pathway.objects.get(slug="our-way")
    assert (pathway.owner, pathway.visibility) == (author, "private")
    for other in (as_(None), as_(make_person())):
        assert other.get(f"{PATHWAYS}/our-way").status_code == 404
        assert other.get(f"{PATHWAYS}/our-way/editions/1").status_code == 404
        assert "our-way" not in other.get(PATHWAYS).content.decode()
    assert published.get(f"{PATHWAYS}/our-way").status_code == 200
    assert "our-way" in published.get(PATHWAYS).content.decode()


def test_unlisted_is_found_by_its_address_only(published, as_):
    assert published.patch(f"{PATHWAYS}/our-way", {"visibility": "unlisted"}).status_code == 200
    anybody = as_(None)
    assert anybody.get(f"{PATHWAYS}/our-way/editions/1").status_code == 200
    assert "our-way" not in anybody.get(PATHWAYS).content.decode()
    published.patch(f"{PATHWAYS}/our-way", {"visibility": "public"})
    assert "our-way" in anybody.get(PATHWAYS).content.decode()


def test_what_one_writes_is_listed_by_itself(published, as_):
    published.patch(f"{PATHWAYS}/our-way", {"visibility": "public"})
    make_enrollment()
    listed = {"published": published, "anybody": as_(None), "another": as_(make_person())}
    mine = f"{PATHWAYS}?mine=true"
    found = {
        who: [(row["slug"], row["visibility"]) for row in client.get(mine).json()["results"]]
        for who, client in listed.items()
    }
    assert found == {"published": [("our-way", "public")], "anybody": [], "another": []}
    assert len(published.get(PATHWAYS).json()["results"]) == 2


def test_a_learner_keeps_seeing_what_became_private(published, as_):
    published.patch(f"{PATHWAYS}/our-way", {"visibility": "public"})
    me = as_(make_person())
    choices = {
        "pathway": "our-way",
        "track": "ai-and-machine-learning",
        "role": "data-scientist",
        "weekly_minutes": 60,
    }
    assert me.post("/api/v1/enrollments", choices).status_code == 201
    published.patch(f"{PATHWAYS}/our-way", {"visibility": "private"})
    assert me.get(f"{PATHWAYS}/our-way/editions/1").status_code == 200
    assert as_(make_person()).post("/api/v1/enrollments", choices).status_code == 404


def test_the_next_edition(published, as_):
    assert publish(published, title="Our better way").json()["number"] == 2
    assert Edition.objects.get(number=1).document["title"] != "Our better way"
    assert code(publish(published, after=2, title="Our better way")) == (409, "nothing-changed")
    assert code(publish(published, title="Too late")) == (409, "published-meanwhile")
    assert OutboxEvent.objects.filter(type="edition.published.v1").count() == 2


def test_learners_stay_on_their_edition(published):
    published.patch(f"{PATHWAYS}/our-way", {"visibility": "public"})
    enrollment = make_enrollment(make_person())
    assert enrollment.edition.number == 1
    publish(published, title="Our better way")
    enrollment.refresh_from_db()
    assert enrollment.edition.number == 1


def test_co_authors_publish_but_do_not_decide_who_writes(published, as_):
    friend = make_person("Fay Friend")
    changed = published.patch(f"{PATHWAYS}/our-way", {"co_authors": [friend.email]})
    assert [person["name"] for person in changed.json()["co_authors"]] == ["Fay Friend"]
    theirs = as_(friend)
    assert publish(theirs, title="By a friend").status_code == 201
    denied = theirs.patch(f"{PATHWAYS}/our-way", {"visibility": "public"})
    assert code(denied) == (403, "not-the-owner")
    unknown = published.patch(f"{PATHWAYS}/our-way", {"co_authors": ["nobody@example.org"]})
    assert code(unknown) == (422, "unknown-author")
    assert Pathway.objects.get().co_authors.get() == friend


def test_a_slug_leads_to_one_pathway(published, as_):
    again = as_(make_person()).post(PATHWAYS, {"document": text()})
    assert code(again) == (409, "slug-taken")
    other = published.post(
        f"{PATHWAYS}/our-way/editions", {"document": text(slug="elsewhere"), "after": 1}
    )
    assert code(other) == (422, "slug-differs")
    assert Pathway.objects.count() == 1


def test_every_error_is_told_with_its_line(published):
    wrong = "format: 1\nslug: our-way\ntitle: 5\nsurprise: yes\n"
    response = published.post(f"{PATHWAYS}/our-way/editions", {"document": wrong, "after": 1})
    assert code(response) == (422, "document-refused")
    errors = {error["field"]: error for error in response.json()["errors"]}
    assert errors["surprise"]["line"] == 4
    assert errors["title"]["line"] == 3
    assert len(errors) > 3
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "hostile",
    ["a: &x [1]\nb: *x", "!!python/object:os.system {}", "[" * 1000, "a: 1\na: 2", "\x00"],
)
def test_hostile_documents(published, hostile):
    response = published.post(PATHWAYS, {"document": hostile})
    assert response.status_code in {400, 422}
    assert response.json()["detail"]
    assert Pathway.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does(published, as_, author):
    acts = [lambda title=title: publish(as_(author), title=title) for title in ("One", "Two")]
    answers = [answer.status_code for answer in at_once(*acts)]
    assert sorted(answers) == [201, 409]
    assert Edition.objects.count() == 2
