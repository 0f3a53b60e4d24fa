"""From nothing to a reviewed milestone, in two browsers, on the real server."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEARNER, MENTOR = "lin@example.org", "mo@example.org"
PASSWORD = "walking-since-1926"
MILESTONE = "Mathematics and statistics"


def sign_up(visitor, post, name, email, *, begin=True):
    if begin:
        visitor.go("/")
        visitor.follow("Make an account")
    visitor.fill("Your name", name)
    visitor.fill("Email", email)
    visitor.fill("Password", PASSWORD)
    visitor.press("Make my account")
    visitor.sees("Check your mail")
    visitor.fill("Code", post.code_for(email))
    visitor.press("Confirm")


def set_out(visitor):
    visitor.sees("Which way do you head?")
    visitor.page.get_by_text("Artificial intelligence and machine learning").first.click()
    visitor.press("Go on")
    visitor.sees("What do you want to do there?")
    visitor.page.get_by_text("Machine learning engineer").first.click()
    visitor.press("Go on")
    visitor.press("6 h")
    visitor.press("Set out")


def hand_in(visitor, message, button):
    visitor.press(button)
    visitor.fill("A word to your mentor", message)
    visitor.press("Hand it in")
    visitor.reads("Handed in.")


def take_first_in_queue(visitor):
    visitor.go("/queue")
    visitor.follow(MILESTONE)
    visitor.press("Take this review")
    visitor.reads("You hold this until")


def log_time(learner):
    # Two taps: the dock's Log, then the button that says what it does.
    learner.follow("Log")
    learner.press("Log 90 minutes")
    learner.reads("1 h 30 logged on")
    expect(learner.page.get_by_role("dialog")).to_have_count(0)

    # The same from a milestone, with a line on what was done.
    learner.go("/milestones/mathematics-and-statistics")
    learner.follow("Log time on it")
    learner.fill("What did you do?", "Bootstrap by hand.")
    learner.page.get_by_role("dialog").locator("[type=submit]").click()
    learner.reads("Bootstrap by hand.")


def attach_evidence(learner):
    learner.press("Add the evidence")
    learner.fill("Link", "git.example.org/lin/notebook")
    learner.fill("What it shows", "The notebook")
    learner.press("Add it")
    expect(learner.page.get_by_role("link", name="The notebook")).to_be_visible()


def invite_a_mentor(learner):
    learner.go("/profile")
    learner.press("Invite a mentor")
    learner.fill("The mentor’s email", MENTOR)
    learner.press("Send the invitation")
    learner.reads("Invited as mentor")


def accept_the_invitation(mentor, post):
    mentor.go(post.link_for(MENTOR, "/invitations/"))
    mentor.sees("Lin Okafor would like you as a mentor")
    mentor.follow("Make an account to accept")
    sign_up(mentor, post, "Mo Andersson", MENTOR, begin=False)
    mentor.press("Accept")
    mentor.sees("To review")


def read_the_answer_from_the_inbox(learner):
    learner.go("/inbox")
    expect(learner.page.locator(".inbox .unread").first).to_be_visible()
    learner.page.locator(".inbox-open").first.click()
    learner.sees("What to change")
    expect(learner.page.locator("strong", has_text="One thing:")).to_be_visible()


def test_the_main_journey(visit, post):
    learner, mentor = visit(), visit(viewport=DESK)
    sign_up(learner, post, "Lin Okafor", LEARNER)
    set_out(learner)
    learner.reads("Next on your way")
    log_time(learner)
    attach_evidence(learner)
    hand_in(learner, "Done by the book.", "Hand in to a mentor")
    learner.reads("Waiting for review")

    invite_a_mentor(learner)
    accept_the_invitation(mentor, post)
    take_first_in_queue(mentor)
    mentor.reads("Done by the book.")
    mentor.fill("Feedback", "Sound. **One thing:** show the intervals, too.")
    mentor.press("Request changes")
    mentor.reads("one item for each thing")  # refused; nothing is sent without an item
    mentor.press("Ask for a change")
    mentor.fill("Change 1", "Show the intervals in every figure.")
    mentor.reads("Saved ")
    mentor.page.reload()
    expect(mentor.page.get_by_label("Change 1", exact=True)).to_have_value(
        "Show the intervals in every figure."
    )
    mentor.press("Request changes")
    mentor.sees("Nobody waits")

    assert post.find(LEARNER, "(show the intervals)")
    read_the_answer_from_the_inbox(learner)
    learner.reads("0 of 1 answered")
    learner.fill("What did you change?", "Intervals are in all four.")
    learner.press("Save the answer")
    learner.reads("All answered.")
    hand_in(learner, "The intervals are in.", "Hand in the next round")

    take_first_in_queue(mentor)
    mentor.sees("What was asked for")
    mentor.reads("The intervals are in.")
    mentor.reads("Intervals are in all four.")
    mentor.page.get_by_role("radio", name="Verify").check()
    for criterion in mentor.page.locator(".score").all():
        criterion.get_by_role("radio", name="Meets it").check()
    mentor.fill("Feedback", "Well done.")
    mentor.press("Approve")
    mentor.sees("Nobody waits")

    learner.go("/milestones/mathematics-and-statistics")
    learner.sees("What your mentor said")
    learner.reads("Well done.")
    expect(learner.page.locator(".facts .status-word")).to_have_text("Complete")
    learner.page.get_by_text("The round before").click()
    learner.reads("Done by the book.")
    learner.go("/map")
    learner.reads("1 of 26 milestones complete")
