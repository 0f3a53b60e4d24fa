"""A round or a second opinion has waited for days → each mentor who may decide it, now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat

from accounts.models import User
from notifications.catalogue.review_waiting import OVERTAKEN, ReviewWaiting, period_of
from notifications.catalogue.timed import Slot
from notifications.catalogue.waiting import about_waiting
from notifications.models import Notification
from notifications.nudges.nudge import Nudge
from progress.ladder import Step, due_at, step_at, wait_of
from progress.models import HandOver, SecondOpinion, Submission
from progress.queries.tied import MENTORS, Tie, coordinated_by, each_reviewer


class ReviewWaitingNudge(Nudge):
    """Due at the first two steps of the ladder, each once for what waits and a mentor.

    They are 3 and 5 times 24 hours, which is how long somebody has waited wherever they live; the
    policy's quiet hours then choose a humane moment in the mentor's zone. Who is behind gets the
    later step alone, and what that says keeps which was left out and why.

    What a mentor holds a claim on is being worked on and is not due. If the claim runs out
    without a decision, it is. Mentors of the learner's cohort are reminded like their own; who is
    on leave, has done their week's reviews, or usually reviews other things is not (`offered_to`):
    the last only until the second step, which offers it to everybody. What comes later in the
    ladder takes the place of both: a round that is handed over is one mentor's, and who runs the
    cohort hears of it as such. A second opinion is handed over to nobody.
    """

    kind = ReviewWaiting()

    def __init__(self, waiting: type[Submission | SecondOpinion]) -> None:
        """`waiting` is what it is about: rounds, or second opinions."""
        self.waiting = waiting

    def due(self, now: datetime, *, limit: int) -> Sequence[Slot]:
        """Return pairs of what waits and a mentor who has not been told of its step."""
        rows: dict[tuple[Any, Any], Any] = {}
        for tie in MENTORS:
            found: Iterable[Any] = self._pairs(tie, now)[:limit]
            for row in found:
                rows.setdefault((row.pk, row.person_id), row)
        oldest = sorted(rows.values(), key=lambda row: (row.waiting_since, row.pk, row.person_id))
        pairs = oldest[:limit]
        mentors = User.objects.in_bulk({row.person_id for row in pairs})
        told = self._told_before(pairs)
        return [self._slot(row, mentors[row.person_id], told, now) for row in pairs]

    def ahead(
        self, person: User, *, now: datetime, until: datetime
    ) -> Sequence[tuple[datetime, Slot]]:
        """Return the first steps of each that waits for `person`, with when each comes.

        Three queries: one for each tie, and one for what they were told before.
        """
        rows: dict[Any, Any] = {}
        for tie in MENTORS:
            waiting = self._fitting(tie, now=now, until=until)
            for row in waiting.filter(person_id=person.pk):
                rows[row.pk] = row
        told = self._told_before(list(rows.values()))
        return [
            (at, slot)
            for row in rows.values()
            for at in self._steps_ahead(row, now)
            if at <= until
            for slot in [self._slot(row, person, told, at)]
        ]

    @staticmethod
    def _steps_ahead(row: Any, now: datetime) -> list[datetime]:
        """Return when the steps come that are a mentor's, and not overtaken at `now`."""
        remind, offer, handed = (
            due_at(step, row.waiting_since) for step in (Step.REMIND, Step.OFFER, Step.HAND_OVER)
        )
        ahead = [max(remind, now)] if offer > now and not row.unusual else []
        gone = handed <= now and Step.HAND_OVER in row.steps
        return ahead if gone else [*ahead, max(offer, now)]

    def _slot(self, row: Any, mentor: User, told: set[tuple[Any, str]], now: datetime) -> Slot:
        waited = now - row.waiting_since
        step = Step.REMIND if step_at(waited) is Step.REMIND else Step.OFFER
        first = (mentor.pk, self.key(row.pk, period_of(Step.REMIND)))
        # What was not theirs before was not left out.
        skipped = step is Step.OFFER and not row.unusual and first not in told
        return Slot(
            person=mentor,
            subject_id=row.pk,
            period=period_of(step),
            reason="offered-to-all" if row.unusual else "review-waits",
            data={
                **about_waiting(row),
                "days": waited.days,
                "step": step.value,
                "unusual": row.unusual,
                **({"skipped": {Step.REMIND.value: OVERTAKEN}} if skipped else {}),
            },
        )

    def _told_before(self, pairs: Sequence[Any]) -> set[tuple[Any, str]]:
        keys = {self.key(row.pk, period_of(Step.REMIND)) for row in pairs}
        rows = Notification.objects.filter(
            person__in={row.person_id for row in pairs}, key__in=keys
        )
        return set(rows.values_list("person", "key"))

    def _key_in_sql(self, period: Value | OuterRef) -> Concat:
        """Return what `key` does, of the row outside."""
        return Concat(
            Value(f"{self.kind.name}:"), Cast(OuterRef("pk"), CharField()), Value(":"), period
        )

    def _fitting(self, tie: Tie, *, now: datetime, until: datetime) -> Any:
        """Return what is due by `until`, once for each mentor by one kind of tie whom it suits.

        Not for who runs the cohort, once they hear of it as such.
        """
        person = OuterRef("person_id")
        late = self.waiting.objects.late(Step.REMIND, now=until)
        rows = each_reviewer(late, tie).suiting(person, until).with_unusual(person)
        rows = rows.exclude(self._waited(Step.TELL, now) & coordinated_by(person))
        return rows.select_related(f"{self.waiting.to_submission}enrollment")

    def _pairs(self, tie: Tie, now: datetime) -> Any:
        """Return the same for those who have not been told, and whose it is at their step."""
        person, since = OuterRef("person_id"), self.waiting.since
        offered = Value(period_of(Step.OFFER))
        told = Notification.objects.filter(person=person).filter(
            # Of the later step, too: clocks of processes differ.
            Q(key=self._key_in_sql(OuterRef("period"))) | Q(key=self._key_in_sql(offered))
        )
        rows = self._fitting(tie, now=now, until=now).annotate(
            period=Case(
                When(self._waited(Step.OFFER, now), then=offered),
                default=Value(period_of(Step.REMIND)),
            ),
        )
        if Step.HAND_OVER in self.waiting.steps:
            tried = HandOver.objects.standing().filter(submission=OuterRef("pk"), mentor=None)
            rows = rows.filter(~self._waited(Step.HAND_OVER, now) | Exists(tried))
        return rows.filter(~Exists(told)).order_by(since, "pk", "person_id")

    def _waited(self, step: Step, now: datetime) -> Q:
        return Q(**{f"{self.waiting.since}__lte": now - wait_of(step)})
