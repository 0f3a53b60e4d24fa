"""Invitations and mentorships."""

import datetime as dt

import pytest
import time_machine
from django.core import signing

from progress.models import Invitation, Mentorship
from tests.factories import NOW, make_person

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
        "message": "Will you?",
        "expires_at": "2026-12-06T12:00:00Z",
    }
    them = as_(mentor)
    made = them.put(f"{by_token(invitation)}/acceptance")
    assert made.status_code == 200
    assert made.json()["my_part"] == "mentor"
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
