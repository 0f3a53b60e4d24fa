"""What the ledger promises when processes die, race, or find the server away."""

import datetime as dt
import itertools
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from notifications.models import Channel, Delivery
from notifications.models.delivery import LEASE
from notifications.sending import GIVE_UP_AFTER, PAUSE, wait_after
from notifications.states import DELIVERY_MOVES, FINAL, DeliveryState, sources
from notifications.way import ClaimLost, NotNow, Refused, Unconfirmed, Unreachable
from tests.notifications.acts import LATER, decide, deliver, invite, submit
from tests.notifications.post import Postbox, send

AFTER_LEASE = LATER + LEASE + dt.timedelta(seconds=1)


class Died(BaseException):
    """kill -9, as far as the code that runs can tell."""


def die():
    raise Died


def raising(error):
    def act():
        raise error

    return act


@pytest.fixture
def decision(cast):
    """A must-arrive mail, alone in the ledger."""
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    Delivery.objects.exclude(kind="submission-decided").delete()
    return Delivery.objects.get()


@pytest.fixture
def notice(cast):
    """A mail that goes out at most once, alone in the ledger."""
    submit(cast.enrollment)
    deliver()
    return Delivery.objects.get()


def test_the_table_of_moves_is_that_of_the_design():
    legal = {(old.value, new.value) for old in DELIVERY_MOVES for new in DELIVERY_MOVES[old]}
    assert legal == {
        ("queued", "sending"),
        ("queued", "suppressed"),
        ("sending", "queued"),
        ("sending", "sent"),
        ("sending", "failed"),
        ("sending", "unconfirmed"),
        ("sending", "suppressed"),
        ("failed", "queued"),
        ("unconfirmed", "queued"),
    }
    assert {"sent", "suppressed"} == FINAL
    assert sources(DeliveryState.SENT) == [DeliveryState.SENDING]


@pytest.mark.parametrize(
    "values",
    [
        {"state": "sent"},
        {"state": "sending"},
        {"state": "failed"},
        {"state": "suppressed"},
        {"state": "unconfirmed"},
        {"state": "lost"},
        {"sent_at": LATER},
        {"claimed_at": LATER},
        {"person": None, "address": ""},
        {"is_nudge": True},
    ],
)
def test_the_database_refuses_a_state_without_its_times(decision, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**values)


def test_sent_once_and_never_again(decision):
    box = Postbox()
    assert send(box) == 1
    assert send(box) == send(box, now=AFTER_LEASE) == 0
    decision.refresh_from_db()
    assert (decision.state, decision.sent_at, decision.attempts) == ("sent", LATER, 1)
    assert decision.address == decision.person.email
    assert len(box.messages) == 1


@pytest.mark.parametrize("moment", ["before_commit", "after_commit"])
def test_must_arrive_mail_is_sent_again_after_a_crash_under_the_same_id(decision, moment):
    with pytest.raises(Died):
        send(Postbox(**{moment: die}))
    box = Postbox()
    assert send(box) == 0  # the lease still runs
    assert send(box, now=AFTER_LEASE) == 1
    assert box.last["Message-ID"] == decision.message_id
    decision.refresh_from_db()
    assert (decision.state, decision.attempts) == ("sent", 2)


def test_other_mail_is_sent_again_if_the_dot_was_not_reached(notice):
    with pytest.raises(Died):
        send(Postbox(before_commit=die))
    box = Postbox()
    assert send(box, now=AFTER_LEASE) == 1
    assert len(box.messages) == 1


def test_other_mail_is_unconfirmed_once_the_dot_was_reached(notice):
    with pytest.raises(Died):
        send(Postbox(after_commit=die))
    box = Postbox()
    for hours in range(1, 4):
        assert send(box, now=AFTER_LEASE + dt.timedelta(hours=hours)) == 0
    notice.refresh_from_db()
    assert notice.state == "unconfirmed"
    assert "died" in notice.last_error


def test_no_answer_after_the_dot(decision):
    box = Postbox(after_commit=raising(Unconfirmed("silence")))
    send(box)
    decision.refresh_from_db()
    assert decision.state == "queued"
    assert decision.due_at > LATER
    Delivery.objects.update(must_arrive=False)
    send(box, now=LATER + dt.timedelta(hours=1))
    decision.refresh_from_db()
    assert (decision.state, decision.last_error) == ("unconfirmed", "silence")


def test_a_fault_of_ours_after_the_dot_is_unconfirmed_too(notice):
    send(Postbox(after_commit=raising(RuntimeError("time is up"))))
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == ("unconfirmed", "RuntimeError: time is up")


def test_who_lost_the_claim_sends_nothing_and_changes_nothing(decision):
    """A process that was stopped for minutes wakes up and finds that another one took over."""
    other = Postbox()

    def overtaken():
        assert send(other, now=AFTER_LEASE) == 1

    slow = Postbox(before_commit=overtaken)
    send(slow)
    assert slow.messages == []
    assert len(other.messages) == 1
    decision.refresh_from_db()
    assert (decision.state, decision.sent_at) == ("sent", AFTER_LEASE)


