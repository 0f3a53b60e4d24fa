"""Two mentors and a learner in three browsers: a second opinion, a waiver, a revocation."""

import pytest
from playwright.sync_api import expect

from progress.models import Pathway
from progress.states import SubmissionState
from tests.e2e.people import DESK
from tests.factories import MLE, make_enrollment, make_mentorship, make_person
from tests.notifications.acts import KEY, decide, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ELECTIVE = "advanced-algorithms"


def test_a_second_opinion_and_what_mentors_rule(visit):
    learner, first, second = make_person("Lin"), make_person("Mo"), make_person("Ana")
    enrollment = make_enrollment(learner)
    make_mentorship(first, learner)
    make_mentorship(second, learner)
    Pathway.objects.filter(slug=MLE).update(owner=second)
    submission = submit(enrollment)
    decide(submission, first, SubmissionState.CHANGES_REQUESTED, feedback="VERDICT")

    lin = visit()
    lin.sign_in(learner)
    lin.go(f"/milestones/{KEY}")
    lin.press("Ask another mentor for a second opinion")
    lin.reads("They don’t see the first decision until they have given theirs.")
    lin.press("Ask for it")
    lin.reads("You asked for a second opinion today.")
    lin.reads("Unless it is given, the other mentor is reminded on")

    ana = visit(viewport=DESK)
    ana.sign_in(second)
    ana.go("/queue")
    ana.page.get_by_role("button", name="1 second opinion is asked for").click()
    ana.follow("Programming in Python")
    ana.reads("A second opinion is asked for.")
    expect(ana.page.get_by_text("VERDICT")).to_have_count(0)
    ana.press("Take this second opinion")
    ana.sees("Your opinion")
    for choice in ana.page.get_by_label("Meets it").all():
        choice.check(force=True)
    ana.fill("Feedback", "Sound, to my mind.")
    ana.press("Approve")
    ana.reads("They differ. Of the two, the approval counts.")
    ana.reads("VERDICT")
    ana.go(f"/author/{MLE}")
    ana.reads("1 of 1 second opinion decided otherwise")

    lin.go(f"/milestones/{KEY}")
    lin.reads("Two mentors have judged it.")
    lin.reads("Sound, to my mind.")

    mo = visit(viewport=DESK)
    mo.sign_in(first)
    mo.go(f"/learners/{learner.pk}")
    mo.follow("Programming in Python")
    mo.press("Take the approval back")
    mo.fill("Why?", "It was somebody else’s.")
    mo.press("Take it back")
    mo.reads("Approval revoked")
    mo.go(f"/learners/{learner.pk}/milestones/{ELECTIVE}")
    mo.press("Waive it for prior learning")
    mo.fill("Why?", "Taught it for years.")
    mo.press("Waive it")
    mo.reads("Waived, complete")

    lin.go("/map")
    lin.reads("Revoked by Mo: “It was somebody else’s.”")
    lin.reads("Waived by Mo: “Taught it for years.”")
