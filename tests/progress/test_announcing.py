"""What a coordinator says to a whole cohort."""

import datetime as dt

import pytest
import time_machine

from progress.models import Announcement, OutboxEvent
from tests.at_once import at_once
from tests.factories import NOW, make_cohort, make_member, make_person, new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def school(cast, clock):
    """The cohort with a mentor of its own, who mentors nobody directly."""
    make_member(cast.cohort, cast.other_mentor, "mentor")
    return cast


def where(cohort):
    return f"/api/v1/cohorts/{cohort.pk}/announcements"


def say(client, cohort, audience="everybody", **fields):
    body = {"id": new_id(), "audience": audience, "title": "Demo day", "body": "On **Friday**."}
    return client.post(where(cohort), {**body, **fields})


def titles(client, cohort):
    return [row["title"] for row in client.get(where(cohort)).json()["results"]]


def code(response):
    return response.status_code, response.json()["code"]


def test_an_announcement_is_stored_as_it_was_written(school, as_):
    asked = {"id": new_id(), "audience": "learners", "title": "Demo day", "body": "On **Friday**."}
    answer = as_(school.coordinator).post(where(school.cohort), asked)
    assert answer.status_code == 201
    assert answer.json() == {
        **asked,
        "cohort_id": str(school.cohort.pk),
        "author": {"id": str(school.coordinator.pk), "name": "Cleo Coordinator"},
        "created_at": "2026-11-22T12:00:00Z",
        "withdrawn_at": None,
        "is_mine": True,
    }
    (event,) = OutboxEvent.objects.filter(type="announcement.made.v1")
    assert str(event.subject_id) == asked["id"]
    assert event.data == {"cohort": str(school.cohort.pk), "audience": "learners"}
    assert as_(school.learner).get(where(school.cohort)).json()["results"][0]["is_mine"] is False


def test_everybody_reads_what_is_for_them_the_newest_first(school, as_, clock):
    cleo = as_(school.coordinator)
    for minutes, audience in enumerate(("learners", "mentors", "everybody")):
        clock.move_to(NOW + dt.timedelta(minutes=minutes))
        assert say(cleo, school.cohort, audience, title=f"To {audience}").status_code == 201
    assert titles(cleo, school.cohort) == ["To everybody", "To mentors", "To learners"]
    assert titles(as_(school.admin), school.cohort) == titles(cleo, school.cohort)
    assert titles(as_(school.learner), school.cohort) == ["To everybody", "To learners"]
    assert titles(as_(school.other_mentor), school.cohort) == ["To everybody", "To mentors"]
    late = make_person("Late")
    assert as_(late).get(where(school.cohort)).status_code == 404
    make_member(school.cohort, late, "learner")
    assert titles(as_(late), school.cohort) == ["To everybody", "To learners"]
    second = as_(school.learner).get(f"{where(school.cohort)}?limit=1").json()
    assert [row["title"] for row in second["results"]] == ["To everybody"]
    assert second["next"]


def test_who_left_reads_no_more_and_an_ended_cohort_keeps_what_was_said(school, as_, clock):
    assert say(as_(school.coordinator), school.cohort).status_code == 201
    learner = as_(school.learner)
    assert as_(school.coordinator).delete(f"/api/v1/cohorts/{school.cohort.pk}").status_code == 204
    assert titles(learner, school.cohort) == ["Demo day"]
    assert code(say(as_(school.coordinator), school.cohort)) == (409, "cohort-ended")
    school.cohort.members.get(person=school.learner).leave(now=NOW)
    assert learner.get(where(school.cohort)).status_code == 404


def test_coordinators_announce_and_nobody_else(school, as_):
    for person, expected in (
        (school.learner, (403, "not-the-coordinator")),
        (school.other_mentor, (403, "not-the-coordinator")),
        (school.mentor, (404, "not-found")),
        (school.stranger, (404, "not-found")),
    ):
        assert code(say(as_(person), school.cohort)) == expected
    assert not Announcement.objects.exists()
    assert say(as_(school.admin), school.cohort).status_code == 201


