"""What people do, by the commands that the API calls; and what happens to it behind the scenes."""

import datetime as dt

from uuid_utils.compat import uuid7

from accounts.models import User
from progress import events, outbox
from progress.commands.add_evidence import add_evidence
from progress.commands.claim_submission import claim_submission
from progress.commands.decide_submission import decide_submission
from progress.commands.decision_guards import Asked
from progress.commands.invite_person import invite_person
from progress.commands.submit_milestone import submit_milestone
from progress.models import Enrollment, Invitation, Submission
from progress.states import SubmissionState
from tests.factories import NOW, document, full_scores

KEY = "python-programming"
TITLE = next(m.title for m in document().milestones if m.key == KEY)
LATER = NOW + dt.timedelta(minutes=20)


def submit(enrollment: Enrollment, *, message: str = "", now: dt.datetime = NOW) -> Submission:
    """The learner submits a milestone with a link."""
    link, _ = add_evidence(
        person=enrollment.learner,
        evidence_id=uuid7(),
        enrollment=enrollment,
        milestone_keys=[KEY],
        url="https://example.org/repo",
        title="My repository",
        now=now,
    )
    return submit_milestone(
        person=enrollment.learner,
        enrollment=enrollment,
        milestone_key=KEY,
        message=message,
        evidence_ids=[link.pk],
        now=now,
    )


def decide(
    submission: Submission,
    mentor: User,
    outcome: SubmissionState = SubmissionState.APPROVED,
    *,
    feedback: str = "Well done.",
    now: dt.datetime = LATER,
) -> None:
    """The mentor claims and decides."""
    submission.refresh_from_db()
    held = claim_submission(person=mentor, submission=submission, now=now)
    approving = outcome is SubmissionState.APPROVED
    decide_submission(
        person=mentor,
        submission=held,
        outcome=outcome,
        feedback=feedback,
        scores=full_scores(submission.milestone_key) if approving else (),
        asked=() if approving else [Asked("Test the parser, too.")],
        now=now,
    )


def invite(
    person: User,
    email: str = "new@example.org",
    *,
    part: str = "mentor",
    message: str = "",
    now: dt.datetime = NOW,
) -> Invitation:
    """A person invites an address."""
    return invite_person(person=person, email=email, part=part, message=message, now=now)


def record(kind: str, actor: User, subject: object, *, now: dt.datetime = NOW) -> None:
    """Record an event as a command does."""
    from django.db import transaction

    with transaction.atomic():
        outbox.record(
            events.Event(type=kind, occurred_at=now, actor_id=actor.pk, subject_id=subject.pk)
        )


def deliver(now: dt.datetime = LATER) -> int:
    """Deliver what the outbox has due."""
    return outbox.deliver_pending(now=now)
