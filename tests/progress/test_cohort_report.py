"""The report of a cohort: who is where, who may need help and why, and who reads it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from progress.api.serializers.cohort_reports import LearnerAtRiskOutput, at_risk
from progress.models import Enrollment, LogEntry, Submission
from progress.queries.cohort_report import cohort_report, require_reader
from progress.queries.learner_facts import known_of
from progress.standing import standing_of
from progress.veil import NO_VEIL
from tests.factories import (
    approval,
    changes,
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
    new_id,
)
from tests.progress.test_reviewing import submit

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def school(db):
    """A cohort with a mentor and a coordinator."""
    cohort = make_cohort(make_person("Cleo Coordinator"))
    make_member(cohort, make_person("Mo Mentor"), "mentor")
    return cohort


def the(cohort, part):
    return cohort.members.filter(part=part).get().person


def make_learner(cohort, name, *, now, days=60, **fields):
    """A learner who set out `days` ago."""
    learner = make_person(name)
    make_member(cohort, learner, "learner")
    return make_enrollment(learner, now=now - days * DAY, **fields)


def make_log(enrollment, *days_ago, now, minutes=400):
    LogEntry.objects.bulk_create(
        LogEntry(
            id=new_id(),
            enrollment=enrollment,
            milestone_key="python-programming",
            day=now.date() - ago * DAY,
            time_zone="UTC",
            minutes=minutes,
            created_at=now,
        )
        for ago in days_ago
    )


def report(client, cohort):
    response = client.get(f"/api/v1/cohorts/{cohort.pk}/progress")
    assert response.status_code == 200, response.content
    return response.json()


def the_known(enrollment, now):
    rows = Enrollment.objects.filter(pk=enrollment.pk)
    zones = {enrollment.learner_id: enrollment.learner.time_zone}
    (known,) = known_of(rows, zones=zones, veil=NO_VEIL, now=now)
    return known


def test_an_empty_cohort_has_a_report(as_, school):
    body = report(as_(the(school, "coordinator")), school)
    stages = body.pop("stages")
    assert stages[0] == {
        "key": "degree",
        "title": stages[0]["title"],
        "complete": 0,
        "begun": 0,
        "here": 0,
    }
    assert body.pop("at")
    assert body.pop("reviews") == {
        "waiting": 0,
        "unclaimed": 0,
        "waiting_since": None,
        "decided": 0,
        "median_days": None,
        "mentors": [
            {
                "person": {"id": str(the(school, "mentor").pk), "name": "Mo Mentor"},
                "away_until": None,
                "claims": 0,
                "decided": 0,
                "median_days": None,
            }
        ],
    }
    assert body == {
        "learners": 0,
        "not_started": 0,
        "median_percent": None,
        "pace": {"on_plan": 0, "behind": 0, "too_early": 0, "paused": 0, "complete": 0},
        "reasons": {"stuck_in_review": 0, "repeated_changes": 0, "quiet": 0, "behind": 0},
        "at_risk_count": 0,
        "at_risk": [],
    }


def test_it_says_who_is_quiet_and_who_is_behind(as_, school, now):
    well = make_learner(school, "Wanda Well", now=now)
    make_log(well, *range(1, 28, 2), now=now)
    quiet = make_learner(school, "Quentin Quiet", now=now)
    make_log(quiet, 20, 22, 24, 26, now=now)
    behind = make_learner(school, "Bea Behind", now=now)
    make_log(behind, 1, 8, 15, 22, now=now, minutes=60)
    make_learner(school, "Nora New", now=now, days=3)
    make_member(school, make_person("Not Yet"), "learner")
    body = report(as_(the(school, "coordinator")), school)
    assert body["learners"] == 5
    assert body["not_started"] == 1
    assert body["pace"] == {"on_plan": 2, "behind": 1, "too_early": 1, "paused": 0, "complete": 0}
    assert body["stages"][0]["here"] == 4
    first, second = body["at_risk"]
    assert first["person"]["name"] == "Quentin Quiet"
    (reason,) = first["reasons"]
    assert (reason["code"], reason["days"], reason["usual_days"]) == ("quiet", 20, 2)
    assert reason["reason"] == "Nothing for 20 days; they usually work every 2 days."
    assert reason["action"] == "ask_how_it_goes"
    (reason,) = second["reasons"]
    assert (reason["code"], reason["minutes"], reason["needed_minutes"]) == ("behind", 60, 360)
    assert reason["reason"] == "They logged 1 h a week in the last 4 weeks; their goal is 6 h."


def test_the_learner_reads_the_same_reason_in_kind_words(as_, school, now):
    quiet = make_learner(school, "Quentin Quiet", now=now, days=30)
    url = f"/api/v1/enrollments/{quiet.pk}/risk"
    mine = as_(quiet.learner).get(url).json()["reasons"]
    theirs = as_(the(school, "coordinator")).get(url).json()["reasons"]
    assert [one["code"] for one in mine] == [one["code"] for one in theirs] == ["quiet", "behind"]
    assert mine[0]["reason"] == "Nothing from you for 30 days."
    assert theirs[0]["reason"] == "Nothing for 30 days."
    assert report(as_(the(school, "coordinator")), school)["at_risk"][0]["reasons"] == theirs


def test_paused_learners_are_not_at_risk(as_, school, now):
    away = make_learner(school, "Pat Paused", now=now)
    response = as_(away.learner).post(
        f"/api/v1/enrollments/{away.pk}/pauses",
        {"starts_on": now.date().isoformat(), "ends_on": None},
    )
    assert response.status_code == 201, response.content
    body = report(as_(the(school, "coordinator")), school)
    assert body["at_risk"] == []
    assert body["pace"]["paused"] == 1


def test_a_round_that_waits_too_long(as_, school, now):
    stuck = make_learner(school, "Stella Stuck", now=now)
    make_log(stuck, *range(1, 28, 2), now=now)
    assert submit(as_(stuck.learner), stuck).status_code == 201
    Submission.objects.update(submitted_at=now - 9 * DAY)
    body = report(as_(the(school, "coordinator")), school)
    (reason,) = body["at_risk"][0]["reasons"]
    assert (reason["code"], reason["days"]) == ("stuck_in_review", 9)
    assert reason["milestone_key"] == "python-programming"
    assert reason["action"] == "find_a_mentor"
    assert (body["reviews"]["waiting"], body["reviews"]["unclaimed"]) == (1, 1)


def decide(client, pk, body):
    assert client.put(f"/api/v1/submissions/{pk}/claim").status_code == 200
    response = client.post(f"/api/v1/submissions/{pk}/decision", body)
    assert response.status_code == 201, response.content


def test_changes_again_and_again_until_it_is_approved(as_, school, now):
    often = make_learner(school, "Ola Often", now=now)
    make_log(often, *range(1, 28, 2), now=now)
    learner, mentor = as_(often.learner), as_(the(school, "mentor"))
    for _ in range(2):
        decide(mentor, submit(learner, often).json()["id"], changes("More tests."))
        for asked in learner.get(f"/api/v1/submissions?enrollment={often.pk}").json()["results"][0][
            "change_requests"
        ]:
            learner.put(f"/api/v1/change-requests/{asked['id']}/answer", {"text": "Done."})
    body = report(as_(the(school, "coordinator")), school)
    (reason,) = body["at_risk"][0]["reasons"]
    assert (reason["code"], reason["rounds"]) == ("repeated_changes", 2)
    (load,) = body["reviews"]["mentors"]
    assert (load["decided"], load["median_days"], load["claims"]) == (2, 0.0, 0)
    pk = submit(learner, often).json()["id"]
    items = Submission.objects.get(pk=pk)
    assert items.round == 3
    Submission.objects.filter(pk=pk).update(state="withdrawn", withdrawn_at=now)
    often.milestones.update(verification="approved", verification_changed_at=now)
    assert report(as_(the(school, "coordinator")), school)["at_risk"] == []


def test_who_reads_it(as_, school, cast, now):
    learner = make_learner(school, "Lea", now=now)
    make_learner(school, "Leo", now=now)
    direct = make_person("Dora Direct")
    make_mentorship(direct, learner.learner)
    url = f"/api/v1/cohorts/{school.pk}/progress"

    def status(person):
        return as_(person).get(url).status_code

    assert status(the(school, "coordinator")) == status(the(school, "mentor")) == 200
    assert status(cast.admin) == status(direct) == 200
    refused = as_(learner.learner).get(url)
    assert (refused.status_code, refused.json()["code"]) == (403, "report-not-for-learners")
    assert status(cast.coordinator) == status(cast.stranger) == status(cast.other_mentor) == 404
    assert as_(None).get(url).status_code == 401
    assert report(as_(the(school, "mentor")), school)["learners"] == 2
    own = report(as_(direct), school)
    assert (own["learners"], own["reviews"]["mentors"]) == (1, [])
    make_member(school, make_person("Mia"), "mentor")
    mentors = report(as_(school.members.filter(part="mentor").first().person), school)["reviews"]
    assert len(mentors["mentors"]) == 1


def test_an_ended_cohort_has_none(as_, school):
    coordinator = as_(the(school, "coordinator"))
    assert coordinator.delete(f"/api/v1/cohorts/{school.pk}").status_code == 204
    refused = coordinator.get(f"/api/v1/cohorts/{school.pk}/progress")
    assert (refused.status_code, refused.json()["code"]) == (409, "cohort-ended")


def test_the_csv_has_everybody_and_no_formula(as_, school, now):
    make_learner(school, "=cmd|' /C calc'!A0", now=now)
    make_member(school, make_person("Not Yet"), "learner")
    response = as_(the(school, "coordinator")).get(f"/api/v1/cohorts/{school.pk}/progress.csv")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = b"".join(response.streaming_content).decode().split("\r\n")
    assert lines[0].startswith("\ufefflearner,status,stage,percent,")
    assert lines[1].startswith("'=cmd|' /C calc'!A0,active,")
    assert lines[2] == "Not Yet,not_started" + "," * 11


@pytest.mark.parametrize("extension", ["", ".csv"])
def test_its_queries_are_as_many_for_a_hundred(as_, school, now, extension):
    def count():
        client = as_(the(school, "coordinator"))
        url = f"/api/v1/cohorts/{school.pk}/progress{extension}"
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
            assert response.status_code == 200
            if extension:
                assert b"".join(response.streaming_content)
        return len(queries)

    one = make_learner(school, "One", now=now)
    make_log(one, 1, 2, 3, now=now)
    submit(as_(one.learner), one)
    few = count()
    people = [make_learner(school, f"Learner {n}", now=now) for n in range(100)]
    for enrollment in people:
        make_log(enrollment, 20, 22, 24, now=now)
    assert (few, count()) == (17, 17)


def test_it_counts_as_the_evaluator_does(as_, school, now):
    enrollment = make_learner(school, "Ed", now=now)
    for n, (work, verification) in enumerate(
        (work, verification)
        for work in ("todo", "doing", "done")
        for verification in (
            "none",
            "waiting",
            "approved",
            "changes_requested",
            "waived",
            "revoked",
        )
    ):
        keys = list(standing_of(enrollment).evaluation.milestones)
        enrollment.milestones.create(
            milestone_key=keys[n],
            work=work,
            work_changed_at=now,
            verification=verification,
            verification_changed_at=now,
        )
    known = the_known(enrollment, now)
    evaluation = standing_of(enrollment).evaluation
    assert known.measured.percent == evaluation.percent
    assert known.measured.complete_count == evaluation.complete_count
    for stage in evaluation.stages:
        assert (known.measured.stages[stage.stage.key] == "complete") is stage.complete


def test_an_approval_is_counted(as_, school, now):
    enrollment = make_learner(school, "Ada", now=now)
    decide(
        as_(the(school, "mentor")),
        submit(as_(enrollment.learner), enrollment).json()["id"],
        approval("python-programming"),
    )
    known = the_known(enrollment, now)
    assert known.measured.complete_count == 1


def test_the_hot_list_is_what_its_fields_would_render(school, now):
    from rest_framework.renderers import JSONRenderer

    quiet = make_learner(school, "", now=now)
    make_log(quiet, 30, 32, 34, now=now)
    Submission.objects.create(
        enrollment=make_learner(school, "Stuck", now=now),
        milestone_key="python-programming",
        round=1,
        submitted_at=now - 9 * DAY,
    )
    reader = require_reader(the(school, "coordinator"), school)
    found = cohort_report(school, reader=reader, now=now).at_risk
    assert len(found) == 2
    for one in found:
        data = at_risk(one)
        fields = LearnerAtRiskOutput(
            {
                "person": one.person,
                "enrollment_id": one.known.enrollment_id,
                "stage": one.stage_title,
                "percent": one.known.measured.percent,
                "reasons": data["reasons"],
            }
        ).data
        assert JSONRenderer().render(data) == JSONRenderer().render(fields)
