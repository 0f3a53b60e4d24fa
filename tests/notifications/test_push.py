"""Web push: sealed for one browser, signed by us, at most once, and quiet about what it says."""

import datetime as dt
import os

import pytest

from backend.outgoing import Client
from notifications.models import Delivery, NotificationPreferences, PushKey, PushSubscription
from notifications.push.browsers import browser_name
from notifications.push.keys import public_key, server_key
from notifications.push.way import asked_to_wait
from progress.states import SubmissionState
from tests.factories import NOW
from tests.notifications.acts import LATER, TITLE, decide, deliver, submit
from tests.notifications.push_service import SUBSCRIPTIONS, push_service, vouched

KEY_URL = f"{SUBSCRIPTIONS}/key"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def service(tmp_path, settings):
    with push_service(tmp_path) as running:
        settings.OUTGOING_INTERNAL_HOSTS = [running.at]
        yield running


@pytest.fixture
def phone(service, cast):
    """The learner's phone, which may ring."""
    browser = service.browser()
    browser.subscribed(cast.learner, service, now=NOW)
    return browser


def decided(cast, outcome=SubmissionState.APPROVED):
    """A mentor decides on the learner's submission."""
    decide(submit(cast.enrollment), cast.mentor, outcome)
    deliver()


def pushes():
    return Delivery.objects.filter(channel="push")


def the_push():
    return pushes().get(kind="submission-decided")


def test_a_browser_reads_what_was_sealed_for_it(cast, service, phone):
    decided(cast)
    assert service.send() == 1
    path, headers, sealed = service.last
    assert path == "/push/one"
    notification = the_push().notification
    assert phone.opens(sealed) == {
        "title": "Something new on Waymark",
        "url": "/milestones/python-programming",
        "tag": notification.pk.hex,
    }
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Topic"] == notification.pk.hex
    assert headers["Urgency"] == "normal"
    assert 47 * 3600 < int(headers["TTL"]) <= 48 * 3600
    key, claims = vouched(headers)
    assert key == public_key(server_key(now=NOW))
    assert claims["aud"] == f"https://{service.at}"
    assert claims["sub"] == "mailto:waymark@localhost"
    assert 0 < claims["exp"] - LATER.timestamp() <= 24 * 3600
    sent = the_push()
    assert (sent.state, sent.address, sent.must_arrive) == ("sent", service.at, False)
    assert PushSubscription.objects.get().last_used_at == LATER


def test_it_says_what_it_is_about_to_those_who_want_that(cast, service, phone):
    person = cast.learner
    person.locale = "de"
    person.save()
    NotificationPreferences.objects.create(person=person, push_shows_content=True)
    decided(cast)
    service.send()
    title = phone.opens(service.last[2])["title"]
    assert TITLE in title
    assert "Mo Mentor" in title


def test_every_browser_of_a_person_rings_and_nobody_elses(cast, service, phone):
    tablet = service.browser("/push/two")
    tablet.subscribed(cast.learner, service, now=NOW)
    service.browser("/push/three").subscribed(cast.stranger, service, now=NOW)
    decided(cast)
    service.send()
    assert sorted(path for path, *_ in service.got) == ["/push/one", "/push/two"]
    assert deliver(LATER + MINUTE) == 0
    service.send(now=LATER + MINUTE)
    assert len(service.got) == 2


def test_what_was_switched_off_makes_no_push(cast, as_, service, phone):
    body = {"choices": [{"kind": "submission-decided", "channel": "push", "choice": "off"}]}
    as_(cast.learner).patch("/api/v1/notification-preferences", body, format="json")
    decided(cast)
    assert not pushes().exists()


def test_what_was_switched_off_since_is_not_sent(cast, as_, service, phone):
    decided(cast)
    body = {"choices": [{"kind": "submission-decided", "channel": "push", "choice": "off"}]}
    as_(cast.learner).patch("/api/v1/notification-preferences", body, format="json")
    service.send()
    assert service.got == []
    assert the_push().suppressed_reason == "kind-off"


def test_what_was_read_already_does_not_ring(cast, service, phone):
    decided(cast)
    the_push().notification.mark(read=True, now=LATER)
    service.send()
    assert service.got == []
    assert the_push().suppressed_reason == "already-read"


def test_it_waits_for_the_morning_though_the_mail_goes_at_once(cast, service, phone):
    night = NOW.replace(hour=23)
    decided(cast)
    service.send(now=night)
    assert service.got == []
    waiting = the_push()
    assert (waiting.state, waiting.attempts) == ("queued", 0)
    assert waiting.due_at == dt.datetime(2026, 11, 23, 7, tzinfo=dt.UTC)
    service.send(now=waiting.due_at)
    assert len(service.got) == 1


