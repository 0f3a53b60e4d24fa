"""What a mentor asked for in a round, item by item, and what came of it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from backend.ids import uuid7
from progress.models.enrollment import Enrollment
from progress.models.evidence import Evidence
from progress.states import ChangeRequestState, sources

STATES = [(state.value, state.value) for state in ChangeRequestState]
SETTLED = [ChangeRequestState.VERIFIED.value, ChangeRequestState.WAIVED.value]
UNSETTLED = [ChangeRequestState.OPEN.value, ChangeRequestState.ADDRESSED.value]


class ChangeRequests(models.QuerySet["ChangeRequest"]):
    """Change requests."""

    def owned_by(self, person: User) -> Self:
        """Those that `person` is asked for (see `Enrollments.owned_by`)."""
        return self.filter(submission__enrollment__in=Enrollment.objects.owned_by(person))

    def unsettled(self) -> Self:
        """Those that no mentor has verified or waived."""
        return self.filter(state__in=UNSETTLED)

    def pending_for(self, enrollment: Enrollment, keys: list[str]) -> Self:
        """What is still to be settled on a milestone: items not settled and not asked again.

        They are all of the last round that was decided, for its decision closed or repeated those
        before; a round taken back in between asked for nothing and hides nothing.
        """
        here = self.filter(
            submission__enrollment=enrollment,
            submission__milestone_key__in=keys,
            asked_again=None,
        )
        return here.unsettled().order_by("position", "id")

    def with_names(self) -> Self:
        """With what an answer shows beside the row itself, in the order they were asked in."""
        rows = self.select_related("answer_evidence", "settled_by")
        return rows.order_by("submission_id", "position")


class ChangeRequest(models.Model):
    """One thing to change, tied to a criterion of the rubric, to a piece of evidence, or neither.

    It belongs to the round that asked. Asking again is a new item in the next round that names this
    one, so that every round keeps what was asked in it and what the learner answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(
        "progress.Submission", on_delete=models.CASCADE, related_name="change_requests"
    )
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    criterion_key = models.CharField(max_length=80, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    again_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="asked_again"
    )
    state = models.CharField(max_length=16, choices=STATES, default=ChangeRequestState.OPEN.value)

    answer = models.TextField(blank=True)
    answer_evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ChangeRequests.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"], name="change_request_position_once"
            ),
            models.UniqueConstraint(fields=["again_of"], name="change_request_asked_again_once"),
            models.CheckConstraint(condition=~Q(text=""), name="change_request_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | Q(state="addressed", answered_at__isnull=False)
                | Q(state__in=SETTLED),
                name="change_request_addressed_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False, settled_by__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True, settled_by__isnull=True)),
                name="change_request_settled_with_time_and_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.state}"

    @property
    def is_settled(self) -> bool:
        """Whether a mentor has verified or waived it."""
        return self.state in SETTLED

    def address(self, *, text: str, evidence: Evidence | None, now: datetime) -> bool:
        """Answer it, or answer it anew; return whether it was still to be answered."""
        rows = ChangeRequest.objects.unsettled().filter(pk=self.pk)
        return bool(
            rows.update(
                state=ChangeRequestState.ADDRESSED.value,
                answer=text,
                answer_evidence=evidence,
                answered_at=now,
            )
        )

    def settle(self, new: ChangeRequestState, *, mentor: User, now: datetime) -> bool:
        """Move to verified or waived; return whether this call did it."""
        rows = ChangeRequest.objects.filter(pk=self.pk, state__in=sources(new))
        return bool(rows.update(state=new.value, settled_by=mentor, settled_at=now))
