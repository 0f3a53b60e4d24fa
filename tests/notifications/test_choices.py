"""What a person chooses, kind by kind, and the quiet they ask for: in force at once."""

import datetime as dt

import pytest
from django.utils import timezone

from notifications.catalogue import KINDS
from notifications.models import ChannelChoice, Delivery, NotificationPreferences, Snooze
from notifications.models.suppression import Suppression, SuppressionReason
from notifications.nudges.planning import plan
from progress.commands.take_leave import take_leave
from tests.factories import NOW
from tests.notifications.acts import KEY, LATER, decide, deliver, invite, submit
from tests.notifications.post import Postbox, send

PREFERENCES = "/api/v1/notification-preferences"
SNOOZES = "/api/v1/snoozes"
DAY = dt.timedelta(days=1)
DUE = NOW + 3 * DAY


def reasons():
    return dict(
        Delivery.objects.filter(state="suppressed").values_list("kind", "suppressed_reason")
    )


def choose(client, kind, choice, channel="email"):
    body = {"choices": [{"kind": kind, "channel": channel, "choice": choice}]}
    return client.patch(PREFERENCES, body, format="json")


def offered(client):
    return {
        (kind["kind"], channel["channel"]): channel
        for kind in client.get(PREFERENCES).json()["kinds"]
        for channel in kind["channels"]
    }


def test_every_kind_but_account_messages_can_be_chosen(cast, as_):
    answer = as_(cast.learner).get(PREFERENCES).json()
    assert {one["kind"] for one in answer["kinds"]} == set(KINDS) - {"account-message"}
    assert all(one["occasion"] for one in answer["kinds"])
    found = offered(as_(cast.learner))
    assert found["review-waiting", "email"] == {
        "channel": "email",
        "choice": "at_once",
        "choices": ["at_once", "digest", "off"],
    }
    assert found["submission-decided", "email"]["choices"] == ["at_once", "off"]


def test_a_choice_is_kept_and_is_ones_own(cast, as_):
    client = as_(cast.learner)
    assert choose(client, "submission-decided", "off").status_code == 200
    assert offered(client)["submission-decided", "email"]["choice"] == "off"
    assert offered(client)["submission-decided", "push"]["choice"] == "at_once"
    assert offered(as_(cast.stranger))["submission-decided", "email"]["choice"] == "at_once"
    choose(client, "submission-decided", "at_once")
    assert offered(client)["submission-decided", "email"]["choice"] == "at_once"


def test_of_two_choices_for_the_same_the_last_holds(cast, as_):
    client = as_(cast.learner)
    same = {"kind": "submission-decided", "channel": "email"}
    body = {"choices": [{**same, "choice": "off"}, {**same, "choice": "at_once"}]}
    assert client.patch(PREFERENCES, body, format="json").status_code == 200
    assert offered(client)["submission-decided", "email"]["choice"] == "at_once"


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        ({"kind": "submission-decided", "channel": "email", "choice": "digest"}, 422),
        ({"kind": "account-message", "channel": "email", "choice": "off"}, 400),
        ({"kind": "nothing", "channel": "email", "choice": "off"}, 400),
        ({"kind": "review-waiting", "channel": "pigeon", "choice": "off"}, 400),
        ({"kind": "review-waiting", "channel": "email", "choice": "never"}, 400),
        ({"kind": "review-waiting", "channel": "email"}, 400),
    ],
)
def test_a_bad_choice_is_refused_and_nothing_is_stored(cast, as_, choice, status):
    good = {"kind": "review-waiting", "channel": "email", "choice": "off"}
    body = {"weekly_cap": 2, "choices": [good, choice]}
    answer = as_(cast.learner).patch(PREFERENCES, body, format="json")
    assert answer.status_code == status
    assert not ChannelChoice.objects.exists()
    assert not NotificationPreferences.objects.exists()


@pytest.mark.parametrize(
    ("begins", "ends", "status"),
    [
        ("08:00", "07:59", 422),
        ("00:00", "23:59", 422),
        ("10:00", "06:01", 422),
        ("10:00", "06:00", 200),
        ("00:00", "00:00", 200),  # the same twice is none
    ],
)
def test_quiet_hours_leave_room_for_something(cast, as_, begins, ends, status):
    body = {"quiet_from": begins, "quiet_until": ends}
    answer = as_(cast.learner).patch(PREFERENCES, body, format="json")
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["code"] == "quiet-too-long"
        assert not NotificationPreferences.objects.exists()


def test_a_kind_switched_off_stops_what_is_queued_and_the_inbox_has_it(cast, as_):
    submission = submit(cast.enrollment)
    decide(submission, cast.mentor)
    deliver()
    choose(as_(cast.learner), "submission-decided", "off")
    box = Postbox()
    send(box)
    assert reasons()["submission-decided"] == "kind-off"
    assert cast.learner.notifications.filter(kind="submission-decided").exists()


def test_without_consent_not_even_a_decision_comes_by_mail(cast, as_):
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    as_(cast.learner).patch(PREFERENCES, {"by_email": False}, format="json")
    send(Postbox())
    assert reasons()["submission-decided"] == "unsubscribed"


