"""Make appointments, and bring them forward when something happens that may be due sooner."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from notifications.models import About, Appointment
from notifications.models.appointment import appointment
from progress import events
from progress.models import CohortMember, Enrollment, Mentorship, OutboxEvent
from progress.models.cohort import CohortPart
from progress.states import EnrollmentState

SOONER: Final = frozenset(
    {
        events.ENROLLMENT_STARTED,
        events.ENROLLMENT_CHANGED,
        events.ENROLLMENT_UPGRADED,
        events.UPGRADE_UNDONE,
        events.ENROLLMENT_PAUSED,
        events.PAUSE_CHANGED,
        events.PAUSE_REMOVED,
        events.ENROLLMENT_RESUMED,
        events.LOG_ENTRY_VOIDED,
        events.LOG_IMPORT_UNDONE,
        events.MILESTONE_REOPENED,
        events.SUBMISSION_DECIDED,
        events.SUBMISSION_WITHDRAWN,
        events.PROBE_WENT_DOWN,
    }
)
"""After these something about their enrollment may be due sooner than was thought.

Work that is logged is not among them, though it happens most: it only ever puts things off, and
what a new rhythm makes due sooner is more than the week away that the next digest looks in.
"""
MOST_MADE = 10_000
"""In one sweep and of one sort: the next goes on."""
SPREAD = timedelta(hours=1)
"""Over which those are spread that a sweep makes, so that they are not all looked at in one."""


def bring_forward(event: OutboxEvent, now: datetime) -> None:
    """Bring forward what `event` may make due sooner, in the caller's transaction.

    To the instant at which it was looked at last: that is past whatever the clock says meanwhile.
    """
    if event.type in SOONER and event.enrollment_id is not None:
        theirs = Enrollment.objects.filter(pk=event.enrollment_id)
        _make(About.ENROLLMENT, theirs.values_list("pk", "learner"), now)
    elif event.type == events.EDITION_PUBLISHED:
        behind = Enrollment.objects.filter(
            pathway__slug=event.data["pathway"],
            edition__number__lt=event.data["edition"],
            state=EnrollmentState.ACTIVE,
        )
        Appointment.objects.filter(
            about=About.ENROLLMENT, subject_id__in=behind.values("pk")
        ).bring_forward()
    elif event.type == events.MENTORSHIP_STARTED:
        ties = Mentorship.objects.filter(pk=event.subject_id)
        _make(About.MENTOR, ties.values_list("mentor", "mentor"), now)
    elif event.type == events.COHORT_JOINED:
        for part, about in LEADING.items():
            members = CohortMember.objects.filter(pk=event.subject_id, part=part)
            _make(about, members.values_list("person", "person"), now)


LEADING: Final = {CohortPart.MENTOR: About.MENTOR, CohortPart.COORDINATOR: About.COORDINATOR}


def make_missing(*, now: datetime) -> int:
    """Make the appointments that nobody made, and notice every move; return how many were made.

    What events do at once this makes sure of: a set-based look at who should have one (six
    queries). Spread over an hour.
    """
    Appointment.objects.moved_since().bring_forward()
    made = 0
    for about, people in (
        (About.ENROLLMENT, _without(About.ENROLLMENT)),
        (About.MENTOR, _without(About.MENTOR)),
        (About.COORDINATOR, _without(About.COORDINATOR)),
    ):
        pairs = list(people[:MOST_MADE])
        made += len(pairs)
        rows = [
            appointment(about, subject, person, at=now + random.random() * SPREAD)  # noqa: S311
            for subject, person in pairs
        ]
        Appointment.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return made


def _make(about: About, pairs: Iterable[tuple[UUID, UUID]], now: datetime) -> None:
    Appointment.objects.make([appointment(about, *pair, at=now) for pair in pairs])


def _without(about: About) -> Any:
    """Return (subject, person) of those who should have an appointment and have none."""
    has = Appointment.objects.filter(about=about, subject_id=OuterRef("pk"))
    if about is About.ENROLLMENT:
        rows = Enrollment.objects.filter(~Exists(has), state=EnrollmentState.ACTIVE)
        return rows.order_by("pk").values_list("pk", "learner")
    present = CohortMember.objects.present().filter(person=OuterRef("pk"))
    if about is About.COORDINATOR:
        wanted = Q(Exists(present.filter(part=CohortPart.COORDINATOR)))
    else:
        own = Mentorship.objects.active().filter(mentor=OuterRef("pk"))
        wanted = Q(Exists(own)) | Q(Exists(present.filter(part=CohortPart.MENTOR)))
    people = User.objects.filter(wanted, ~Exists(has), is_active=True)
    return people.order_by("pk").values_list("pk", "pk")
