"""Many people invited into a cohort at once: previewed row by row, applied as one or not at all."""

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Delivery
from progress.models import Invitation, InvitationList, OutboxEvent
from tests.at_once import at_once
from tests.factories import NOW, make_cohort, make_member, make_person, new_id
from tests.notifications.acts import deliver
from tests.notifications.post import Postbox, send, text_of

pytestmark = pytest.mark.django_db
A_UUID = "01a20b78-a05f-702e-9e5b-8942d59a8ade"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cleo(cast, clock, as_):
    return as_(cast.coordinator)


@pytest.fixture
def way(cast):
    return f"/api/v1/cohorts/{cast.cohort.pk}"


def preview(client, way, text, **extra):
    response = client.post(f"{way}/invitation-previews", {"text": text, **extra})
    assert response.status_code == 200, response.content
    assert not InvitationList.objects.exists()
    return response.json()


def apply(client, way, text, **extra):
    return client.post(f"{way}/invitation-lists", {"id": new_id(), "text": text, **extra})


def verdicts(found):
    return [(row["line"], row["verdict"], row["part"]) for row in found["rows"]]


def code(response):
    return response.status_code, response.json()["code"]


def addresses(count, *, prefix="guest"):
    return "email\n" + "".join(f"{prefix}{number}@example.org\n" for number in range(count))


def test_every_row_is_judged_before_anybody_is_invited(cast, cleo, way):
    make_member(cast.cohort, cast.other_mentor, "mentor")
    asked = {"email": "open@example.org", "part": "learner", "cohort_id": str(cast.cohort.pk)}
    cleo.post("/api/v1/invitations", asked)
    text = f"""Message;E-Mail;Full_Name;Part;Street
Welcome!;new@example.org;Ada New;;Here 1
;NEW@example.org;;Learner;
;new@example.org;;mentors;
;{cast.learner.email};;learner;
;{cast.other_mentor.email};;learner;
;open@example.org;;;
;{cast.coordinator.email.upper()};;mentor;
;nobody;;;
;=cmd|' /C calc'!A0;;;
;;Nameless;;
;boss@example.org;;boss;
"""
    found = preview(cleo, way, text)
    assert (found["encoding"], found["delimiter"]) == ("utf-8", ";")
    assert [column["read_as"] for column in found["columns"]] == [
        "message",
        "email",
        "name",
        "part",
        None,
    ]
    assert verdicts(found) == [
        (2, "invite", "learner"),
        (3, "duplicate", "learner"),
        (4, "invite", "mentor"),
        (5, "member", "learner"),
        (6, "invite", "learner"),
        (7, "invited", "learner"),
        (8, "own", "mentor"),
        (9, "refused", ""),
        (10, "refused", ""),
        (11, "refused", ""),
        (12, "refused", ""),
    ]
    assert (found["invite"], found["left_out"], found["refused"], found["room"]) == (3, 4, 4, 999)
    assert found["rows"][0] == {
        "line": 2,
        "verdict": "invite",
        "email": "new@example.org",
        "part": "learner",
        "name": "Ada New",
        "message": "Welcome!",
        "field": "",
        "code": "",
        "reason": "",
    }
    refused = [(row["field"], row["code"], row["reason"]) for row in found["rows"][-4:]]
    assert refused == [
        ("email", "no-address", "“nobody” is no email address."),
        ("email", "no-address", "“=cmd|' /c calc'!a0” is no email address."),
        ("email", "missing", "Say whom: this row has no address."),
        ("part", "no-part", "“boss” is no part; write one of these: learner, mentor, coordinator."),
    ]
    assert [row["reason"] for row in found["rows"] if row["verdict"] == "invited"] == [
        "Has an open invitation already."
    ]
    assert Invitation.objects.count() == 1