def test_nobody_s_phone_rings_for_what_is_two_days_old(cast, service, phone):
    decided(cast)
    service.send(now=LATER + dt.timedelta(days=2))
    assert service.got == []
    assert the_push().suppressed_reason == "stale"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_not_asked_again(cast, service, phone, status):
    service.answers["/push/one"] = (status, {})
    decided(cast)
    service.send()
    row = PushSubscription.objects.get()
    assert (row.ended_reason, row.endpoint, row.p256dh, row.auth) == ("gone", "", "", "")
    delivery = the_push()
    assert (delivery.state, delivery.suppressed_reason) == ("suppressed", "subscription-ended")
    assert not PushSubscription.objects.live().exists()


def test_a_service_that_is_busy_is_given_the_time_it_asks_for(cast, service, phone):
    service.answers["/push/one"] = (429, {"Retry-After": "7200"})
    decided(cast)
    service.send()
    delivery = the_push()
    assert delivery.state == "queued"
    assert delivery.due_at >= LATER + dt.timedelta(hours=2)
    assert delivery.committed_at is None
    service.answers.clear()
    service.send(now=delivery.due_at)
    assert the_push().state == "sent"
    assert len({sealed for _, _, sealed in service.got}) == 2
    assert len({headers["Topic"] for _, headers, _ in service.got}) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_service_with_a_fault_is_asked_again_later(cast, service, phone, status):
    service.answers["/push/one"] = (status, {})
    decided(cast)
    service.send()
    delivery = the_push()
    assert (delivery.state, delivery.attempts) == ("queued", 1)
    assert delivery.due_at > LATER


@pytest.mark.parametrize("status", [301, 400, 403, 413])
def test_what_a_service_refuses_has_failed(cast, service, phone, status):
    service.answers["/push/one"] = (status, {"Location": "https://elsewhere.example.org/"})
    decided(cast)
    service.send()
    delivery = the_push()
    assert delivery.state == "failed"
    assert str(status) in delivery.last_error
    assert len(service.got) == 1


def test_one_that_does_not_answer_is_unconfirmed_and_the_others_are_not_kept(
    cast, service, phone, monkeypatch
):
    from backend.outgoing import Limits
    from notifications.push import way

    monkeypatch.setattr(way, "LIMITS", Limits(seconds=0.4))
    service.browser("/push/two").subscribed(cast.learner, service, now=NOW)
    decided(cast)
    service.hanging.set()
    service.send()
    states = sorted(pushes().values_list("state", flat=True))
    assert states == ["queued", "unconfirmed"]
    assert len(service.got) == 1  # the second was left alone for now
    service.hanging.clear()
    again = pushes().get(state="queued").due_at
    service.send(now=again)
    assert len(service.got) == 2
    assert not pushes().filter(state="queued").exists()


def test_an_address_that_turned_out_to_be_internal_is_not_asked(cast, service, phone):
    decided(cast)
    service.send(client=Client())  # no host is admitted any more
    assert service.got == []
    assert the_push().state == "failed"
    assert "private network" in the_push().last_error
    assert PushSubscription.objects.get().ended_reason == "not-allowed"


def test_with_another_key_browsers_have_to_subscribe_anew(cast, as_, service, phone, settings):
    settings.VAPID_PRIVATE_KEY = "A" * 42 + "E"
    (row,) = as_(cast.learner).get(SUBSCRIPTIONS).json()
    assert row["is_current"] is False
    decided(cast)
    service.send()
    assert service.got == []
    assert PushSubscription.objects.get().ended_reason == "key-changed"


def test_the_key_is_made_once(cast, as_):
    first = as_(cast.learner).get(KEY_URL).json()
    assert as_(cast.stranger).get(KEY_URL).json() == first
    assert PushKey.objects.count() == 1
    assert len(first["public_key"]) == 87


def test_subscribing_listing_and_stopping(cast, as_, service):
    client, browser = as_(cast.learner), service.browser()
    agent = "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0"
    made = client.post(SUBSCRIPTIONS, browser.body, format="json", HTTP_USER_AGENT=agent)
    assert made.status_code == 201
    assert made.json()["browser"] == "Firefox · Android"
    assert client.post(SUBSCRIPTIONS, browser.body, format="json").status_code == 200
    (row,) = client.get(SUBSCRIPTIONS).json()
    assert row["id"] == made.json()["id"]
    assert set(row) == {"id", "browser", "fingerprint", "is_current", "created_at", "last_used_at"}
    assert as_(cast.stranger).get(SUBSCRIPTIONS).json() == []
    url = f"{SUBSCRIPTIONS}/{row['id']}"
    assert as_(cast.stranger).delete(url).status_code == 404
    assert client.delete(url).status_code == 204
    assert client.get(SUBSCRIPTIONS).json() == []
    assert client.delete(url).status_code == 404


