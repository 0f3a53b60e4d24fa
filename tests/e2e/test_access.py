"""Every screen, for a keyboard, a reader and a thumb: names, headings, targets, contrast.

By a look of our own (targets for thumbs, one heading, nothing sideways) and by axe (WCAG 2.2 AA).
"""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.people import DESK, PHONE
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
)
from tests.notifications.acts import submit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OUTSIDE = ["/sign-in", "/sign-up", "/reset", "/verify", "/finish", "/invitations/nonsense"]
BEFORE_A_WAY = ["/start", "/inbox", "/profile", "/author", "/author/machine-learning-engineer"]
LEARNERS = [
    "/",
    "/map",
    "/progress",
    "/timeline",
    "/import",
    "/track",
    "/edition",
    "/waiting",
    "/inbox",
    "/profile",
    "/profile/telling",
    "/profile/ahead",
    "/log",
    "/milestones/python-programming",
    "/nowhere",
]
MENTORS = [
    "/queue",
    "/reviews/{submission}",
    "/conversations/{enrollment}/python-programming",
    "/saved-comments",
    "/learners",
    "/learners/{learner}",
    "/learners/{learner}/milestones/python-programming",
    "/learners/{learner}/timeline",
    "/profile",
    "/inbox",
]
COORDINATORS = [
    "/cohorts",
    "/cohorts/new",
    "/cohorts/{cohort}",
    "/cohorts/{cohort}/invite-list",
    "/cohorts/{cohort}/invitations",
    "/profile/telling",
]
OPERATORS = ["/operators"]

FAULTS = Path(__file__).with_name("faults.js").read_text()
CLIENT = Path(settings.BASE_DIR) / "frontend"
AXE = (CLIENT / "node_modules" / "axe-core" / "axe.min.js").read_text()
BY_AXE = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  const told = (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`);
  return violations.flatMap(told);
}"""


def look_at(visitor, paths, **ids):
    """Open each path; fail with what our own look and axe find fault with, by path."""
    faults = []
    for path in paths:
        visitor.go(path.format(**ids))
        expect(visitor.page.locator("h1")).to_have_count(1)
        expect(visitor.page.locator(".skeleton, .splash")).to_have_count(0)
        visitor.page.evaluate(AXE)
        found = [*visitor.page.evaluate(FAULTS), *visitor.page.evaluate(BY_AXE)]
        faults += [f"{path} {one}" for one in found]
    assert not faults, "\n".join(faults)


def test_every_screen_is_looked_at():
    """A route that none of the lists has is one that nobody looked at."""
    visited = OUTSIDE + BEFORE_A_WAY + LEARNERS + MENTORS + COORDINATORS + OPERATORS
    for source in (CLIENT / "src" / "app").glob("*.tsx"):
        for route in re.findall(r'<Route path="([^"]+)"', source.read_text()):
            pattern = re.compile(re.sub(r":[a-z]+", "[^/]+", route))
            assert any(pattern.fullmatch(path) for path in visited), route


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
def test_choosing_a_way(visit, post, look):
    visitor = visit(**look)
    visitor.sign_in(make_person("Noor"))
    look_at(visitor, BEFORE_A_WAY)


@pytest.fixture
def cast(transactional_db, post):
    """A learner who handed something in, in a cohort with a mentor and a coordinator."""
    coordinator, mentor = make_person("Cleo Coordinator"), make_person("Mo Mentor")
    enrollment, cohort = make_enrollment(make_person("Lin Learner")), make_cohort(coordinator)
    make_member(cohort, enrollment.learner, "learner")
    make_member(cohort, mentor, "mentor")
    make_mentorship(mentor, enrollment.learner)
    submission = submit(enrollment, message="Please look at the tests first.")
    post.run_errands()
    return SimpleNamespace(
        learner=enrollment.learner,
        mentor=mentor,
        coordinator=coordinator,
        operator=make_person("Ann Admin", is_staff=True),
        ids={
            "learner": enrollment.learner_id,
            "enrollment": enrollment.pk,
            "submission": submission.pk,
            "cohort": cohort.pk,
        },
    )


@LOOKS
@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("learner", LEARNERS),
        ("mentor", MENTORS),
        ("coordinator", COORDINATORS),
        ("operator", OPERATORS),
    ],
)
def test_the_screens_of(visit, cast, look, who, paths):
    visitor = visit(**look)
    visitor.sign_in(getattr(cast, who))
    look_at(visitor, paths, **cast.ids)


def test_the_heading_has_the_focus_on_a_new_screen(visit, post):
    enrollment = make_enrollment()
    visitor = visit()
    visitor.sign_in(enrollment.learner)
    visitor.follow("Map")
    expect(visitor.page.locator("h1", has_text="The way")).to_be_focused()
    visitor.page.locator(".trail a").first.click()
    expect(visitor.page.locator("h1", has_text="Advanced algorithms")).to_be_focused()
