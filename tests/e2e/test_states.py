"""What people see when things are not as usual."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from progress.models import Submission
from tests.e2e.people import DESK
from tests.factories import make_enrollment, make_mentorship, make_person
from tests.notifications.acts import submit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def lin(visit, post):
    """A learner at her phone, signed in."""
    person = make_person("Lin Learner")
    make_enrollment(person)
    visitor = visit()
    visitor.sign_in(person)
    visitor.reads("Next on your way")
    return visitor


def test_a_wrong_password_is_said_at_its_field(visit):
    person = make_person()
    visitor = visit()
    visitor.go("/sign-in")
    visitor.fill("Email", person.email)
    visitor.fill("Password", "not this one")
    visitor.press("Sign in")
    field = visitor.page.get_by_label("Password")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()


def test_a_password_is_reset_by_code(visit, post):
    person = make_person()
    visitor = visit()
    visitor.go("/sign-in")
    visitor.follow("Forgot your password?")
    visitor.fill("Email", person.email)
    visitor.press("Send me a code")
    visitor.sees("Check your mail")
    visitor.fill("Code", post.code_for(person.email))
    visitor.fill("New password", "another-long-passphrase")
    visitor.press("Set my new password")
    visitor.sees("Which way do you head?")


def test_where_one_wanted_to_go_is_kept_over_the_sign_in(visit, post):
    person = make_person()
    make_enrollment(person)
    visitor = visit()
    visitor.go("/map")
    visitor.sees("Welcome back")
    visitor.fill("Email", person.email)
    visitor.fill("Password", "a-long-passphrase")
    visitor.press("Sign in")
    visitor.sees("The way, 0%")


def test_an_entry_logged_without_a_network_is_kept_and_sent(lin):
    lin.context.set_offline(True)
    lin.follow("Log")
    lin.reads("No network. It is kept here")
    lin.page.get_by_role("dialog").locator("[type=submit]").click()
    lin.reads("kept on this device")
    lin.context.set_offline(False)
    lin.reads("What was kept here has arrived: 1 change.")
    expect(lin.page.get_by_text("kept on this device")).to_have_count(0)
    lin.go("/progress")
    expect(lin.page.locator(".shares li")).to_have_count(1)


def test_too_many_minutes_are_said_at_the_minutes(lin):
    lin.follow("Log")
    lin.fill("Minutes", "1440")
    lin.page.get_by_role("dialog").locator("[type=submit]").click()
    lin.reads("logged on")
    lin.follow("Log")
    lin.page.get_by_role("dialog").locator("[type=submit]").click()
    expect(lin.page.locator(".log [role=alert], .log-error:not(:empty)").first).to_be_visible()
    expect(lin.page.get_by_role("dialog")).to_be_visible()


def test_escape_closes_the_sheet_and_the_focus_goes_back(lin):
    log = lin.page.locator(".dock-log")
    log.focus()
    lin.page.keyboard.press("Enter")
    expect(lin.page.get_by_role("dialog")).to_be_visible()
    lin.page.keyboard.press("Escape")
    expect(lin.page.get_by_role("dialog")).to_have_count(0)
    expect(log).to_be_focused()
    assert lin.page.url.endswith("/")


def test_a_self_verified_milestone_is_marked_done_and_opened_again(lin):
    lin.go("/milestones/problem-solving")
    lin.press("Mark it done")
    lin.reads("Reached. Well walked.")
    lin.press("Open it again")
    expect(lin.page.get_by_role("button", name="Mark it done")).to_be_visible()


def test_who_was_first_is_shown_to_who_came_second_and_nothing_typed_is_lost(visit, post):
    first, second = make_person("Mo First"), make_person("Olu Second")
    enrollment = make_enrollment()
    for mentor in (first, second):
        make_mentorship(mentor, enrollment.learner)
    submission = submit(enrollment)

    at_first = visit(viewport=DESK)
    at_first.sign_in(first)
    at_first.go(f"/reviews/{submission.pk}")
    at_first.press("Take this review")
    at_first.fill("Feedback", "A long and careful answer.")

    at_second = visit()
    at_second.sign_in(second)
    at_second.go(f"/reviews/{submission.pk}")
    at_second.reads("Mo First")
    at_second.reads("holds this until")
    expect(at_second.page.get_by_role("button", name="Approve")).to_have_count(0)

    # The first one's claim runs out, and the second takes over and decides.
    Submission.objects.filter(pk=submission.pk).update(
        claim_expires_at=timezone.now() - timedelta(seconds=1)
    )
    at_second.go(f"/reviews/{submission.pk}")
    at_second.press("Take this review")
    score_all(at_second)
    at_second.press("Approve")
    at_second.sees("Nobody waits")

    score_all(at_first)
    at_first.press("Approve")
    at_first.reads("Olu Second")
    kept = at_first.page.get_by_label("As a comment")
    expect(kept).to_have_value(re.compile("A long and careful answer."))
    expect(at_first.page.get_by_role("button", name="Approve")).to_have_count(0)


def score_all(mentor):
    """Say of every criterion that it is met."""
    expect(mentor.page.locator(".score").first).to_be_visible()
    for criterion in mentor.page.locator(".score").all():
        criterion.get_by_role("radio", name="Meets it").check()


def test_an_address_that_leads_nowhere_says_so(lin):
    lin.go("/milestones/no-such-thing")
    lin.sees("Off the trail")
    lin.go("/nowhere")
    lin.sees("Off the trail")
