"""The learner's own work on the milestones of one enrollment, in one transaction."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import User
from progress import events
from progress.commands.finish_enrollment import finish_enrollment
from progress.commands.guards import require_milestone
from progress.commands.work_guards import require_move_allowed
from progress.compiled import compiled, key_now
from progress.document import Milestone
from progress.logbook.refusals import WorkIdTaken
from progress.logbook.said import SaidWork
from progress.models import Enrollment, MilestoneProgress, WorkChange
from progress.rules import evaluate
from progress.standing import states_of
from progress.states import WORK_AFTER, Work, WorkMove

_EVENTS: Final = {
    WorkMove.START: events.MILESTONE_STARTED,
    WorkMove.DONE: events.MILESTONE_COMPLETED,
    WorkMove.REOPEN: events.MILESTONE_REOPENED,
}


class WorkBook:
    """Work states, decided by the latest thing the learner said, whenever it arrived.

    The latest is that with the greatest `at`, then the greatest id. What a log entry starts by
    itself gives way to anything said: it is only where the state begins.
    """

    def __init__(self, *, person: User, enrollment: Enrollment, now: datetime) -> None:
        self.person = person
        self.enrollment = enrollment
        self.now = now
        self.rows: dict[str, MilestoneProgress] = {}
        self.changes: dict[uuid.UUID, WorkChange] = {}
        self.new_changes: list[WorkChange] = []
        self.moved: dict[str, MilestoneProgress] = {}
        self.happened: list[events.Event] = []

    def read(self, ids: Sequence[uuid.UUID]) -> None:
        """Read the states, and which changes of these ids are known."""
        rows = MilestoneProgress.objects.filter(enrollment=self.enrollment)
        self.rows = {row.milestone_key: row for row in rows.order_by()}
        if ids:
            self.changes = WorkChange.objects.in_bulk(ids)

    def state_of(self, milestone_key: str) -> Work:
        """Return the work state of a milestone as it stands."""
        row = self.rows.get(milestone_key)
        return Work(row.work) if row else Work.TODO

    def require_allowed(self, said: SaidWork) -> Milestone:
        """Return the milestone if no rule speaks against the move; raise what does."""
        milestone = require_milestone(self.enrollment, key_now(self.enrollment, said.milestone_key))
        states = states_of(self.rows.values())
        evaluation = evaluate(compiled(self.enrollment), self.enrollment.track, states)
        require_move_allowed(said.move, self.enrollment, milestone, evaluation)
        return milestone

    def take(self, said: SaidWork) -> tuple[WorkChange, bool]:
        """Write one change; return it and whether it is new.

        Raises NotOnTheWay, WorkIdTaken, and what `require_move_allowed` raises.
        """
        change = WorkChange(
            id=said.id,
            enrollment=self.enrollment,
            milestone_key=said.milestone_key,
            move=said.move.value,
            at=min(said.at, self.now),
            created_at=self.now,
        )
        known = self.changes.get(said.id)
        if known is not None:
            told = ("enrollment_id", "milestone_key", "move")
            if any(getattr(known, name) != getattr(change, name) for name in told):
                raise WorkIdTaken(_("Make a new id for a new change."))
            return known, False
        milestone = self.require_allowed(said)
        self.changes[said.id] = change
        self.new_changes.append(change)
        row = self._row(milestone.key)
        if row.work_is_decided_before(change.at, change.id):
            self._move(row, said.move, change, verified_by=milestone.verified_by.value)
        return change, True

    def start_by_logging(self, key: str, *, at: datetime) -> None:
        """Start a milestone on which nothing was said or logged before."""
        row = self._row(key)
        if row.work == Work.TODO:
            row.work, row.work_changed_at = Work.DOING.value, at
            self.moved[key] = row

    def store(self) -> None:
        """Store what was taken."""
        WorkChange.objects.bulk_create(self.new_changes)
        MilestoneProgress.store_work(list(self.moved.values()))

    def finish(self) -> None:
        """Complete the enrollment if what was stored was the last step."""
        if any(event.type == events.MILESTONE_COMPLETED for event in self.happened):
            finish_enrollment(enrollment=self.enrollment, now=self.now)

    def _row(self, key: str) -> MilestoneProgress:
        if key not in self.rows:
            self.rows[key] = MilestoneProgress(enrollment=self.enrollment, milestone_key=key)
        return self.rows[key]

    def _move(
        self, row: MilestoneProgress, move: WorkMove, change: WorkChange, *, verified_by: str
    ) -> None:
        before, after = row.work, WORK_AFTER[move].value
        row.work, row.work_changed_at, row.work_change_id = after, change.at, change.id
        self.moved[row.milestone_key] = row
        if before == after or (move is WorkMove.REOPEN and before != Work.DONE):
            return
        data: dict[str, str | int] = {"milestone": row.milestone_key}
        if move is WorkMove.DONE:
            data["verified_by"] = verified_by
        self.happened.append(
            events.Event(
                type=_EVENTS[move],
                occurred_at=self.now,
                actor_id=self.person.pk,
                subject_id=self.enrollment.pk,
                enrollment_id=self.enrollment.pk,
                data=data,
            )
        )
