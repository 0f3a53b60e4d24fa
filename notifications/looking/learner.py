"""A learner on an enrollment, as their reminders look at them at one instant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from notifications.localtime import first_instant
from notifications.looking.folded import Folded, folded_of
from notifications.looking.wishes import Wishes, wishes_of
from progress.models import Enrollment
from progress.queries.learner_course import Course
from progress.queries.learner_courses import courses_of
from progress.queries.learner_facts import Known
from progress.rhythm import pause_around
from progress.states import EnrollmentState

DAY = timedelta(days=1)
AFTER_WORK = time(17)
"""When learners are reminded: there is an evening left to do something about it."""
AHEAD = 400
"""How many days are looked ahead for one that is not paused."""


@dataclass(frozen=True)
class LearnerFacts:
    """What is true of a learner at `now`. `looked_at` is when it was looked at before."""

    course: Course
    wishes: Wishes
    folded: Sequence[Folded]
    looked_at: datetime
    now: datetime

    def at(self, now: datetime) -> "LearnerFacts":
        """Return it at another instant, as it is if nothing changes."""
        return replace(self, now=now, looked_at=min(self.now, now))

    @cached_property
    def known(self) -> Known:
        """How far they are, and what risk is judged by."""
        return self.course.known(self.now)

    @cached_property
    def today(self) -> date:
        """The learner's local day."""
        return self.now.astimezone(self.wishes.zone).date()

    @property
    def enrollment(self) -> Enrollment:
        """The enrollment."""
        return self.course.enrollment

    @property
    def is_under_way(self) -> bool:
        """Whether they are at it at all, resting or not."""
        return (
            self.enrollment.state == EnrollmentState.ACTIVE
            and self.course.learner.is_active
            and not self.known.facts.complete
        )

    @property
    def rests(self) -> bool:
        """Whether they are paused today."""
        return self.known.facts.paused

    def hour_of(self, day: date, hour: time = AFTER_WORK) -> datetime:
        """Return the instant of a wall-clock time on a local day."""
        return first_instant(day, hour, self.wishes.zone)

    def unpaused_day(self, count: int) -> date | None:
        """Return the `count`th unpaused day from today on, today being the first if it is one.

        None if nobody knows: they pause until they say otherwise, or for very long.
        """
        day = self.today
        for _ in range(AHEAD):
            pause = pause_around(self.course.pauses, day)
            if pause is None:
                count -= 1
                if count <= 0:
                    return day
                day += DAY
            elif pause.ends_on is None:
                return None
            else:
                day = pause.ends_on + DAY
        return None

    def back(self) -> datetime | None:
        """Return when the pause they are in is over, or None if nobody knows."""
        day = self.unpaused_day(1)
        return None if day is None else self.hour_of(day)


def learners(subjects: Collection[UUID], *, now: datetime) -> dict[UUID, LearnerFacts]:
    """Return the facts by enrollment (sixteen queries, however many)."""
    courses = courses_of(Enrollment.objects.filter(pk__in=subjects), now=now)
    people = {course.learner.pk: course.learner for course in courses}
    wishes = wishes_of(people.values())
    folded = folded_of(people, now=now)
    return {
        course.enrollment.pk: LearnerFacts(
            course=course,
            wishes=wishes[course.learner.pk],
            folded=[
                one
                for one in folded.get(course.learner.pk, ())
                if one.enrollment_id == str(course.enrollment.pk)
            ],
            looked_at=now,
            now=now,
        )
        for course in courses
    }
