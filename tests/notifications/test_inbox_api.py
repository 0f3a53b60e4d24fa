"""The inbox and the preferences, by the API."""

import pytest

from notifications.models import Notification
from tests.factories import new_id
from tests.notifications.acts import KEY, TITLE, decide, deliver, submit

INBOX = "/api/v1/notifications"
PREFERENCES = "/api/v1/notification-preferences"


@pytest.fixture
def told(cast):
    """One notification for the mentor, one for the learner."""
    submission = submit(cast.enrollment)
    decide(submission, cast.mentor)
    deliver()
    return submission


def fill(person, count, kind="submission-decided"):
    row = Notification.objects.get(person=person, kind=kind)
    for number in range(count):
        row.pk, row.key = new_id(), f"copy:{number}"
        row._state.adding = True
        row.save()


def test_the_inbox_of_the_learner(cast, as_, told):
    body = as_(cast.learner).get(INBOX).json()
    row = Notification.objects.get(person=cast.learner)
    assert body == {
        "results": [
            {
                "id": str(row.pk),
                "kind": "submission-decided",
                "title": f"Mo Mentor approved “{TITLE}”",
                "body": "The milestone is verified. Read the feedback and see what comes next.",
                "reason": "You submitted this milestone for review.",
                "url": f"/milestones/{KEY}",
                "created_at": "2026-11-22T12:20:00Z",
                "read_at": None,
            }
        ],
        "next": None,
        "previous": None,
        "unread": 1,
    }
    assert as_(cast.stranger).get(INBOX).json()["results"] == []
    assert as_(None).get(INBOX).status_code == 401


def test_pages_do_not_change_the_unread_count_or_the_number_of_queries(
    cast, as_, told, django_assert_num_queries
):
    client = as_(cast.learner)
    with django_assert_num_queries(5):  # session, person, page, unread, names
        client.get(INBOX)
    fill(cast.learner, 60)
    with django_assert_num_queries(5):
        first = client.get(INBOX).json()
    second = client.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"])) == (50, 11)
    assert first["unread"] == second["unread"] == 61
    assert not {r["id"] for r in first["results"]} & {r["id"] for r in second["results"]}


def test_read_and_unread_again(cast, as_, told):
    client = as_(cast.learner)
    url = f"{INBOX}/{Notification.objects.get(person=cast.learner).pk}"
    read = client.patch(url, {"read": True}, format="json").json()["read_at"]
    assert read
    assert client.patch(url, {"read": True}, format="json").json()["read_at"] == read
    assert client.get(INBOX).json()["unread"] == 0
    assert client.patch(url, {"read": False}, format="json").json()["read_at"] is None
    assert client.get(INBOX).json()["unread"] == 1


def test_another_persons_notification_is_not_there(cast, as_, told):
    url = f"{INBOX}/{Notification.objects.get(person=cast.learner).pk}"
    for person in (cast.mentor, cast.stranger, cast.admin):
        assert as_(person).patch(url, {"read": True}, format="json").status_code == 404
    assert Notification.objects.get(person=cast.learner).read_at is None


def test_all_read_reads_ones_own(cast, as_, told):
    fill(cast.learner, 3)
    assert as_(cast.learner).put(f"{INBOX}/all-read").status_code == 204
    assert as_(cast.learner).get(INBOX).json()["unread"] == 0
    assert as_(cast.mentor).get(INBOX).json()["unread"] == 1


@pytest.mark.parametrize("body", [{"read": "maybe"}, {"read": None}, {"read": True, "x": 1}])
def test_bad_input_is_refused(cast, as_, told, body):
    url = f"{INBOX}/{Notification.objects.get(person=cast.learner).pk}"
    answer = as_(cast.learner).patch(url, body, format="json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert Notification.objects.get(person=cast.learner).read_at is None


def test_preferences_start_with_defaults_and_keep_what_is_left_out(cast, as_):
    client = as_(cast.learner)
    defaults = {
        "by_email": True,
        "push_shows_content": False,
        "nudges_by_email": True,
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "weekly_cap": 5,
        "digest_weekday": 0,
    }

    def without_kinds(answer):
        return {name: value for name, value in answer.json().items() if name != "kinds"}

    assert without_kinds(client.get(PREFERENCES)) == defaults
    changed = without_kinds(client.patch(PREFERENCES, {"quiet_from": "21:30"}, format="json"))
    assert changed == {**defaults, "quiet_from": "21:30"}
    capped = client.patch(PREFERENCES, {"weekly_cap": 0}, format="json")
    assert without_kinds(capped) == {**changed, "weekly_cap": 0}
    assert without_kinds(as_(cast.stranger).get(PREFERENCES)) == defaults


@pytest.mark.parametrize(
    "body",
    [
        {"quiet_from": "24:00"},
        {"quiet_from": "7"},
        {"quiet_from": "22:00:30"},
        {"quiet_until": None},
        {"weekly_cap": -1},
        {"weekly_cap": 51},
        {"weekly_cap": "many"},
        {"nudges_by_email": "perhaps"},
        {"digest_weekday": 7},
        {"push": True},
    ],
)
def test_bad_preferences_are_refused_and_nothing_is_stored(cast, as_, body):
    client = as_(cast.learner)
    assert client.patch(PREFERENCES, {**body, "nudges_by_sms": 1}, format="json").status_code == 400
    answer = client.patch(PREFERENCES, body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == next(iter(body))
    assert not hasattr(cast.learner, "notification_preferences")