def test_what_is_queued_for_a_browser_that_was_stopped_is_dropped(cast, as_, service, phone):
    decided(cast)
    PushSubscription.objects.get().end(reason="stopped", now=LATER)
    service.send()
    assert service.got == []
    assert the_push().suppressed_reason == "subscription-ended"


def test_a_browser_rings_for_whoever_signed_in_on_it_last(cast, as_, service):
    browser = service.browser()
    as_(cast.learner).post(SUBSCRIPTIONS, browser.body, format="json")
    assert as_(cast.stranger).post(SUBSCRIPTIONS, browser.body, format="json").status_code == 201
    assert as_(cast.learner).get(SUBSCRIPTIONS).json() == []


def test_ten_browsers_are_enough(cast, as_, service):
    client = as_(cast.learner)
    for number in range(11):
        body = service.browser(f"/push/{number}").body
        assert client.post(SUBSCRIPTIONS, body, format="json").status_code == 201
    assert len(client.get(SUBSCRIPTIONS).json()) == 10
    assert PushSubscription.objects.filter(ended_reason="replaced").count() == 1


@pytest.mark.parametrize(
    ("endpoint", "status"),
    [
        ("http://push.example.org/a", 422),
        ("https://127.0.0.1/a", 422),
        ("https://2130706433/a", 422),
        ("https://[::ffff:10.0.0.1]/a", 422),
        ("https://localhost/a", 422),
        ("https://push.internal/a", 422),
        ("https://169.254.169.254/latest", 422),
        ("https://me:secret@push.example.org/a", 422),
        ("https://push.example.org:8443/a", 422),
        ("https://push.example.org/a#b", 422),
        ("https://push.example.org/a b", 422),
        ("ftp://push.example.org/a", 422),
        ("push.example.org", 422),
        ("https://push.example.org/" + "a" * 1000, 400),
        ("", 400),
        (7, 400),
    ],
)
def test_an_address_that_is_none_of_a_push_service_is_refused(cast, as_, endpoint, status):
    from tests.notifications.push_service import Browser

    body = Browser("").body | {"endpoint": endpoint}
    answer = as_(cast.learner).post(SUBSCRIPTIONS, body, format="json")
    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == "endpoint"
    if status == 422:
        assert answer.json()["code"] == "push-address-refused"
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("p256dh", "AAAA", 422),
        ("p256dh", "B" * 87, 422),
        ("p256dh", "é", 422),
        ("p256dh", "", 400),
        ("auth", "AAAA", 422),
        ("auth", "%%%%", 422),
        ("auth", "A" * 200, 400),
        ("more", "x", 400),
    ],
)
def test_keys_that_are_none_are_refused(cast, as_, service, name, value, status):
    body = service.browser().body
    body["keys"] = body["keys"] | {name: value}
    answer = as_(cast.learner).post(SUBSCRIPTIONS, body, format="json")
    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == f"keys.{name}"
    assert not PushSubscription.objects.exists()


def test_a_nudge_may_wait_for_a_charger():
    from notifications.push.message import headers

    push = Delivery(is_nudge=True)
    assert headers(push, lasts=dt.timedelta(seconds=-5), authorization={})["TTL"] == "0"
    assert headers(push, lasts=dt.timedelta(days=9), authorization={})["Urgency"] == "low"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("999999999999", 12 * 3600),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300),
        ("Sun, 22 Nov 2020 12:05:00 GMT", None),
        ("0", None),
        ("soon", None),
        ("", None),
        ("²", None),
    ],
)
def test_how_long_a_service_asks_us_to_wait(said, seconds):
    wait = asked_to_wait(said, NOW)
    assert wait == (None if seconds is None else dt.timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("(X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36", "Chrome · Linux"),
        ("(Windows NT 10.0) Chrome/142 Safari/537.36 Edg/142", "Edge · Windows"),
        ("(iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1", "Safari · iPhone"),
        ("curl/8.5", "?"),
        ("", "?"),
    ],
)
def test_what_a_browser_is_called(agent, name):
    assert browser_name(agent) == name


def test_a_very_long_title_still_fits(phone):
    from notifications.catalogue import Words
    from notifications.push.message import content, sealed

    words = Words(title="🦊" * 5000, body="", reason="", url="/")
    text = content(Delivery(), words, shows_content=True)
    assert len(sealed(text, PushSubscription.objects.get())) < 4096


def test_keys_of_browsers_are_random_bytes():
    from notifications.push.keys import decode, encode

    for length in range(40):
        raw = os.urandom(length)
        assert decode(encode(raw)) == raw
