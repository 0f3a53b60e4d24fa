"""One of each thing, all of them the learner's."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.commands.register_app import register_app
from accounts.models import ConnectedApp
from backend.api.scopes import SCOPES
from backend.ids import uuid7
from backend.outgoing import Client
from notifications.commands.open_calendar_feed import open_calendar_feed
from notifications.commands.snooze import snooze
from notifications.commands.subscribe_to_push import subscribe_to_push
from notifications.models import Delivery, Notification, Suppression, SuppressionReason
from progress import outbox
from progress.commands.add_evidence import add_evidence
from progress.commands.add_file import add_file
from progress.commands.announce import announce
from progress.commands.ask_second_opinion import ask_second_opinion
from progress.commands.claim_second_opinion import claim_second_opinion
from progress.commands.claim_submission import claim_submission
from progress.commands.decide_submission import decide_submission
from progress.commands.decision_guards import Asked
from progress.commands.import_log import import_log
from progress.commands.invite_list import invite_list
from progress.commands.invite_person import invite_person
from progress.commands.keep_comment import keep_comment
from progress.commands.plan_pause import plan_pause
from progress.commands.save_review_draft import save_review_draft
from progress.commands.set_probe import set_probe
from progress.commands.submit_milestone import submit_milestone
from progress.commands.take_leave import take_leave
from progress.commands.write_comment import write_comment
from progress.models import ChangeRequest, Mentorship, Submission
from progress.states import SubmissionState
from tests.conftest import Cast
from tests.factories import MLE, full_scores, make_mentorship, make_person, new_id
from tests.notifications.push_service import Browser
from tests.uploads import GIF, on_disk

UNTIL = dt.timedelta(seconds=1)


@pytest.fixture
def things(cast: Cast) -> dict[str, Any]:
    """Ids by route name or by URL parameter."""
    now = timezone.now() - UNTIL

    def link(key: str) -> Any:
        return add_evidence(
            person=cast.learner,
            enrollment=cast.enrollment,
            evidence_id=uuid7(),
            milestone_keys=[key],
            url="https://example.org/work",
            title="work",
            now=now,
        )[0]

    link("data-analysis")

    def submit(key: str, mentor: Any = cast.mentor) -> Submission:
        submission = submit_milestone(
            person=cast.learner,
            enrollment=cast.enrollment,
            milestone_key=key,
            message="",
            evidence_ids=[link(key).pk],
            now=now,
        )
        return claim_submission(person=mentor, submission=submission, now=now)

    decide_submission(
        person=cast.mentor,
        submission=submit("mathematics-and-statistics"),
        outcome=SubmissionState.APPROVED,
        feedback="Good.",
        scores=full_scores("mathematics-and-statistics"),
        now=now,
    )
    decided = Submission.objects.get()
    # Decided by another mentor, so that a second opinion is the mentor's to give.
    colleague = make_person("Ana Second")
    make_mentorship(colleague, cast.learner)
    round_asked = submit("advanced-algorithms", colleague)
    decide_submission(
        person=colleague,
        submission=round_asked,
        outcome=SubmissionState.CHANGES_REQUESTED,
        feedback="Nearly.",
        asked=[Asked("Say why.")],
        now=now,
    )
    ask_second_opinion(person=cast.learner, submission=round_asked, now=now)
    claim_second_opinion(person=cast.mentor, submission=round_asked, now=now)
    submission = submit("python-programming")
    save_review_draft(
        person=cast.mentor,
        submission=submission,
        version=0,
        content={"feedback": "So far, so good."},
        now=now,
    )
    comment, _ = write_comment(
        person=cast.learner,
        enrollment=cast.enrollment,
        milestone_key="problem-solving",
        comment_id=uuid7(),
        body="A question.",
        now=now,
    )
    saved = keep_comment(
        person=cast.learner, title="Seeds", body="Set the seeds.", cohort_id=None, now=now
    )
    invitation = invite_person(
        person=cast.learner, email=cast.other_mentor.email, part="mentor", message="", now=now
    )
    announcement, _ = announce(
        person=cast.coordinator,
        cohort=cast.cohort,
        announcement_id=uuid7(),
        audience="everybody",
        title="Welcome",
        body="Good that you are here.",
        now=now,
    )
    invitation_list, _ = invite_list(
        person=cast.coordinator,
        cohort=cast.cohort,
        list_id=uuid7(),
        content="email\nlisted@example.org\n",
        part="learner",
        message="",
        skip_refused=False,
        now=now,
    )
    day = now.date()
    leave = take_leave(person=cast.learner, starts_on=day, ends_on=day, now=now)
    evidence = link("data-analysis")
    with on_disk("a.gif", GIF) as upload:
        image, _ = add_file(
            person=cast.learner,
            enrollment=cast.enrollment,
            evidence_id=uuid7(),
            milestone_keys=["data-analysis"],
            title="",
            file=upload,
            now=now,
        )
    holiday = plan_pause(
        person=cast.learner,
        enrollment=cast.enrollment,
        pause_id=None,
        starts_on=now.date() + dt.timedelta(days=30),
        ends_on=now.date() + dt.timedelta(days=40),
        reason="",
        now=now,
    )[0]
    set_probe(
        person=cast.learner,
        enrollment=cast.enrollment,
        milestone_key="cloud-deployment",
        url="https://model.example.org/health",
        now=now,
    )
    app, _ = register_app(
        owner=cast.learner,
        name="Some app",
        redirect_uris=["https://app.example/done"],
        scopes=list(SCOPES),
        kind="public",
    )
    connected = ConnectedApp.objects.create(
        person=cast.learner, app=app, scopes=["profile:read"], connected_at=now
    )
    log_import, _ = import_log(
        person=cast.learner,
        enrollment=cast.enrollment,
        import_id=uuid7(),
        content="day,minutes,milestone\n2024-01-01,45,problem-solving\n",
        skip_refused=False,
        now=now,
    )
    quiet = snooze(person=cast.learner, days=3, now=now)
    feed, _ = open_calendar_feed(person=cast.learner, label="Phone", now=now)
    browser = Browser("https://push.example.org/learner")
    ringing, _ = subscribe_to_push(
        person=cast.learner,
        endpoint=browser.endpoint,
        **browser.keys,
        label="Firefox · Linux",
        way_out=Client(),
        now=now,
    )
    Suppression.objects.suppress(
        address=cast.learner.email, reason=SuppressionReason.BOUNCED, detail="550", now=now
    )
    outbox.deliver_pending(now=now)
    failed = Delivery.objects.filter(kind="submission-decided").order_by("id")[0]
    Delivery.objects.filter(pk=failed.pk).update(
        state="failed", last_error="550 no", claim_id=uuid7(), claimed_at=now
    )
    told = Notification.objects.filter(person=cast.learner, kind="submission-decided")
    notification = told.order_by("id")[0]
    return {
        "redelivery": str(failed.pk),
        "app": str(app.pk),
        "connected-app": str(connected.pk),
        "notification": str(notification.pk),
        "id": str(cast.enrollment.pk),
        "enrollment": str(cast.enrollment.pk),
        "key": "problem-solving",
        "probe-key": "cloud-deployment",
        "evidence-check": str(evidence.pk),
        "slug": MLE,
        "number": 1,
        "other": 1,
        "new_id": new_id(),
        "today": now.date().isoformat(),
        "evidence": str(evidence.pk),
        "import": str(log_import.pk),
        "pause_id": str(holiday.pk),
        "evidence-file": str(image.pk),
        "served-milestone": str(evidence.pk),
        "submission": str(submission.pk),
        "withdrawal": str(submission.pk),
        "claim": str(submission.pk),
        "decision": str(submission.pk),
        "draft": str(submission.pk),
        "draft-comment": str(submission.pk),
        "second-opinion": str(decided.pk),
        "second-opinion-claim": str(round_asked.pk),
        "second-opinion-decision": str(round_asked.pk),
        "waiver-key": "distributed-systems",
        "revocation-key": decided.milestone_key,
        "change-request-answer": str(ChangeRequest.objects.get().pk),
        "comment": str(comment.pk),
        "saved-comment": str(saved.pk),
        "mentorship": str(Mentorship.objects.get(learner=cast.learner, mentor=cast.mentor).pk),
        "leave": str(leave.pk),
        "cohort": str(cast.cohort.pk),
        "cohort-progress": str(cast.cohort.pk),
        "cohort-progress-csv": str(cast.cohort.pk),
        "cohort-members": str(cast.cohort.pk),
        "cohort-member": str(cast.cohort.pk),
        "member": str(cast.cohort.members.get(person=cast.learner).pk),
        "announcements": str(cast.cohort.pk),
        "announcement": str(announcement.pk),
        "invitation-previews": str(cast.cohort.pk),
        "invitation-lists": str(cast.cohort.pk),
        "invitation-list": str(invitation_list.pk),
        "invitation": str(invitation.pk),
        "snooze": str(quiet.pk),
        "calendar-feed": str(feed.pk),
        "push-subscription": str(ringing.pk),
        "mail-suppression": str(Suppression.objects.get().pk),
        "token": invitation.token,
    }