def test_a_list_is_applied_as_one_and_each_gets_their_mail(cast, cleo, way):
    text = 'email,part,message\nlin@example.org,,"Hello, Lin"\nmo@example.org,mentor,\n'
    answer = apply(cleo, way, text, message="Welcome.", days=30)
    assert answer.status_code == 201
    assert answer.json() == {
        "id": answer.json()["id"],
        "cohort_id": str(cast.cohort.pk),
        "invited": 2,
        "left_out": 0,
        "refused": 0,
        "created_at": "2026-11-22T12:00:00Z",
        "revoked_at": None,
    }
    made = Invitation.objects.order_by("email")
    assert [(one.email, one.part, one.message, one.max_uses) for one in made] == [
        ("lin@example.org", "learner", "Hello, Lin", 1),
        ("mo@example.org", "mentor", "Welcome.", 1),
    ]
    assert {one.expires_at for one in made} == {NOW + dt.timedelta(days=30)}
    assert OutboxEvent.objects.filter(type="invitation.created.v1").count() == 2
    deliver()
    box = Postbox()
    send(box)
    letters = dict(box.messages)
    assert set(letters) == {"lin@example.org", "mo@example.org"}
    assert "> Hello, Lin" in text_of(letters["lin@example.org"])
    assert f"/invitations/{made[0].token}" in text_of(letters["lin@example.org"])
    assert Delivery.objects.filter(must_arrive=True, state="sent").count() == 2
    invitee = make_person("Lin")
    EmailAddress.objects.create(user=invitee, email="lin@example.org", verified=True)
    assert verdicts(preview_of(cleo, way, text))[0] == (2, "invited", "learner")


def preview_of(client, way, text):
    return client.post(f"{way}/invitation-previews", {"text": text}).json()


def test_who_accepted_is_a_member_by_any_address_they_have_verified(cast, cleo, way):
    EmailAddress.objects.create(user=cast.learner, email="Second@example.org", verified=True)
    EmailAddress.objects.create(user=cast.learner, email="unproven@example.org", verified=False)
    left = make_person("Left")
    make_member(cast.cohort, left, "learner").leave(now=NOW)
    text = f"email\nsecond@example.org\nunproven@example.org\n{left.email}\n"
    assert [v for _, v, _ in verdicts(preview(cleo, way, text))] == ["member", "invite", "invite"]


def test_a_bare_column_of_addresses_is_enough(cleo, way):
    found = preview(cleo, way, "a@example.org\nb@example.org\n", part="mentor")
    assert verdicts(found) == [(1, "invite", "mentor"), (2, "invite", "mentor")]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("email;name\nä@example.org;Zoë\n".encode("utf-16"), "utf-16"),
        ("email\tname\nb@example.org\tZoë\n".encode("utf-8-sig"), "utf-8"),
        ("email,name\nc@example.org,Zoë\n".encode(), "utf-8"),
    ],
)
def test_files_come_as_spreadsheets_write_them(cleo, way, content, encoding):
    answer = cleo.post(f"{way}/invitation-previews?part=learner", content, content_type="text/csv")
    assert answer.status_code == 200
    assert answer.json()["encoding"] == encoding
    assert answer.json()["rows"][0]["name"] == "Zoë"


@pytest.mark.parametrize(
    ("content", "why", "said"),
    [
        ("email,name\na@b.example,Zoë\n".encode("latin-1"), "encoding", "Line 2 has a byte that"),
        ("email\na@b.example\n".encode("utf-16-le"), "nul", "NUL"),
        (b"\n", "no-header", "no names of columns"),
        (b"address line,town\nx,y\n", "column-missing", "names no column email"),
        (b"email,Email\na,b\n", "column-twice", "twice"),
        (b'email,part\n"a@b.example,learner\n', "quote", "never closed"),
        (b"email\na@b.example,learner\n", "row-too-long", "has 2 cells"),
        (addresses(10_000).encode(), "too-many-rows", "is row 501; split the file."),
        (b"email,message\na@b.example," + b"x" * 3_000, "cell-too-long", "2000 characters"),
    ],
)
@pytest.mark.parametrize("path", ["invitation-previews?", f"invitation-lists?id={A_UUID}&"])
def test_what_cannot_be_read_is_refused_whole(cleo, way, content, why, said, path):
    refused = cleo.post(f"{way}/{path}part=learner", content, content_type="text/csv")
    assert code(refused) == (422, "csv-unreadable")
    assert said in refused.json()["detail"]
    assert refused.json()["errors"][0]["code"] == why
    assert not Invitation.objects.exists()
    assert not InvitationList.objects.exists()


def test_a_text_of_ten_thousand_rows_is_refused_whole(cleo, way):
    refused = apply(cleo, way, addresses(10_000))
    assert code(refused) == (422, "csv-unreadable")
    assert not Invitation.objects.exists()