@pytest.mark.parametrize("reason", SuppressionReason.values)
def test_nothing_goes_to_an_address_that_refuses(cast, reason):
    invite(cast.learner, "Guest@example.org")
    deliver()
    Suppression.objects.suppress(
        address="guest@EXAMPLE.org", reason=SuppressionReason(reason), detail="", now=NOW
    )
    box = Postbox()
    send(box)
    assert box.messages == []
    said = "unsubscribed" if reason == "unsubscribed" else f"address-{reason}"
    assert reasons() == {"invitation-created": said}


def test_a_suppression_is_made_once_and_lifted_once(cast):
    again = {"address": "A@b.example", "reason": SuppressionReason.BOUNCED, "detail": "550"}
    assert Suppression.objects.suppress(**again, now=NOW)
    assert not Suppression.objects.suppress(**again, now=LATER)
    row = Suppression.objects.get()
    assert (row.address, row.since) == ("a@b.example", NOW)
    assert row.lift(now=LATER)
    assert not row.lift(now=LATER)
    assert Suppression.objects.suppress(**again, now=LATER)


@pytest.fixture
def nudged(cast):
    """A mentor who is due to be reminded of a round."""
    submit(cast.enrollment)
    deliver()
    Delivery.objects.all().delete()
    plan(now=DUE)
    return Delivery.objects.get(kind="review-waiting")


@pytest.mark.parametrize(
    "of",
    [{}, {"kind": "review-waiting"}, {"milestone": True}],
    ids=["everything", "kind", "milestone"],
)
def test_a_snooze_puts_off_what_can_wait(cast, nudged, as_, of):
    beside = {"enrollment_id": str(cast.enrollment.pk), "milestone_key": KEY}
    body = {"days": 3, **(beside if of.pop("milestone", False) else of)}
    answer = as_(cast.mentor).post(SNOOZES, body, format="json")
    assert answer.status_code == 201
    until = Snooze.objects.get().until
    assert abs(until - timezone.now() - 3 * DAY) < dt.timedelta(minutes=1)
    Snooze.objects.update(until=DUE + 2 * DAY, created_at=DUE)
    box = Postbox()
    send(box, now=DUE)
    nudged.refresh_from_db()
    assert (nudged.state, nudged.due_at, nudged.attempts) == ("queued", DUE + 2 * DAY, 0)
    send(box, now=DUE + 2 * DAY)
    assert len(box.messages) == 1


def test_a_snooze_of_something_else_puts_off_nothing(cast, nudged, as_):
    client = as_(cast.mentor)
    client.post(SNOOZES, {"days": 3, "kind": "comment-written"}, format="json")
    box = Postbox()
    send(box, now=DUE)
    assert len(box.messages) == 1


def test_asked_again_a_snooze_begins_anew_and_it_can_be_ended(cast, as_):
    client = as_(cast.learner)
    first = client.post(SNOOZES, {"days": 1}, format="json").json()
    again = client.post(SNOOZES, {"days": 10}, format="json").json()
    assert again["id"] == first["id"]
    assert again["until"] > first["until"]
    assert [one["id"] for one in client.get(SNOOZES).json()] == [first["id"]]
    assert client.delete(f"{SNOOZES}/{first['id']}").status_code == 204
    assert client.get(SNOOZES).json() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"days": 0}, 400),
        ({"days": 366}, 400),
        ({"days": "3"}, 400),
        ({"days": 3, "kind": "nothing"}, 400),
        ({"days": 3, "milestone_key": KEY}, 400),
        ({"days": 3, "until": "2026-12-01T00:00:00Z"}, 400),
        ({"days": 3, "kind": "comment-written", "milestone": True}, 400),
        ({"days": 3, "milestone": "no-such-milestone"}, 422),
    ],
)
def test_a_bad_snooze_is_refused(cast, as_, body, status):
    named = body.pop("milestone", None)
    if named:
        key = KEY if named is True else named
        body |= {"enrollment_id": str(cast.enrollment.pk), "milestone_key": key}
    assert as_(cast.learner).post(SNOOZES, body, format="json").status_code == status
    assert not Snooze.objects.exists()


def test_a_milestone_of_a_stranger_cannot_be_snoozed(cast, as_):
    body = {"days": 3, "enrollment_id": str(cast.enrollment.pk), "milestone_key": KEY}
    assert as_(cast.stranger).post(SNOOZES, body, format="json").status_code == 404


def test_a_snooze_ends_at_the_same_hour_across_the_night_the_clocks_change(cast):
    from notifications.commands.snooze import snooze

    cast.learner.time_zone = "Europe/Berlin"
    evening = dt.datetime(2026, 10, 23, 16, 0, tzinfo=dt.UTC)  # 18:00 there, in summer
    row = snooze(person=cast.learner, days=3, now=evening)
    assert row.until == dt.datetime(2026, 10, 26, 17, 0, tzinfo=dt.UTC)  # 18:00 there, in winter


def test_leave_puts_a_mentors_reminders_off_to_its_end(cast, nudged):
    day = DUE.date()
    take_leave(person=cast.mentor, starts_on=day, ends_on=day + DAY, now=DUE)
    from notifications.verdict import standing_of

    assert standing_of(cast.mentor, DUE).away_until == dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
    assert standing_of(cast.mentor, DUE + 2 * DAY).away_until is None
