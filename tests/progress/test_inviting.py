"""Invitations and mentorships."""

import datetime as dt

import pytest
import time_machine
from django.core import signing
from oauth2_provider.models import get_access_token_model

from progress.models import Invitation, Mentorship, OutboxEvent
from tests.at_once import at_once
from tests.factories import (
    MLE,
    NOW,
    make_cohort,
    make_enrollment,
    make_member,
    make_person,
    new_id,
)

pytestmark = pytest.mark.django_db
INVITATIONS = "/api/v1/invitations"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def two(db):
    return make_person("Lin Learner"), make_person("New Mentor")


def invite(client, email, part="mentor"):
    response = client.post(INVITATIONS, {"email": email, "part": part, "message": "Will you?"})
    assert response.status_code == 201, response.content
    return Invitation.objects.get(pk=response.json()["id"])


def by_token(invitation):
    return f"{INVITATIONS}/by-token/{invitation.token}"


def code(response):
    return response.status_code, response.json()["code"]


def test_an_invited_mentor_becomes_one(as_, two, clock):
    learner, mentor = two
    invitation = invite(as_(learner), mentor.email.upper())
    seen = as_(None).get(by_token(invitation)).json()
    assert seen == {
        "state": "open",
        "part": "mentor",
        "inviter": {"id": str(learner.pk), "name": "Lin Learner"},
        "email": mentor.email,
        "cohort": None,
        "is_for_me": None,
        "message": "Will you?",
        "expires_at": "2026-12-06T12:00:00Z",
    }
    them = as_(mentor)
    made = them.put(f"{by_token(invitation)}/acceptance")
    assert made.status_code == 200
    assert made.json()["mentorship"]["my_part"] == "mentor"
    assert them.put(f"{by_token(invitation)}/acceptance").json() == made.json()
    assert Mentorship.objects.count() == 1
    assert as_(learner).get(INVITATIONS).json()["results"][0]["state"] == "accepted"


def test_an_invited_learner_becomes_one(as_, two, clock):
    mentor, learner = two
    invitation = invite(as_(mentor), learner.email, part="learner")
    as_(learner).put(f"{by_token(invitation)}/acceptance")
    mentorship = Mentorship.objects.get()
    assert (mentorship.mentor, mentorship.learner) == (mentor, learner)


def test_an_invitation_is_bound_to_its_address(as_, two, clock):
    learner, mentor = two
    invitation = invite(as_(learner), mentor.email)
    other = as_(make_person("Somebody Else")).put(f"{by_token(invitation)}/acceptance")
    assert code(other) == (403, "invitation-for-another")
    own = as_(learner).put(f"{by_token(invitation)}/acceptance")
    assert code(own) == (422, "own-invitation")
    assert as_(None).put(f"{by_token(invitation)}/acceptance").status_code == 401
    assert not Mentorship.objects.exists()


def test_an_invitation_expires(as_, two, clock):
    learner, mentor = two
    invitation = invite(as_(learner), mentor.email)
    clock.move_to(NOW + dt.timedelta(days=14))
    assert as_(None).get(by_token(invitation)).json()["state"] == "expired"
    late = as_(mentor).put(f"{by_token(invitation)}/acceptance")
    assert code(late) == (410, "invitation-closed")
    assert not Mentorship.objects.exists()


def test_an_invitation_can_be_revoked(as_, two, clock):
    learner, mentor = two
    me = as_(learner)
    invitation = invite(me, mentor.email)
    assert as_(mentor).delete(f"{INVITATIONS}/{invitation.pk}").status_code == 404
    assert me.delete(f"{INVITATIONS}/{invitation.pk}").status_code == 204
    assert me.delete(f"{INVITATIONS}/{invitation.pk}").status_code == 204
    assert code(as_(mentor).put(f"{by_token(invitation)}/acceptance")) == (410, "invitation-closed")


