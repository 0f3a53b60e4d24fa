"""Acting from a mail: as the person, once, and never by looking."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from notifications.actions import ACTIONS
from notifications.catalogue import KINDS
from notifications.catalogue.link_died import LinkDied
from notifications.commands.act_from_mail import act_from_mail, find_from_mail
from notifications.mail.links import ACT_FOR, Acting, act_url, read_act
from notifications.models import Delivery, Notification, Snooze, TakenAction
from notifications.nudges.planning import plan
from progress.models import Comment, Enrollment, LogEntry, Mentorship
from tests.at_once import at_once
from tests.factories import NOW
from tests.notifications.acts import KEY, TITLE, deliver, submit
from tests.notifications.nudged import nudge, tell
from tests.notifications.post import Postbox, html_of, send, text_of

__all__ = ["nudge"]
DAY = dt.timedelta(days=1)
ROOT = "http://localhost:8000"


@pytest.fixture
def browser():
    """Somebody who is not signed in; a missing CSRF token would be noticed."""
    return Client(enforce_csrf_checks=True)


def path_of(notification, action, *, person=None, now=None):
    link = Acting(notification.pk, (person or notification.person).pk, action)
    return act_url(link, now=now or timezone.now()).removeprefix(ROOT)


def words_of(answer):
    """What a page says, its tags aside."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def nothing_happened():
    return not (
        LogEntry.objects.exists()
        or Comment.objects.exists()
        or Snooze.objects.exists()
        or TakenAction.objects.exists()
    )


def test_every_action_a_kind_offers_exists():
    assert {name for kind in KINDS.values() for name in kind.actions} <= set(ACTIONS)
    assert all(name == action.name for name, action in ACTIONS.items())
    assert "snooze" in KINDS["review-waiting"].actions


def test_a_mail_offers_its_actions_below_the_main_button(cast, nudge):
    box = Postbox()
    send(box, now=NOW)
    text, html = text_of(box.last), html_of(box.last)
    found = re.findall(rf"{ROOT}/act/\S+", text)
    assert len(found) == len(set(found)) == 3
    assert [read_act(url.rpartition("/")[2], now=NOW).action for url in found] == [
        "log-30",
        "snooze",
        "stuck",
    ]
    for label, url in zip(
        ("Log 30 minutes", "Snooze for 3 days", "I’m stuck, tell my mentor"), found, strict=True
    ):
        assert f"{label}:\n{url}\n" in text
        assert f'href="{url}"' in html
        assert f">{label}</a>" in html
    assert html.index("Look at the milestone") < html.index("Log 30 minutes")


def test_what_does_not_fit_is_not_offered(cast, nudge):
    Mentorship.objects.all().delete()  # nobody to tell
    Notification.objects.update(data={"link_title": "x", "milestone_key": KEY})  # nothing to log on
    box = Postbox()
    send(box, now=NOW)
    found = re.findall(rf"{ROOT}/act/(\S+)", text_of(box.last))
    assert [read_act(token, now=NOW).action for token in found] == ["snooze"]


@pytest.mark.parametrize("action", sorted(ACTIONS))
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_changes_nothing(cast, nudge, browser, action, method):
    answer = getattr(browser, method)(path_of(nudge, action))
    assert answer.status_code == 200
    assert not answer.cookies
    assert nothing_happened()


def test_the_page_says_what_would_happen(cast, nudge, browser):
    cast.learner.time_zone = "Pacific/Auckland"
    cast.learner.save(update_fields=["time_zone"])
    answer = browser.get(path_of(nudge, "log-30"))
    today = timezone.now().astimezone(cast.learner.zone)
    assert f"On “{TITLE}”, for today, {today:%A} {today.day} {today:%B}." in words_of(answer)
    assert "<script" not in answer.content.decode()
    assert " style=" not in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"


