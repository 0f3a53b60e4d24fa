"""A learner on their way as reminders see them, to be judged at any instant from then on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from progress.models import Enrollment
from progress.pausing import local_day
from progress.queries.learner_facts import (
    DAY,
    EnrollmentRow,
    Known,
    LogsRead,
    Micros,
    MilestonesRead,
    Moment,
    RoundRead,
    known_at,
)
from progress.rhythm import GoalBefore, Interval, RhythmWeek, weeks_between
from progress.risk import PACE_DAYS, RHYTHM_DAYS


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A round whose changes were requested, and nothing handed in since.

    `since` is when it last moved: the decision, an answer to an item, work logged on it.
    """

    submission_id: UUID
    milestone_key: str
    milestone_title: str
    round: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Down:
    """A deployment that has not been up since an instant."""

    probe_id: UUID
    milestone_key: str
    milestone_title: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Newer:
    """An edition after the learner's own."""

    number: int
    pathway_title: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """One learner on one enrollment.

    `logged` are minutes by local day, as far back as a rhythm is looked for; `heard` has when they
    worked last however long ago. `newer` is the newest edition if it is after their own, and they
    have not said “never” to it. `mentors` are their own, not those who share a cohort's queue.
    """

    enrollment: Enrollment
    learner: User
    milestones: MilestonesRead
    completed_at: Mapping[str, datetime]
    logged: Mapping[date, int]
    last_worked_on: date | None
    handed_in: int | None
    """When they handed in last, in micros."""
    rounds: Sequence[RoundRead]
    is_veiled: bool
    """Whether a second opinion is asked for: then a mentor may not be told what follows from it."""
    pauses: tuple[Interval, ...]
    goals_before: tuple[GoalBefore, ...]
    unanswered: tuple[Unanswered, ...]
    down: tuple[Down, ...]
    newer: Newer | None
    mentors: tuple[User, ...]

    def known(self, now: datetime) -> Known:
        """Return what is known at `now` (as `known_of`, by the learner's own day)."""
        at, one = Moment(self.learner.zone, now), self.enrollment
        days = [day for day in self.logged if at.today - RHYTHM_DAYS * DAY <= day <= at.today]
        recent = [self.logged[day] for day in days if day >= at.today - PACE_DAYS * DAY]
        row = EnrollmentRow(
            pk=one.pk,
            learner_id=one.learner_id,
            edition_id=one.edition_id,
            track=one.track,
            state=one.state,
            weekly_minutes=one.weekly_minutes,
            target_date=one.target_date,
            target_set_on=one.target_set_on,
            origins=json.dumps(one.origins),
            started=Micros.of(one.started_at),
        )
        logs = LogsRead(len(days), min(days, default=None), max(days, default=None), sum(recent))
        return known_at(row, self.milestones, logs, self.handed_in, self.rounds, self.pauses, at)

    def heard_on(self) -> date:
        """Return the local day on which they did anything last, or set out: also long ago."""
        at = Moment(self.learner.zone, self.enrollment.started_at)
        moments = (self.milestones.moved, self.handed_in)
        days = [at.day_of(moment) for moment in moments if moment is not None]
        return max([*days, self.last_worked_on or at.today, at.today])

    def week(self, day: date, *, today: date) -> RhythmWeek:
        """Return the week that `day` is in, as the rhythm has it on the local day `today`."""
        (week,) = weeks_between(
            day,
            day,
            minutes=self.logged,
            started_on=local_day(self.enrollment, self.enrollment.started_at),
            today=today,
            goal=self.enrollment.weekly_minutes,
            before=self.goals_before,
            pauses=self.pauses,
        )
        return week
