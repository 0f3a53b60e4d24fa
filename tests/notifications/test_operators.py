"""What operators see of the ledger, and what they can do about it."""

import datetime as dt

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from notifications.models import Delivery
from notifications.way import Refused
from tests.notifications.acts import decide, deliver, submit
from tests.notifications.post import Postbox, send

UNDELIVERED = "/api/v1/deliveries/undelivered"
SUMMARY = "/api/v1/deliveries/summary"


@pytest.fixture
def refused(cast):
    """The mail about a decision, which the server refused for good."""
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    Delivery.objects.exclude(kind="submission-decided").delete()

    def refuse():
        raise Refused("550 no such user")

    send(Postbox(before_commit=refuse))
    return Delivery.objects.get()


def again(delivery):
    return f"/api/v1/deliveries/{delivery.pk}/redelivery"


def test_an_operator_sees_what_failed_and_sends_it_again(cast, as_, refused):
    operator = as_(cast.admin)
    (row,) = operator.get(UNDELIVERED).json()["results"]
    assert row == {
        "id": str(refused.pk),
        "channel": "email",
        "kind": "submission-decided",
        "state": "failed",
        "person_id": str(cast.learner.pk),
        "address": cast.learner.email,
        "attempts": 1,
        "last_error": "550 no such user",
        "created_at": refused.created_at.isoformat().replace("+00:00", "Z"),
        "can_be_redelivered": True,
    }
    assert operator.post(again(refused)).status_code == 204
    assert operator.get(UNDELIVERED).json()["results"] == []
    box = Postbox()
    assert send(box, now=timezone.now() + dt.timedelta(minutes=1)) == 1
    assert box.last["Message-ID"] == refused.message_id
    refused.refresh_from_db()
    assert (refused.state, refused.attempts) == ("sent", 1)


def test_what_has_not_failed_is_not_sent_again(cast, as_, refused):
    operator = as_(cast.admin)
    assert operator.post(again(refused)).status_code == 204
    answer = operator.post(again(refused))
    assert (answer.status_code, answer.json()["code"]) == (409, "not-undelivered")
    assert answer.json()["detail"] == "It is queued."


def test_a_message_with_a_code_cannot_be_made_again(cast, as_, refused):
    Delivery.objects.update(kind="account-message", notification=None)
    operator = as_(cast.admin)
    assert operator.get(UNDELIVERED).json()["results"][0]["can_be_redelivered"] is False
    answer = operator.post(again(refused))
    assert (answer.status_code, answer.json()["code"]) == (422, "message-gone")
    refused.refresh_from_db()
    assert refused.state == "failed"


def test_filters(cast, as_, refused):
    operator = as_(cast.admin)
    for query, found in (
        ("kind=submission-decided&state=failed", 1),
        ("channel=email", 1),
        ("state=unconfirmed", 0),
        ("kind=other", 0),
    ):
        assert len(operator.get(f"{UNDELIVERED}?{query}").json()["results"]) == found
    for query in ("state=sent", "channel=pigeon", "color=red"):
        assert operator.get(f"{UNDELIVERED}?{query}").status_code == 400


def test_it_is_for_operators(cast, as_, refused):
    for call in (as_(cast.mentor).get, as_(cast.mentor).post):
        answer = call(UNDELIVERED if call.__name__ == "get" else again(refused))
        assert (answer.status_code, answer.json()["code"]) == (403, "operators-only")


def gauges(text):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_count_what_is_due_and_what_became_of_it(cast, client, settings, refused):
    settings.METRICS_TOKEN = "a-token"
    submit(cast.stranger.enrollments.get(), now=timezone.now())
    deliver(timezone.now())
    Delivery.objects.filter(pk=refused.pk).update(created_at=timezone.now())
    answer = client.get("/metrics", headers={"Authorization": "Bearer a-token"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    found = gauges(answer.content.decode())
    assert found["waymark_deliveries_due", "email"] == 1
    assert found["waymark_deliveries_undelivered", "email", "failed"] == 1
    lately = ("waymark_deliveries_last_day", "email")
    assert found[*lately, "failed", "submission-decided"] == 1
    assert found[*lately, "queued", "submission-submitted"] == 1
    assert 0 <= found["waymark_oldest_due_seconds", "mail"] < 60
    Delivery.objects.filter(state="queued").update(state="suppressed", suppressed_reason="paused")
    answer = client.get("/metrics", headers={"Authorization": "Bearer a-token"})
    found = gauges(answer.content.decode())
    assert (
        found["waymark_deliveries_suppressed_last_day", "email", "paused", "submission-submitted"]
        == 1
    )


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}])
@pytest.mark.parametrize("token", ["", "a-token"])
def test_metrics_are_for_the_bearer_of_the_token(client, settings, token, given):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers=given).status_code == 404


def test_the_summary_says_what_is_due_stuck_sent_and_left_unsent(cast, as_, refused):
    now = timezone.now()
    submit(cast.stranger.enrollments.get(), now=now)
    deliver(now)
    late = Delivery.objects.get(state="queued")
    Delivery.objects.filter(pk=late.pk).update(due_at=now - dt.timedelta(hours=2))
    Delivery.objects.filter(pk=refused.pk).update(created_at=now - dt.timedelta(days=9))
    operator = as_(cast.admin)
    assert operator.get(SUMMARY).json() == {
        "oldest_due_at": (now - dt.timedelta(hours=2)).isoformat().replace("+00:00", "Z"),
        "channels": [
            {
                "channel": "email",
                "due": 1,
                "failed": 1,
                "unconfirmed": 0,
                "sent": 0,
                "suppressed": 0,
            }
        ],
        "suppressed": [],
        "undelivered_kinds": ["submission-decided"],
    }
    Delivery.objects.filter(pk=late.pk).update(state="suppressed", suppressed_reason="decided")
    Delivery.objects.filter(pk=refused.pk).update(
        state="sent", sent_at=now, last_error="", created_at=now
    )
    found = operator.get(SUMMARY).json()
    (channel,) = found["channels"]
    assert (channel["due"], channel["failed"], channel["sent"], channel["suppressed"]) == (
        0,
        0,
        1,
        1,
    )
    assert found["suppressed"] == [{"channel": "email", "reason": "decided", "count": 1}]
    assert (found["oldest_due_at"], found["undelivered_kinds"]) == (None, [])


def test_a_quiet_installation_has_an_empty_summary(cast, as_):
    assert as_(cast.admin).get(SUMMARY).json() == {
        "oldest_due_at": None,
        "channels": [],
        "suppressed": [],
        "undelivered_kinds": [],
    }
    answer = as_(cast.coordinator).get(SUMMARY)
    assert (answer.status_code, answer.json()["code"]) == (403, "operators-only")


def test_who_runs_the_installation_is_told_so(cast, as_):
    assert as_(cast.admin).get("/api/v1/me").json()["is_operator"] is True
    assert as_(cast.learner).get("/api/v1/me").json()["is_operator"] is False
    raised = as_(cast.learner).patch("/api/v1/me", {"is_operator": True})
    assert (raised.status_code, raised.json()["code"]) == (400, "unknown-field")