def test_half_an_hour_is_logged_for_the_learners_today(cast, nudge, browser):
    cast.learner.time_zone = "Pacific/Kiritimati"
    cast.learner.save(update_fields=["time_zone"])
    before = timezone.now().astimezone(cast.learner.zone).date()
    answer = browser.post(path_of(nudge, "log-30"))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "30 minutes are in your log" in words_of(answer)
    entry = LogEntry.objects.get()
    assert (entry.enrollment, entry.milestone_key, entry.minutes) == (cast.enrollment, KEY, 30)
    assert before <= entry.day <= timezone.now().astimezone(cast.learner.zone).date()
    assert TakenAction.objects.get().pk == entry.pk


def test_a_snooze_is_of_the_milestone(cast, browser):
    submit(cast.enrollment)
    deliver()
    plan(now=NOW + 3 * DAY)
    told = Notification.objects.get(kind="review-waiting")
    answer = browser.post(path_of(told, "snooze"))
    assert f"No reminder about “{TITLE}” until" in words_of(answer)
    row = Snooze.objects.get()
    assert (row.person, row.kind) == (cast.mentor, "")
    assert (row.enrollment, row.milestone_key) == (cast.enrollment, KEY)
    assert abs(row.until - timezone.now() - 3 * DAY) < dt.timedelta(hours=2)


def test_without_a_milestone_a_snooze_is_of_the_kind(cast, nudge, browser):
    Notification.objects.update(data={})
    answer = browser.post(path_of(nudge, "snooze"))
    assert "No reminder of this kind until" in words_of(answer)
    assert Snooze.objects.get().kind == "link-died"


def test_a_mentor_is_told_who_is_stuck_and_where(cast, nudge, browser):
    path = path_of(nudge, "stuck")
    assert "Mo Mentor can read it" in words_of(browser.get(path))
    answer = browser.post(path, {"words": "The <b>loss</b> is NaN.\r\nSince Monday."})
    assert "Your mentor is told" in words_of(answer)
    comment = Comment.objects.get()
    assert (comment.author, comment.enrollment, comment.milestone_key) == (
        cast.learner,
        cast.enrollment,
        KEY,
    )
    assert comment.body == (
        "I’m stuck here and would like your help.\n\nThe <b>loss</b> is NaN.\nSince Monday."
    )
    deliver(timezone.now())
    box = Postbox()
    send(box, now=timezone.now() + dt.timedelta(seconds=1))
    (mail,) = [m for a, m in box.messages if a == cast.mentor.email]
    assert "The <b>loss</b> is NaN." in text_of(mail)
    assert "<b>loss</b>" not in html_of(mail)


def test_words_are_the_learners_to_leave_out(cast, nudge, browser):
    browser.post(path_of(nudge, "stuck"), {"words": "   "})
    assert Comment.objects.get().body == "I’m stuck here and would like your help."


@pytest.mark.parametrize("words", ["x" * 2001, "a\x00b"])
def test_words_that_do_not_fit_are_refused_and_the_link_stays_good(cast, nudge, browser, words):
    path = path_of(nudge, "stuck")
    answer = browser.post(path, {"words": words})
    assert answer.status_code == 422
    assert "At most 2000 characters" in words_of(answer)
    assert nothing_happened()
    assert browser.post(path, {"words": "shorter"}).status_code == 200


def test_nobody_to_tell_is_said(cast, nudge, browser):
    Mentorship.objects.all().delete()
    for answer in (browser.get(path_of(nudge, "stuck")), browser.post(path_of(nudge, "stuck"))):
        assert answer.status_code == 409
        assert "Nobody mentors you yet" in words_of(answer)
    assert nothing_happened()


def test_a_used_link_is_used_up(cast, nudge, browser):
    path = path_of(nudge, "log-30")
    browser.post(path)
    later = path_of(nudge, "log-30", now=timezone.now() + dt.timedelta(seconds=5))  # sent again
    for answer in (browser.get(path), browser.post(path), browser.post(later)):
        assert answer.status_code == 410
        assert "You have done this already" in words_of(answer)
    assert LogEntry.objects.count() == 1
    assert browser.post(path_of(nudge, "snooze")).status_code == 200  # another one is not


@pytest.mark.django_db(transaction=True)
def test_of_two_posts_at_once_one_counts(cast, nudge):
    path = path_of(nudge, "log-30")
    answers = at_once(*[lambda: Client().post(path)] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]
    assert LogEntry.objects.count() == 1


