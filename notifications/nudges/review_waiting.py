"""A submission has waited for days → each mentor of its learner, who takes such work now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from accounts.models import User
from notifications.catalogue.labels import about_milestone
from notifications.catalogue.review_waiting import OVERTAKEN, ReviewWaiting, period_of
from notifications.catalogue.timed import Slot
from notifications.models import Notification
from notifications.nudges.nudge import Nudge
from progress.ladder import Step, step_at, wait_of
from progress.models import HandOver, Submission
from progress.models.terms import declines, unusual_for
from progress.queries.tied import MENTORS, Tie, coordinated_by, each_with


class ReviewWaitingNudge(Nudge):
    """Due at the first two steps of the ladder, each once for a round and a mentor.

    They are 3 and 5 times 24 hours, which is how long somebody has waited wherever they live; the
    policy's quiet hours then choose a humane moment in the mentor's zone. Who is behind gets the
    later step alone, and what that says keeps which was left out and why.

    A round that a mentor holds a claim on is being worked on and is not due. If the claim runs out
    without a decision, it is. Mentors of the learner's cohort are reminded like their own; who is
    on leave, has done their week's reviews, or usually reviews other things is not (`offered_to`):
    the last only until the second step, which offers it to everybody. What comes later in the
    ladder takes the place of both: a round that is handed over is one mentor's, and who runs the
    cohort hears of it as such.
    """

    kind = ReviewWaiting()

    def due(self, now: datetime, *, limit: int) -> Sequence[Slot]:
        """Return pairs of a waiting round and a mentor who has not been told of its step."""
        rows: dict[tuple[Any, Any], Any] = {}
        for tie in MENTORS:
            found: Iterable[Any] = self._pairs(tie, now)[:limit]
            for row in found:
                rows.setdefault((row.pk, row.person_id), row)
        oldest = sorted(rows.values(), key=lambda row: (row.submitted_at, row.pk, row.person_id))
        pairs = oldest[:limit]
        mentors = User.objects.in_bulk({row.person_id for row in pairs})
        told = self._told_before(pairs)
        return [self._slot(row, mentors[row.person_id], told, now) for row in pairs]

    def ahead(
        self, person: User, *, now: datetime, until: datetime
    ) -> Sequence[tuple[datetime, Slot]]:
        """Return the first steps of each round that waits for `person`, with when each comes.

        Three queries: one for each tie, and one for what they were told before.
        """
        person_id = OuterRef("person_id")
        unusual = ExpressionWrapper(unusual_for(person_id), BooleanField())
        rows: dict[Any, Any] = {}
        for tie in MENTORS:
            waiting = each_with(Submission.objects.late(Step.REMIND, now=until), tie)
            fit = waiting.exclude(
                declines(person_id, now=until, reviews=Submission.objects.all())
            ).annotate(unusual=unusual)
            for row in fit.filter(person_id=person.pk).select_related("enrollment"):
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
        remind, offer, gone = (
            row.submitted_at + wait_of(step) for step in (Step.REMIND, Step.OFFER, Step.HAND_OVER)
        )
        ahead = [max(remind, now)] if offer > now and not row.unusual else []
        return [*ahead, max(offer, now)] if gone > now else ahead

    def _slot(self, row: Any, mentor: User, told: set[tuple[Any, str]], now: datetime) -> Slot:
        waited = now - row.submitted_at
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
                **about_milestone(row),
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
        """Return what `key` does, of the round outside."""
        return Concat(
            Value(f"{self.kind.name}:"), Cast(OuterRef("pk"), CharField()), Value(":"), period
        )

    def _pairs(self, tie: Tie, now: datetime) -> QuerySet[Submission]:
        """Return rounds, once for each mentor by one kind of tie, who has not been told."""
        person = OuterRef("person_id")
        offered = Value(period_of(Step.OFFER))
        told = Notification.objects.filter(person=person).filter(
            # Of the later step, too: clocks of processes differ.
            Q(key=self._key_in_sql(OuterRef("period"))) | Q(key=self._key_in_sql(offered))
        )
        tried = HandOver.objects.standing().filter(submission=OuterRef("pk"), mentor=None)
        mine_to_answer = Q(submitted_at__gt=now - wait_of(Step.HAND_OVER)) | Exists(tried)
        runs_it = Q(submitted_at__lte=now - wait_of(Step.TELL)) & coordinated_by(person)
        rows = each_with(Submission.objects.late(Step.REMIND, now=now), tie).annotate(
            period=Case(
                When(submitted_at__lte=now - wait_of(Step.OFFER), then=offered),
                default=Value(period_of(Step.REMIND)),
            ),
            unusual=ExpressionWrapper(unusual_for(person), BooleanField()),
        )
        due: QuerySet[Submission] = (
            rows.filter(mine_to_answer, ~Exists(told))
            .exclude(declines(person, now=now, reviews=Submission.objects.all()))
            .exclude(runs_it)
            .select_related("enrollment")
            .order_by("submitted_at", "pk", "person_id")
        )
        return due