def test_an_accepted_invitation_can_not_be_revoked(as_, two, clock):
    learner, mentor = two
    invitation = invite(as_(learner), mentor.email)
    as_(mentor).put(f"{by_token(invitation)}/acceptance")
    assert code(as_(learner).delete(f"{INVITATIONS}/{invitation.pk}")) == (410, "invitation-closed")
    assert Mentorship.objects.get().state == "active"


@pytest.mark.parametrize(
    "token", ["nonsense", f"{'0' * 36}:forged", signing.Signer(salt="x").sign("a")]
)
def test_a_token_that_is_not_ours(as_, db, token):
    assert as_(None).get(f"{INVITATIONS}/by-token/{token}").status_code == 404


def test_refused_invitations(as_, two, clock):
    learner, _ = two
    me = as_(learner)
    own = me.post(INVITATIONS, {"email": learner.email, "part": "mentor"})
    assert code(own) == (422, "inviting-yourself")
    for wrong in ({"email": "nobody", "part": "mentor"}, {"email": "a@b.example", "part": "boss"}):
        assert code(me.post(INVITATIONS, wrong)) == (400, "invalid")
    assert not Invitation.objects.exists()


def test_the_inviter_can_not_mail_the_whole_world(as_, two, clock):
    learner, _ = two
    me = as_(learner)
    for number in range(50):
        invite(me, f"guest{number}@example.org")
    one_more = me.post(INVITATIONS, {"email": "guest50@example.org", "part": "mentor"})
    assert code(one_more) == (409, "too-many-invitations")


@pytest.mark.django_db(transaction=True)
def test_of_six_invitations_at_once_as_many_are_made_as_there_is_room_for(as_):
    learner = make_person("Lin Learner")
    me = as_(learner)
    for _ in range(48):
        link(me)
    devices = [as_(learner) for _ in range(6)]
    answers = at_once(
        *[lambda one=one: one.post(INVITATIONS, {"part": "mentor"}).status_code for one in devices]
    )
    assert sorted(answers) == [201] * 2 + [409] * 4
    assert Invitation.objects.count() == 50


@pytest.mark.parametrize("address", ["a" * 243 + "@example.org", "a@" + "İ." * 120 + "org"])
def test_an_address_longer_than_one_can_be_is_refused(as_, two, clock, address):
    """Also one that only its small letters make so long."""
    refused = as_(two[0]).post(INVITATIONS, {"email": address, "part": "mentor"})
    assert code(refused) == (400, "invalid")
    assert [error["code"] for error in refused.json()["errors"]] == ["max_length"]


def link(client, **fields):
    response = client.post(INVITATIONS, {"part": "mentor", **fields})
    assert response.status_code == 201, response.content
    return response.json()


def accept(client, invitation):
    token = invitation["link"].rsplit("/", 1)[1]
    return client.put(f"{INVITATIONS}/by-token/{token}/acceptance")


def test_a_link_is_for_whoever_holds_it_once(as_, two, clock):
    learner, mentor = two
    made = link(as_(learner), days=3)
    assert made["link"].startswith("http://localhost:8000/invitations/")
    assert (made["email"], made["max_uses"], made["uses"]) == ("", 1, 0)
    assert made["expires_at"] == "2026-11-25T12:00:00Z"
    assert accept(as_(mentor), made).json()["mentorship"]["mentor"]["name"] == "New Mentor"
    late = accept(as_(make_person("Late")), made)
    assert code(late) == (410, "invitation-closed")
    assert late.json()["detail"] == "It was accepted already. Ask for a new one."
    assert accept(as_(mentor), made).status_code == 200
    assert Mentorship.objects.count() == 1