def test_refused_rows_hold_up_the_rest_until_one_says_to_leave_them_out(cleo, way):
    text = "email\ngood@example.org\nbad\n" + "=1+1\n" * 120
    refused = apply(cleo, way, text)
    assert code(refused) == (422, "invitation-list-refused")
    assert refused.json()["detail"].startswith("121 of 122 rows can't be taken.")
    assert len(refused.json()["errors"]) == 100
    assert refused.json()["errors"][0] == {
        "field": "email",
        "code": "no-address",
        "detail": "“bad” is no email address.",
        "line": 3,
    }
    assert not Invitation.objects.exists()
    made = apply(cleo, way, text, skip_refused=True)
    assert (made.status_code, made.json()["invited"], made.json()["refused"]) == (201, 1, 121)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("email\n", "No row of this list could be taken."),
        ("email\nbad\n", "No row of this list could be taken."),
        ("email\n{learner}\n{own}\n", "Everybody in this list is in the cohort, or invited,"),
    ],
)
def test_nobody_new_is_no_list(cast, cleo, way, text, said):
    text = text.format(learner=cast.learner.email, own=cast.coordinator.email)
    refused = apply(cleo, way, text, skip_refused=True)
    assert code(refused) == (422, "nobody-to-invite")
    assert refused.json()["detail"].startswith(said)
    assert not InvitationList.objects.exists()


def test_sending_it_again_is_one_list(cast, cleo, way, as_):
    asked = {"id": new_id(), "text": "email\na@example.org\n"}
    first = cleo.post(f"{way}/invitation-lists", asked)
    again = cleo.post(f"{way}/invitation-lists", asked)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert (
        Invitation.objects.count()
        == OutboxEvent.objects.filter(type="invitation.created.v1").count()
        == 1
    )
    for other in ({"text": "email\nb@example.org\n"}, {"part": "mentor"}, {"days": 3}):
        refused = cleo.post(f"{way}/invitation-lists", {**asked, **other})
        assert code(refused) == (409, "invitation-list-id-taken")
    elsewhere = make_cohort(cast.coordinator)
    refused = cleo.post(f"/api/v1/cohorts/{elsewhere.pk}/invitation-lists", asked)
    assert code(refused) == (409, "invitation-list-id-taken")
    assert Invitation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_list_at_once_from_two_devices_invites_each_once(as_):
    cohort = make_cohort()
    cleo = as_(cohort.created_by)
    way, asked = f"/api/v1/cohorts/{cohort.pk}/invitation-lists", {"text": addresses(20)}
    same = {"id": new_id(), **asked}

    def send(body):
        return as_(cohort.created_by).post(way, body).status_code

    assert sorted(at_once(lambda: send(same), lambda: send(same))) == [200, 201]
    other = at_once(*[lambda: send({"id": new_id(), **asked})] * 2)
    assert other == [422, 422]
    assert Invitation.objects.count() == 20
    assert len(cleo.get(way).json()["results"]) == 1


@pytest.mark.django_db(transaction=True)
def test_a_day_has_one_limit_for_lists_into_several_cohorts_at_once(as_, monkeypatch):
    monkeypatch.setattr("progress.commands.invite_list.MOST_IN_A_DAY", 3)
    person = make_person("Cleo Coordinator")
    ways = [f"/api/v1/cohorts/{make_cohort(person).pk}" for _ in range(4)]
    clients = [as_(person) for _ in ways]
    answers = at_once(
        *[
            lambda client=client, way=way: apply(client, way, addresses(2)).status_code
            for client, way in zip(clients, ways, strict=True)
        ]
    )
    assert sorted(answers) == [201, 409, 409, 409]
    assert Invitation.objects.count() == 2


def test_five_hundred_cost_as_many_statements_as_two(cast, cleo, way):
    def cost(text):
        with CaptureQueriesContext(connection) as queries:
            made = apply(cleo, way, text)
        assert made.status_code == 201, made.content
        return len(queries), made.json()["invited"]

    few, _ = cost(addresses(2, prefix="few"))
    many, invited = cost(addresses(500))
    assert (many, invited) == (few, 500)


def test_there_is_a_limit_to_what_is_open_and_to_a_day(cast, cleo, way, clock, as_):
    assert apply(cleo, way, addresses(500)).status_code == 201
    assert preview_of(cleo, way, addresses(2, prefix="x"))["room"] == 500
    assert apply(cleo, way, addresses(499, prefix="more")).status_code == 201
    refused = apply(cleo, way, addresses(2, prefix="x"))
    assert code(refused) == (409, "too-many-invitations")
    assert refused.json()["detail"].startswith("This would open 2, and there is room for 1 more.")
    Invitation.objects.update(revoked_at=NOW)
    refused = apply(cleo, way, addresses(2, prefix="x"))
    assert code(refused) == (409, "too-many-invitations")
    assert refused.json()["detail"].startswith("You invited 999 people in the last 24 hours")
    clock.move_to(NOW + dt.timedelta(hours=24))
    assert apply(cleo, way, addresses(2, prefix="x")).status_code == 201