def test_the_same_id_says_it_once(school, as_):
    cleo, pk = as_(school.coordinator), new_id()
    first = say(cleo, school.cohort, id=pk)
    again = say(cleo, school.cohort, id=pk)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert OutboxEvent.objects.filter(type="announcement.made.v1").count() == 1
    other = make_cohort(school.coordinator)
    assert code(say(cleo, other, id=pk)) == (409, "announcement-id-taken")
    assert code(say(as_(school.admin), school.cohort, id=pk)) == (409, "announcement-id-taken")


@pytest.mark.parametrize(
    "other", [{"title": "Demo day is off"}, {"body": "On Monday."}, {"audience": "mentors"}]
)
def test_other_words_need_an_id_of_their_own(school, as_, other):
    """Else whoever says them believes that they went out."""
    cleo, pk = as_(school.coordinator), new_id()
    assert say(cleo, school.cohort, id=pk).status_code == 201
    assert code(say(cleo, school.cohort, id=pk, **other)) == (409, "announcement-id-taken")
    assert cleo.delete(f"/api/v1/announcements/{pk}").status_code == 200
    assert say(cleo, school.cohort, id=pk).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "   "},
        {"title": "x" * 121},
        {"title": "two\nlines"},
        {"body": ""},
        {"body": " \n "},
        {"body": "x" * 10_001},
        {"body": "a\0b"},
        {"audience": "coordinators"},
        {"audience": None},
        {"id": "1"},
        {"title": 7},
        {"loud": True},
    ],
)
def test_refused_announcements(school, as_, wrong):
    refused = say(as_(school.coordinator), school.cohort, **wrong)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] in wrong
    assert not Announcement.objects.exists()


def test_ten_a_day_and_when_the_next_is_possible(school, as_, clock):
    cleo = as_(school.coordinator)
    for minutes in range(10):
        clock.move_to(NOW + dt.timedelta(minutes=minutes))
        made = say(cleo, school.cohort)
        assert made.status_code == 201
    assert cleo.delete(f"/api/v1/announcements/{made.json()['id']}").status_code == 200
    refused = say(cleo, school.cohort)
    assert code(refused) == (409, "too-many-announcements")
    assert refused.json()["possible_at"] == "2026-11-23T12:00:00Z"
    assert "from 23 November 2026, 12:00 on, where you are (UTC)" in refused.json()["detail"]
    assert say(cleo, make_cohort(school.coordinator)).status_code == 201
    clock.move_to(NOW + dt.timedelta(hours=24, seconds=-1))
    assert say(cleo, school.cohort).status_code == 409
    clock.move_to(NOW + dt.timedelta(hours=24))
    assert say(cleo, school.cohort).status_code == 201
    assert say(cleo, school.cohort).status_code == 409
    assert Announcement.objects.filter(cohort=school.cohort).count() == 11


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_ten_get_through(as_):
    cohort = make_cohort()
    cleo = cohort.created_by
    answers = at_once(*[lambda: say(as_(cleo), cohort).status_code] * 14)
    assert sorted(answers) == [201] * 10 + [409] * 4
    assert Announcement.objects.count() == 10


def test_its_author_takes_it_back_and_that_it_was_there_stays(school, as_):
    second = make_person("Second coordinator")
    make_member(school.cohort, second, "coordinator")
    pk = say(as_(school.coordinator), school.cohort).json()["id"]
    one = f"/api/v1/announcements/{pk}"
    for person in (school.learner, second, school.admin):
        assert code(as_(person).delete(one)) == (403, "not-your-announcement")
    assert as_(school.stranger).delete(one).status_code == 404
    for _ in range(2):
        gone = as_(school.coordinator).delete(one)
        assert gone.status_code == 200
        assert gone.json()["withdrawn_at"] == "2026-11-22T12:00:00Z"
    (row,) = as_(school.learner).get(where(school.cohort)).json()["results"]
    assert (row["title"], row["body"], row["withdrawn_at"]) == ("", "", "2026-11-22T12:00:00Z")
    assert OutboxEvent.objects.filter(type="announcement.withdrawn.v1").count() == 1


def test_who_left_takes_their_words_back_all_the_same(school, as_):
    second = make_person("Second coordinator")
    member = make_member(school.cohort, second, "coordinator")
    pk = say(as_(second), school.cohort).json()["id"]
    member.leave(now=NOW)
    assert as_(second).delete(f"/api/v1/announcements/{pk}").status_code == 200