def test_a_link_works_for_two_weeks(cast, nudge, browser):
    now = timezone.now()
    old = path_of(nudge, "log-30", now=now - ACT_FOR - dt.timedelta(minutes=1))
    for answer in (browser.get(old), browser.post(old)):
        assert answer.status_code == 410
        assert "This link has run out" in words_of(answer)
    assert nothing_happened()
    young = path_of(nudge, "log-30", now=now - ACT_FOR + dt.timedelta(minutes=1))
    assert browser.post(young).status_code == 200


def test_a_link_is_for_its_person_its_notification_and_its_action(cast, nudge, browser):
    """None of the three can be exchanged, whoever holds the signature of another."""
    theirs = tell(cast.stranger, cast.stranger.enrollments.get())
    said, _, signature = path_of(nudge, "snooze").removeprefix("/act/").rpartition(".")
    for other in (
        path_of(theirs, "snooze"),
        path_of(nudge, "log-30"),
        path_of(nudge, "snooze", person=cast.stranger),
    ):
        swapped = other.removeprefix("/act/").rpartition(".")[0]
        assert browser.post(f"/act/{swapped}.{signature}").status_code == 404
    assert browser.post(f"/unsubscribe/{said}.{signature}").status_code == 404
    assert nothing_happened()


def test_even_a_true_signature_reaches_only_ones_own(cast, nudge, browser):
    answer = browser.post(path_of(nudge, "log-30", person=cast.stranger))
    assert answer.status_code == 410
    assert "no longer be done" in words_of(answer)
    assert nothing_happened()


def test_what_is_not_offered_any_more_is_not_done(cast, nudge, browser, monkeypatch):
    monkeypatch.setattr(LinkDied, "actions", ("snooze",))
    assert browser.post(path_of(nudge, "log-30")).status_code == 410
    assert browser.post(path_of(nudge, "delete-account")).status_code == 410
    assert nothing_happened()


def test_what_a_command_refuses_is_shown_and_nothing_is_stored(cast, nudge, browser):
    Enrollment.objects.update(state="withdrawn")
    answer = browser.post(path_of(nudge, "log-30"))
    assert answer.status_code == 409
    assert "This enrollment is not active" in words_of(answer)
    assert nothing_happened()


def test_a_closed_account_does_nothing(cast, nudge, browser):
    cast.learner.is_active = False
    cast.learner.save(update_fields=["is_active"])
    assert browser.post(path_of(nudge, "log-30")).status_code == 410
    assert nothing_happened()


def test_a_mentor_who_no_longer_sees_the_learner_snoozes_the_kind(cast, nudge, browser):
    """What they see is asked anew; a title they may not read is not said."""
    told = tell(cast.stranger, cast.enrollment)
    answer = browser.post(path_of(told, "snooze"))
    assert TITLE not in words_of(answer)
    assert Snooze.objects.get().enrollment is None
    assert browser.post(path_of(told, "log-30")).status_code == 410
    assert not LogEntry.objects.exists()


def test_acting_is_no_signing_in(cast, nudge, browser):
    browser.post(path_of(nudge, "snooze"))
    assert browser.get("/api/v1/me").status_code == 401


def test_the_command_undoes_all_of_it_when_refused(cast, nudge):
    found = find_from_mail(link=Acting(nudge.pk, cast.learner.pk, "stuck"))
    from notifications.actions.tell_mentor import WordsRefused

    with pytest.raises(WordsRefused), transaction.atomic():
        act_from_mail(found=found, words="x" * 2001, now=NOW)
    assert nothing_happened()
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("path", ["/act/abc.def", "/unsubscribe/abc.def?x=1"])
def test_no_log_has_a_link_that_still_works(path):
    from backend.logs import without_tokens

    said = without_tokens(None, "info", {"event": "request_started", "request": f"GET {path}"})
    assert "abc" not in said["request"]
    assert said["request"].startswith(f"GET {path.rpartition('/')[0]}/…")
