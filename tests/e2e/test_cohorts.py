"""A cohort from its first day: people invited by a list, told something, and who runs the mail."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from backend.ids import uuid7
from notifications.models import Delivery
from progress.models import Invitation
from tests.e2e.people import DESK
from tests.factories import make_cohort, make_enrollment, make_member, make_person
from tests.notifications.acts import submit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_cohort_is_filled_by_a_list_and_told_something(visit, post):
    cleo, lin, mo = make_person("Cleo"), make_person("Lin Learner"), make_person("Mo Mentor")
    make_enrollment(lin)
    at_cleo, at_lin = visit(viewport=DESK), visit()
    at_cleo.sign_in(cleo)
    at_cleo.go("/cohorts/new")
    at_cleo.fill("Name", "Autumn 2026")
    at_cleo.press("Start the cohort")
    at_cleo.sees("Autumn 2026")
    invite(at_cleo, f"email;part\n{lin.email};\n{mo.email};mentor\n{lin.email};learner\n=cmd;\n")
    at_lin.sign_in(lin)
    at_lin.go(post.link_for(lin.email, "/invitations/"))
    at_lin.reads("We begin on Monday.")
    at_lin.press("Accept")
    expect(at_lin.page.get_by_role("button", name="Accept")).to_have_count(0)
    at_cleo.follow("See who has answered")
    at_cleo.sees("Invitations")
    at_cleo.press("Accepted")
    at_cleo.reads(lin.email)
    expect(at_cleo.page.get_by_text(mo.email)).to_have_count(0)
    at_cleo.follow("Autumn 2026")
    at_cleo.page.reload()  # it has another shape now that somebody learns: press when it has it
    at_cleo.sees("Stages")
    announce(at_cleo)
    post.run_errands()
    read(at_lin)
    assert any(
        to == lin.email and message["Subject"] == "Demo day" for to, message in post.box.messages
    )
    for _ in range(2):  # it asks once
        at_cleo.press("Take it back")
    at_cleo.reads("Cleo took an announcement back.")
    post.run_errands()
    at_lin.go("/inbox")
    at_lin.reads("Cleo took an announcement back")
    expect(at_lin.page.get_by_text("Demo day")).to_have_count(0)


def invite(cleo, listed):
    """Paste a list, look at what becomes of it, and send the invitations."""
    cleo.follow("Invite a list")
    cleo.fill("Addresses, one a line", listed)
    cleo.press("See what becomes of it")
    cleo.sees("To mend")
    cleo.reads("“=cmd” is no email address.")
    cleo.reads("Stands further up in this list.")
    assert not Invitation.objects.exists()
    cleo.fill("A word with it", "We begin on Monday.")
    cleo.press("Invite the other 2 people")
    cleo.reads("2 invitations are on their way.")
    assert Invitation.objects.count() == 2


def announce(cleo):
    """Write to the learners."""
    cleo.press("Announce")
    cleo.press("Learners")
    cleo.fill("Title", "Demo day")
    cleo.fill("What it says", "On **Friday** at ten. <b>Bring</b> questions.")
    cleo.press("Announce to 1 learner")
    cleo.reads("It is on its way")


def read(lin):
    """Find it in the inbox, read it in the cohort, and have it read."""
    lin.go("/inbox")
    with lin.page.expect_response(lambda answer: answer.request.method == "PATCH"):  # it is read
        lin.page.get_by_role("link", name="Demo day").click()
    lin.sees("Announcements")
    expect(lin.page.locator(".announcements strong")).to_have_text("Friday")
    lin.reads("<b>Bring</b> questions.")
    lin.go("/inbox")
    expect(lin.page.get_by_role("link", name="Demo day")).to_be_visible()
    expect(lin.page.get_by_role("link", name="invites you to Autumn 2026")).to_be_visible()
    expect(lin.page.locator(".dot")).to_have_count(0)  # both are read where they led


def test_a_list_that_cannot_be_read_says_why_and_keeps_what_was_pasted(visit, post):
    cohort = make_cohort(make_person("Cleo"))
    cleo = visit()
    cleo.sign_in(cohort.created_by)
    cleo.go(f"/cohorts/{cohort.pk}/invite-list")
    many = "email\n" + "".join(f"guest{number}@example.org\n" for number in range(501))
    cleo.fill("Addresses, one a line", many)
    cleo.press("See what becomes of it")
    cleo.reads("Line 502 is row 501; split the file.")
    expect(cleo.page.get_by_label("Addresses, one a line")).to_have_value(many)
    file = {"name": "guests.csv", "mimeType": "text/csv"}
    latin = "email,name\nzoe@example.org,Zoë\n".encode("latin-1")
    cleo.page.locator("input[type=file]").set_input_files({**file, "buffer": latin})
    cleo.reads("Line 2 has a byte that is not UTF-8")
    good = "email,name\nzoe@example.org,Zoë\n".encode("utf-16")
    cleo.page.locator("input[type=file]").set_input_files({**file, "buffer": good})
    cleo.sees("Get an invitation")
    cleo.reads("zoe@example.org")
    cleo.press("Invite 1 person")
    cleo.press("Take all of it back")
    cleo.press("Take it back")
    cleo.reads("All of it is taken back.")
    assert Invitation.objects.get().revoked_at is not None


def test_a_mentor_keeps_changes_and_shares_comments(visit, post):
    mentor, second = make_person("Mo Mentor"), make_person("Sue Second")
    cohort = make_cohort()
    for person in (mentor, second):
        make_member(cohort, person, "mentor")
    mo = visit()
    mo.sign_in(mentor)
    mo.go("/profile")
    mo.page.get_by_label("English", exact=True).check()
    form = mo.page.get_by_role("form", name="What you take on")
    form.get_by_role("button", name="Save").click()
    mo.reads("Saved.")
    mo.follow("Saved comments")
    mo.reads("Nothing kept yet")
    mo.press("New comment")
    mo.fill("Name it", "Seeds")
    mo.fill("What it says", "Set the **seeds**.")
    mo.page.get_by_label("Who can use it").select_option(label="The mentors of Autumn 2026")
    mo.press("Keep it")
    mo.sees("Autumn 2026")
    mo.press("Edit: Seeds")
    mo.fill("What it says", "Set and log the seeds.")
    mo.press("Save")
    mo.reads("Set and log the seeds.")
    sue = visit()
    sue.sign_in(second)
    sue.go("/saved-comments")
    sue.reads("From Mo Mentor, who can change it.")
    expect(sue.page.get_by_role("button", name="Edit: Seeds")).to_have_count(0)
    mo.press("Remove: Seeds")
    mo.press("Remove it")
    mo.reads("Nothing kept yet")


def test_an_operator_sends_again_what_did_not_arrive(visit, post):
    admin = make_person("Ann Admin", is_staff=True)
    enrollment = make_enrollment()
    cohort = make_cohort()
    make_member(cohort, enrollment.learner, "learner")
    make_member(cohort, make_person("Mo Mentor"), "mentor")
    submit(enrollment, now=timezone.now())
    ann = visit()
    ann.sign_in(admin)
    ann.go("/profile")
    ann.follow("What goes out")
    ann.sees("Everything arrived")
    post.run_errands()
    mail = Delivery.objects.filter(kind="submission-submitted", state="sent").order_by("id")[:1]
    Delivery.objects.filter(pk__in=list(mail.values_list("pk", flat=True))).update(
        state="failed", sent_at=None, last_error="550 no such user", claim_id=uuid7()
    )
    ann.go("/operators")
    ann.reads("550 no such user")
    ann.press("Unconfirmed")
    ann.reads("None of these")
    ann.press("Show everything again")
    ann.press("Send again")
    ann.sees("Everything arrived")
    assert Delivery.objects.filter(state="queued", kind="submission-submitted").count() == 1
    learner = visit()
    learner.sign_in(enrollment.learner)
    learner.go("/operators")
    learner.sees("Off the trail")
