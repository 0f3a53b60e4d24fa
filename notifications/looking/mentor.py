"""A mentor, as their weekly digest looks at them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from accounts.models import User
from notifications.looking.folded import FURTHEST, Folded, folded_of
from notifications.looking.wishes import Wishes, wishes_of
from progress.models import Enrollment, Mentorship, SecondOpinion
from progress.queries.learner_facts import Known, known_of
from progress.queries.mentor_weeks import WaitingRound, reviewed_since, waiting_rounds
from progress.states import EnrollmentState
from progress.veil import NO_VEIL


@dataclass(frozen=True)
class MentorFacts:
    """What is true of a mentor at `now`; `mentees` are who they mentor directly, as read."""

    person: User
    wishes: Wishes
    waiting: Sequence[WaitingRound]
    reviewed: Sequence[datetime]
    mentees: Sequence[Known]
    folded: Sequence[Folded]
    looked_at: datetime
    now: datetime

    def at(self, now: datetime) -> "MentorFacts":
        """Return it at another instant, as it is if nothing changes."""
        return replace(self, now=now, looked_at=min(self.now, now))


def mentors(subjects: Collection[UUID], *, now: datetime) -> dict[UUID, MentorFacts]:
    """Return the facts by person (sixteen queries, however many)."""
    people = User.objects.in_bulk(subjects)
    wishes, folded = wishes_of(people.values()), folded_of(people, now=now)
    waiting, reviewed = waiting_rounds(people, now=now), reviewed_since(people, now - FURTHEST)
    ties = Mentorship.objects.active().filter(mentor__in=people).select_related("learner")
    theirs: dict[UUID, set[UUID]] = {}
    learners: dict[UUID, User] = {}
    for tie in ties.order_by("pk"):
        theirs.setdefault(tie.mentor_id, set()).add(tie.learner_id)
        learners[tie.learner_id] = tie.learner
    rows = Enrollment.objects.filter(learner__in=learners, state=EnrollmentState.ACTIVE)
    zones = {pk: learner.time_zone for pk, learner in learners.items()}
    # Who is asked for a second opinion may not be told what follows from the first.
    asked = SecondOpinion.objects.waiting().values("enrollment")
    known = known_of(rows.exclude(pk__in=asked), zones=zones, veil=NO_VEIL, now=now)
    return {
        pk: MentorFacts(
            person=person,
            wishes=wishes[pk],
            waiting=waiting.get(pk, ()),
            reviewed=reviewed.get(pk, ()),
            mentees=[one for one in known if one.learner_id in theirs.get(pk, ())],
            folded=[
                one for one in folded.get(pk, ()) if one.learner_id and one.learner_id != str(pk)
            ],
            looked_at=now,
            now=now,
        )
        for pk, person in people.items()
    }