def test_a_counted_link_is_used_up(as_, two, clock):
    learner, mentor = two
    me = as_(learner)
    made = link(me, max_uses=2)
    for person in (mentor, mentor, make_person("Second")):
        assert accept(as_(person), made).status_code == 200
    third = accept(as_(make_person("Third")), made)
    assert code(third) == (410, "invitation-closed")
    assert "As many people as it was made for" in third.json()["detail"]
    (listed,) = me.get(INVITATIONS).json()["results"]
    assert (listed["state"], listed["uses"]) == ("used_up", 2)
    gone = me.delete(f"{INVITATIONS}/{made['id']}")
    assert code(gone) == (410, "invitation-closed")


@pytest.mark.django_db(transaction=True)
def test_of_twelve_at_once_as_many_get_in_as_it_was_made_for(as_):
    cohort = make_cohort()
    coordinator = cohort.created_by
    made = link(as_(coordinator), part="learner", cohort_id=str(cohort.pk), max_uses=5)
    people = [make_person(f"P{number}") for number in range(6)]
    answers = at_once(
        *[lambda person=person: accept(as_(person), made).status_code for person in people * 2]
    )
    assert sorted(answers) == [200] * 10 + [410] * 2
    assert cohort.members.filter(part="learner").count() == 5
    row = Invitation.objects.get()
    assert (row.uses, row.used_by.count()) == (5, 5)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"part": "coordinator"}, (422, "coordinator-without-cohort")),
        ({"email": "a@example.org", "max_uses": 2}, (422, "one-address-one-use")),
        ({"max_uses": 0}, (400, "invalid")),
        ({"max_uses": 1001}, (400, "invalid")),
        ({"days": 0}, (400, "invalid")),
        ({"days": 91}, (400, "invalid")),
        ({"days": "7"}, (400, "invalid")),
        ({"cohort_id": "00000000-0000-7000-8000-000000000000"}, (404, "not-found")),
    ],
)
def test_refused_links(as_, two, fields, expected):
    assert code(as_(two[0]).post(INVITATIONS, {"part": "mentor", **fields})) == expected
    assert not Invitation.objects.exists()


@pytest.fixture
def school(db):
    return make_cohort(make_person("Cleo Coordinator"))


def into(client, cohort, part="learner", **fields):
    return link(client, part=part, cohort_id=str(cohort.pk), **fields)


def test_a_learner_joins_a_cohort_and_is_offered_its_pathway(as_, school, clock):
    me, learner = as_(school.created_by), make_person("Lin")
    made = into(me, school)
    token = made["link"].rsplit("/", 1)[1]
    seen = as_(learner).get(f"{INVITATIONS}/by-token/{token}").json()
    assert seen["cohort"] == {
        "id": str(school.pk),
        "name": "Autumn 2026",
        "pathway": {"slug": MLE, "title": "Become a machine learning engineer"},
        "starts_on": "2026-09-01",
        "ends_on": "2027-02-28",
    }
    assert seen["is_for_me"] is True
    joined = accept(as_(learner), made).json()
    assert (joined["enroll"], joined["mentorship"]) == (MLE, None)
    assert joined["cohort"]["my_parts"] == ["learner"]
    make_enrollment(learner)
    assert accept(as_(learner), made).json()["enroll"] is None
    assert OutboxEvent.objects.filter(type="cohort.joined.v1").count() == 1


def test_only_coordinators_invite_into_a_cohort_and_share_the_list(as_, school, clock):
    mentor, second = make_person("Mo"), make_person("Second coordinator")
    make_member(school, mentor, "mentor")
    make_member(school, second, "coordinator")
    made = into(as_(school.created_by), school, part="coordinator")
    asked = {"part": "mentor", "cohort_id": str(school.pk)}
    assert code(as_(mentor).post(INVITATIONS, asked)) == (403, "not-the-coordinator")
    where = f"{INVITATIONS}?cohort={school.pk}"
    assert as_(mentor).get(where).json()["results"] == []
    assert [row["id"] for row in as_(second).get(where).json()["results"]] == [made["id"]]
    assert as_(second).delete(f"{INVITATIONS}/{made['id']}").status_code == 204
    assert code(accept(as_(mentor), made)) == (410, "invitation-closed")
    assert as_(mentor).get(f"/api/v1/cohorts/{school.pk}").json()["my_parts"] == ["mentor"]