def test_refused_for_good_is_failed_with_the_servers_words(decision):
    send(Postbox(before_commit=raising(Refused("550 5.1.1\nNo such user"))))
    decision.refresh_from_db()
    assert (decision.state, decision.last_error) == ("failed", "550 5.1.1 No such user")
    assert send(Postbox(), now=AFTER_LEASE) == 0


def test_not_now_is_tried_later_and_later_and_given_up_after_days(decision):
    box = Postbox(before_commit=raising(NotNow("451 try again")))
    now, waits = LATER, []
    while True:
        send(box, now=now)
        decision.refresh_from_db()
        if decision.state != "queued":
            break
        waits.append(decision.due_at - now)
        now = decision.due_at
    assert decision.state == "failed"
    assert "Given up after 5 days" in decision.last_error
    assert now - decision.created_at > GIVE_UP_AFTER
    assert waits[0] < dt.timedelta(minutes=1)
    assert max(waits) <= dt.timedelta(hours=1.5)
    assert 100 < len(waits) < 260


def test_waits_double_and_are_spread():
    for attempts, seconds in ((1, 30), (2, 60), (3, 120), (8, 3600), (60, 3600)):
        waits = {wait_after(attempts).total_seconds() for _ in range(20)}
        assert len(waits) > 1
        assert all(seconds / 2 <= wait <= seconds * 1.5 for wait in waits)


def test_a_server_that_is_away_costs_no_attempt_and_one_connection(decision, cast):
    for number in range(5):
        invite(cast.learner, f"friend{number}@example.org")
    deliver()
    tries = itertools.count()

    def away():
        next(tries)
        raise Unreachable("refused")

    send(Postbox(before_commit=away), limit=3)
    assert next(tries) == 1
    states = Delivery.objects.values_list("state", "attempts", "due_at").distinct()
    assert list(states) == [("queued", 0, LATER + PAUSE)]
    box = Postbox()
    assert send(box, now=LATER + PAUSE) == 6


def test_one_bad_mail_does_not_hold_up_the_others(decision, cast):
    invite(cast.learner, "first@example.org")
    invite(cast.learner, "second@example.org")
    deliver()
    Delivery.objects.filter(address="first@example.org").update(kind="no-such-kind")
    box = Postbox()
    send(box)
    assert {address for address, _ in box.messages} == {cast.learner.email, "second@example.org"}
    bad = Delivery.objects.get(address="first@example.org")
    assert bad.state == "queued"
    assert "KeyError" in bad.last_error


def test_an_address_that_no_mail_can_go_to_fails_at_once(decision):
    Delivery.objects.update(address=f"x@{'y' * 70}.example")
    send(Postbox())
    decision.refresh_from_db()
    assert decision.state == "failed"


def test_codes_go_before_all_the_rest(decision, cast):
    early = LATER - dt.timedelta(days=1)
    Delivery.objects.update(must_arrive=False, due_at=early)
    invite(cast.learner)
    deliver()
    box = Postbox()
    send(box, limit=1)
    assert box.messages[0][0] == "new@example.org"


def test_claims_of_a_claim_lost_error_are_not_put_back(decision):
    send(Postbox(before_commit=raising(ClaimLost())))
    decision.refresh_from_db()
    assert decision.state == "sending"


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_mail_once(cast):
    for number in range(40):
        invite(cast.learner, f"friend{number}@example.org")
    deliver()
    box, ready = Postbox(), threading.Barrier(4)

    def work():
        try:
            ready.wait()
            while send(box, limit=3):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    addresses = [address for address, _ in box.messages]
    assert len(addresses) == len(set(addresses)) == 40
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_claiming_takes_the_same_number_of_queries_for_one_and_for_many(
    cast, django_assert_num_queries
):
    for number in range(20):
        invite(cast.learner, f"friend{number}@example.org")
    deliver()
    for limit in (1, 15):
        with django_assert_num_queries(5):  # savepoint, select, update, release, read
            rows = Delivery.objects.claim(channel=Channel.EMAIL, limit=limit, now=LATER)
        assert len(rows) == limit


def test_no_more_is_looked_up_than_the_policy_asks_about(cast, django_assert_num_queries):
    from notifications.verdict import verdict_on

    submission = submit(cast.enrollment)
    deliver()
    rows = Delivery.objects.select_related("person", "notification")
    with django_assert_num_queries(8):  # does it still wait (2); wishes, choices; pauses, leave, …
        verdict_on(rows.get(kind="submission-submitted"), LATER)
    decide(submission, cast.mentor)
    deliver()
    with django_assert_num_queries(4):  # the row; wishes, choices, the address
        verdict_on(rows.get(kind="submission-decided"), LATER)
