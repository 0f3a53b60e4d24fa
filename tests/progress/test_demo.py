"""The demo people: a story to look at, never in production."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.demo import PASSWORD
from accounts.models import User
from progress.models import Submission
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def test_the_story_is_told_once(as_, client):
    call_command("load_pathways", stdout=StringIO())
    out = StringIO()
    call_command("create_demo_people", "--json", stdout=out)
    people = json.loads(out.getvalue())
    assert [person["role"] for person in people] == [
        "learner",
        "mentor",
        "nothing yet",
        "coordinator",
        "second mentor",
    ]
    assert Submission.objects.count() == 3
    mentor = as_(User.objects.get(email=people[1]["email"]))
    way = mentor.get("/api/v1/enrollments").json()["results"][0]["id"]
    offer = mentor.get(f"/api/v1/enrollments/{way}/upgrade").json()
    assert (offer["current"], offer["edition"], offer["summary"]["history"]) == (1, 2, 1)
    second = as_(User.objects.get(email=people[4]["email"]))
    (waits,) = second.get("/api/v1/review-queue", {"second_opinion": "true"}).json()["results"]
    learner = as_(User.objects.get(email=people[0]["email"]))
    said = learner.get(
        f"/api/v1/enrollments/{waits['enrollment_id']}/milestones/{waits['milestone']['key']}/promise"
    ).json()["second_opinion"]
    assert (said["ladder"]["step"], said["ladder"]["next_step"]) == ("remind", "offer")
    assert client.login(email=people[0]["email"], password=PASSWORD)
    with pytest.raises(CommandError, match="already"):
        call_command("create_demo_people")


def test_not_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("create_demo_people")
    assert not User.objects.exists()


def test_demo_people_can_not_sign_in_to_production(settings, as_, client):
    make_edition()
    call_command("create_demo_people", stdout=StringIO())
    learner = User.objects.get(email__startswith="lin@")
    signed_in_before = as_(learner)
    settings.PRODUCTION = True
    assert not client.login(email=learner.email, password=PASSWORD)
    assert signed_in_before.get("/api/v1/me").status_code == 401
