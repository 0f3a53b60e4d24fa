"""Ask for another mentor's decision on a round."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from progress import events, outbox
from progress.commands.guards import require_working
from progress.commands.opinion_guards import (
    NoSecondMentor,
    NotYourRound,
    RoundIsPast,
    SecondOpinionAsked,
    not_decided,
    when,
)
from progress.commands.review_guards import NotTheirMentor, mentors
from progress.compiled import key_now
from progress.models import EditionUpgrade, MilestoneProgress, SecondOpinion, Submission
from progress.models.submission import DECIDED
from progress.queries.mentors import other_mentors


def ask_second_opinion(*, person: User, submission: Submission, now: datetime) -> SecondOpinion:
    """Ask the learner's other mentors to decide the round for themselves; return the question.

    The learner asks, or the mentor who decided: once a round, on the last one, while its decision
    is what the milestone goes by. Raises NotYourRound, NotTheirMentor, RoundNotDecided,
    EnrollmentNotActive, SecondOpinionAsked, RoundIsPast, NoSecondMentor.
    """
    enrollment = submission.enrollment
    with transaction.atomic():
        enrollment.hold()
        submission.refresh_from_db(fields=["state", "decided_by", "decided_at"])
        _require_side(person, submission)
        if submission.state not in DECIDED:
            raise not_decided(submission)
        require_working(enrollment)
        _require_first_question(submission)
        _require_going_by_it(submission)
        if not other_mentors(enrollment, than=submission.decided_by_id).exists():
            raise NoSecondMentor(_("Nobody else mentors the learner. Invite another mentor first."))
        opinion: SecondOpinion = SecondOpinion.objects.create(
            submission=submission,
            enrollment=enrollment,
            edition_id=_edition_of(submission),
            asked_by=person,
            asked_at=now,
        )
        outbox.record(
            events.Event(
                type=events.SECOND_OPINION_ASKED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=opinion.pk,
                enrollment_id=enrollment.pk,
                data={
                    "milestone": key_now(enrollment, submission.milestone_key),
                    "round": submission.round,
                },
            )
        )
    return opinion


def _require_side(person: User, submission: Submission) -> None:
    enrollment = submission.enrollment
    if person.pk == enrollment.learner_id:
        return
    if not mentors(person, enrollment):
        raise NotTheirMentor(_("You can see it, but you do not mentor this learner."))
    if submission.state in DECIDED and submission.decided_by_id != person.pk:
        raise NotYourRound(_("Another mentor decided it."))


def _require_first_question(submission: Submission) -> None:
    rows = SecondOpinion.objects.standing().with_names().filter(submission=submission)
    known = rows.first()
    if known is not None:
        said = (
            _("%(person)s asked on %(when)s UTC. It was given.")
            if known.is_given
            else _("%(person)s asked on %(when)s UTC.")
        )
        who = known.asked_by.display_name
        raise SecondOpinionAsked(said % {"person": who, "when": when(known.asked_at)})


def _require_going_by_it(submission: Submission) -> None:
    """Pass if nothing came after the round's decision that the milestone goes by."""
    enrollment = submission.enrollment
    keys = enrollment.keys_behind(key_now(enrollment, submission.milestone_key))
    rounds = Submission.objects.filter(enrollment=enrollment, milestone_key__in=keys)
    if rounds.filter(round__gt=submission.round).exists():
        raise RoundIsPast(_("A later round was handed in: ask about that one."))
    stored = MilestoneProgress.objects.filter(enrollment=enrollment, milestone_key=keys[0])
    verification = stored.values_list("verification", flat=True).first()
    if verification != submission.state:
        raise RoundIsPast(_("The milestone has moved on since: its decision no longer counts."))


def _edition_of(submission: Submission) -> uuid.UUID:
    """Return the edition that the round was decided on: upgrades since then don't matter."""
    taken = EditionUpgrade.objects.filter(
        enrollment=submission.enrollment, undone_at=None, taken_at__gt=submission.decided_at
    )
    first = taken.order_by("taken_at").first()
    edition: uuid.UUID = first.from_edition_id if first else submission.enrollment.edition_id
    return edition
