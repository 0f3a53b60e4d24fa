"""Every screen, for a keyboard, a reader and a thumb: names, headings, targets, contrast."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.people import DESK, PHONE
from tests.factories import make_enrollment, make_mentorship, make_person
from tests.notifications.acts import submit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEARNERS = [
    "/",
    "/map",
    "/progress",
    "/track",
    "/edition",
    "/author",
    "/inbox",
    "/profile",
    "/log",
    "/milestones/python-programming",
]
MENTORS = ["/queue", "/learners", "/profile", "/nowhere"]
OUTSIDE = ["/sign-in", "/sign-up", "/reset", "/verify"]

FAULTS = Path(__file__).with_name("faults.js").read_text()


def look_at(visitor, paths):
    faults = {}
    for path in paths:
        visitor.go(path)
        expect(visitor.page.locator("h1")).to_have_count(1)
        expect(visitor.page.locator(".skeleton, .splash")).to_have_count(0)
        if found := visitor.page.evaluate(FAULTS):
            faults[path] = found
    assert faults == {}


LOOKS = pytest.mark.parametrize(
    "look",
    [
        pytest.param({"viewport": PHONE, "color_scheme": "light"}, id="phone-light"),
        pytest.param({"viewport": DESK, "color_scheme": "dark"}, id="desk-dark"),
    ],
)


@LOOKS
def test_before_signing_in(visit, look):
    look_at(visit(**look), OUTSIDE)


@LOOKS
def test_a_learners_screens(visit, post, look):
    enrollment = make_enrollment()
    make_mentorship(make_person("Mo Mentor"), enrollment.learner)
    submit(enrollment)
    post.run_errands()
    visitor = visit(**look)
    visitor.sign_in(enrollment.learner)
    look_at(visitor, LEARNERS)


@LOOKS
def test_a_mentors_screens(visit, post, look):
    enrollment, mentor = make_enrollment(), make_person("Mo Mentor")
    make_mentorship(mentor, enrollment.learner)
    submission = submit(enrollment, message="Please look at the tests first.")
    post.run_errands()
    visitor = visit(**look)
    visitor.sign_in(mentor)
    learner = f"/learners/{enrollment.learner_id}"
    look_at(visitor, [*MENTORS, learner, f"/reviews/{submission.pk}", "/inbox"])


def test_choosing_a_way(visit, post):
    visitor = visit()
    visitor.sign_in(make_person("Noor"))
    look_at(visitor, ["/start", "/inbox", "/profile"])


def test_the_heading_has_the_focus_on_a_new_screen(visit, post):
    enrollment = make_enrollment()
    visitor = visit()
    visitor.sign_in(enrollment.learner)
    visitor.follow("Map")
    expect(visitor.page.locator("h1", has_text="The way")).to_be_focused()
    visitor.page.locator(".trail a").first.click()
    expect(visitor.page.locator("h1", has_text="Advanced algorithms")).to_be_focused()