def test_a_list_sent_by_mistake_is_taken_back_as_one(cast, cleo, way, as_):
    invitee = make_person("Ivy")
    made = apply(cleo, way, f"email\n{invitee.email}\nb@example.org\nc@example.org\n").json()
    single = {"email": "single@example.org", "part": "learner", "cohort_id": str(cast.cohort.pk)}
    cleo.post("/api/v1/invitations", single)
    token = Invitation.objects.get(email=invitee.email).token
    accepted = as_(invitee).put(f"/api/v1/invitations/by-token/{token}/acceptance")
    assert accepted.status_code == 200
    one = f"/api/v1/invitation-lists/{made['id']}"
    for _ in range(2):
        gone = cleo.delete(one)
        assert (gone.status_code, gone.json()["revoked_at"]) == (200, "2026-11-22T12:00:00Z")
    rows = cleo.get(f"/api/v1/invitations?cohort={cast.cohort.pk}").json()["results"]
    assert {row["email"]: row["state"] for row in rows} == {
        invitee.email: "accepted",
        "b@example.org": "revoked",
        "c@example.org": "revoked",
        "single@example.org": "open",
    }
    deliver()
    box = Postbox()
    while send(box):
        pass
    assert {to for to, _ in box.messages} == {"single@example.org"}
    assert Delivery.objects.filter(state="suppressed").count() == 3


def test_it_is_for_coordinators_of_cohorts_that_go_on(cast, cleo, way, as_):
    make_member(cast.cohort, cast.other_mentor, "mentor")
    text = "email\na@example.org\n"
    for person, expected in (
        (cast.learner, (403, "not-the-coordinator")),
        (cast.other_mentor, (403, "not-the-coordinator")),
        (cast.stranger, (404, "not-found")),
    ):
        client = as_(person)
        assert code(apply(client, way, text)) == expected
        assert code(client.post(f"{way}/invitation-previews", {"text": text})) == expected
        assert code(client.get(f"{way}/invitation-lists")) == expected
    made = apply(cleo, way, text).json()
    for person in (cast.learner, cast.other_mentor, cast.stranger):
        assert as_(person).delete(f"/api/v1/invitation-lists/{made['id']}").status_code == 404
    cleo.delete(way)
    assert code(apply(cleo, way, text)) == (409, "cohort-ended")
    answer = cleo.post(f"{way}/invitation-previews", {"text": text})
    assert code(answer) == (409, "cohort-ended")


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "boss"},
        {"days": 0},
        {"message": "x" * 1_001},
        {"text": ""},
        {"id": "1"},
        {"skip_refused": "yes"},
        {"notify": False},
    ],
)
def test_refused_options(cleo, way, wrong):
    asked = {"id": new_id(), "text": "email\na@example.org\n", **wrong}
    refused = cleo.post(f"{way}/invitation-lists", asked)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] in wrong
    assert not Invitation.objects.exists()


def test_invitations_by_state(cast, cleo, way, clock, as_):
    invitee = make_person("Ivy")
    apply(cleo, way, f"email\n{invitee.email}\nlate@example.org\n", days=1)
    token = Invitation.objects.get(email=invitee.email).token
    as_(invitee).put(f"/api/v1/invitations/by-token/{token}/acceptance")
    clock.move_to(NOW + dt.timedelta(days=2))
    apply(cleo, way, "email\nopen@example.org\ngone@example.org\n")
    gone = Invitation.objects.get(email="gone@example.org")
    assert cleo.delete(f"/api/v1/invitations/{gone.pk}").status_code == 204
    counted = {"part": "learner", "cohort_id": str(cast.cohort.pk), "max_uses": 1}
    pk = cleo.post("/api/v1/invitations", counted).json()["id"]
    Invitation.objects.filter(pk=pk).update(max_uses=2, uses=2)
    where = f"/api/v1/invitations?cohort={cast.cohort.pk}"
    everything = cleo.get(where).json()["results"]
    for state in ("open", "accepted", "used_up", "revoked", "expired"):
        rows = cleo.get(f"{where}&state={state}").json()["results"]
        assert rows == [row for row in everything if row["state"] == state]
        assert len(rows) == 1
    assert cleo.get(f"{where}&state=lost").status_code == 400