def test_a_coordinator_may_take_a_second_part_by_their_own_link(as_, school, clock):
    me = as_(school.created_by)
    assert accept(me, into(me, school, part="mentor")).status_code == 200
    assert me.get(f"/api/v1/cohorts/{school.pk}").json()["my_parts"] == ["mentor", "coordinator"]


def test_who_left_does_not_come_back_by_the_same_link(as_, school, clock):
    me, learner = as_(school.created_by), make_person("Lin")
    made = into(me, school, max_uses=9)
    accept(as_(learner), made)
    row = school.members.get(person=learner)
    assert me.delete(f"/api/v1/cohorts/{school.pk}/members/{row.pk}").status_code == 204
    back = accept(as_(learner), made)
    assert code(back) == (410, "invitation-closed")
    assert back.json()["detail"].startswith("You accepted it before, and left.")


def test_links_end_with_their_cohort_and_with_their_coordinator(as_, school, clock):
    second = make_person("Second coordinator")
    part = make_member(school, second, "coordinator")
    first, of_second = into(as_(school.created_by), school), into(as_(second), school)
    as_(second).delete(f"/api/v1/cohorts/{school.pk}/members/{part.pk}")
    assert code(accept(as_(make_person()), of_second)) == (410, "invitation-closed")
    assert as_(school.created_by).delete(f"/api/v1/cohorts/{school.pk}").status_code == 204
    late = accept(as_(make_person()), first)
    assert code(late) == (410, "invitation-closed")
    asked = {"part": "mentor", "cohort_id": str(school.pk)}
    assert code(as_(school.created_by).post(INVITATIONS, asked)) == (409, "cohort-ended")
    assert school.members.count() == 2


def test_an_email_into_a_cohort_is_for_its_address(as_, school, clock):
    me, invitee = as_(school.created_by), make_person("Ivy")
    asked = {"email": invitee.email, "part": "learner", "cohort_id": str(school.pk)}
    made = me.post(INVITATIONS, asked).json()
    assert made["link"] is None
    invitation = Invitation.objects.get(pk=made["id"])
    other = make_person("Somebody else")
    refused = as_(other).put(f"{by_token(invitation)}/acceptance")
    assert code(refused) == (403, "invitation-for-another")
    assert f"You are signed in as {other.email}" in refused.json()["detail"]
    assert as_(other).get(by_token(invitation)).json()["is_for_me"] is False
    assert as_(invitee).put(f"{by_token(invitation)}/acceptance").status_code == 200


def test_an_app_that_only_reads_gets_no_link_to_pass_on(as_, two, clock):
    learner, _ = two
    link(as_(learner))
    for scope, has_link in (("people:read", False), ("people:read people:write", True)):
        secret = new_id()
        get_access_token_model().objects.create(
            user=learner, token=secret, scope=scope, expires=NOW + dt.timedelta(days=1)
        )
        headers = {"Authorization": f"Bearer {secret}"}
        (row,) = as_(None).get(INVITATIONS, headers=headers).json()["results"]
        assert bool(row["link"]) is has_link


def test_either_side_ends_a_mentorship(as_, cast):
    them = as_(cast.mentor)
    mentorship = them.get("/api/v1/mentorships").json()["results"][0]
    where = f"/api/v1/mentorships/{mentorship['id']}"
    assert as_(cast.stranger).delete(where).status_code == 404
    assert them.get(f"/api/v1/enrollments/{cast.enrollment.pk}").status_code == 200
    assert them.delete(where).status_code == 204
    assert them.delete(where).status_code == 204
    assert them.get(where).json()["state"] == "ended"
    assert them.get(f"/api/v1/enrollments/{cast.enrollment.pk}").status_code == 404
