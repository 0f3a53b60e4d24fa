"""Review rounds: what a learner submitted, who holds it, and what was decided."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, Prefetch, Q

from accounts.models import User
from backend.ids import uuid7
from progress.ladder import OF_ROUNDS
from progress.models.change_request import ChangeRequest
from progress.models.claim import WHOLE, Claimable, ClaimableRows
from progress.models.enrollment import Enrollment
from progress.models.evidence import Evidence, EvidenceKind, StoredFile
from progress.states import SubmissionState

STATES = [(state.value, state.value) for state in SubmissionState]
DECIDED = [SubmissionState.APPROVED.value, SubmissionState.CHANGES_REQUESTED.value]


class Submissions(ClaimableRows):
    """Submissions."""

    def visible_to(self, person: User) -> Self:
        """Those of enrollments that `person` may see."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(person))

    def owned_by(self, person: User) -> Self:
        """The learner's own (see `Enrollments.owned_by`)."""
        return self.filter(enrollment__in=Enrollment.objects.owned_by(person))

    def waiting(self) -> Self:
        """Those that nobody has decided or withdrawn."""
        return self.filter(state=SubmissionState.WAITING.value)

    def second_opinions_for(self, person: User) -> Self:
        """Decided ones on which `person` may give a second opinion that is asked for.

        `opinion` is the way to it: `opinion__asked_at` and the like.
        """
        asked = FilteredRelation("second_opinions", condition=Q(second_opinions__state="asked"))
        rows = self.mentored_by(person).annotate(opinion=asked)
        return rows.filter(opinion__isnull=False).exclude(decided_by=person)

    def mentored_by(self, person: User) -> Self:
        """Those of learners whom `person` mentors, or whose cohort they do, in any state."""
        return self.filter(enrollment__in=Enrollment.objects.reviewable_by(person))

    def reviewable_by(self, person: User) -> Self:
        """Waiting submissions of the learners whom `person` mentors, or whose cohort they do."""
        return self.waiting().mentored_by(person)

    def draftable_by(self, person: User) -> Self:
        """Those for which `person` may write a review; an admin addresses all, and is refused."""
        return self if person.is_staff else self.mentored_by(person)

    def with_names(self) -> Self:
        """With what an answer shows beside the row itself."""
        rows = self.select_related("enrollment__learner", "claimed_by", "decided_by")
        frozen = SubmissionEvidence.objects.select_related("content", "snapshot")
        opinions = apps.get_model("progress", "SecondOpinion").objects
        return rows.prefetch_related(
            Prefetch("frozen_evidence", frozen),
            Prefetch("change_requests", ChangeRequest.objects.with_names()),
            Prefetch("second_opinions", opinions.standing().with_names()),
        )


class Submission(Claimable):
    """One review round of one milestone, with the claim on it and, once made, the decision.

    That both are columns here, and why, is told at `Claimable`. A second mentor's decision is a
    `SecondOpinion`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="submissions")
    milestone_key = models.CharField(max_length=80)
    milestone_kind = models.CharField(max_length=16, default="")
    """The milestone's kind when it was submitted, to route by; empty if it is not known."""
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=24, choices=STATES, default=SubmissionState.WAITING.value)
    message = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    feedback = models.TextField(blank=True)
    scores = models.JSONField(default=list)
    """`[{"criterion": key, "title": text, "score": 0–3, "reason": text}]`, as decided."""
    private_note = models.TextField(blank=True)
    """From mentor to mentors, written with the decision. The learner never sees it."""

    objects: ClassVar[Any] = Submissions.as_manager()
    since, to_submission, steps = "submitted_at", "", OF_ROUNDS

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "milestone_key", "round"], name="submission_round_once"
            ),
            models.UniqueConstraint(
                fields=["enrollment", "milestone_key"],
                condition=Q(state="waiting"),
                name="submission_waiting_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at__isnull=True, decided_by__isnull=True)),
                name="submission_decided_with_time_and_person",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="submission_withdrawn_with_its_time",
            ),
            models.CheckConstraint(condition=WHOLE, name="submission_claim_is_whole"),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(state="waiting"),
                name="submission_by_wait",
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone_key}, round {self.round}"

    @property
    def second_opinion(self) -> Any:
        """The `SecondOpinion` asked for or given on it, or None (no query after `with_names()`)."""
        known = self.second_opinions.all()
        return next((one for one in known if one.state != "withdrawn"), None)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided or withdrawn it, as this row was read."""
        return bool(self.state == SubmissionState.WAITING)

    def decide(self, outcome: SubmissionState, *, mentor: User, now: datetime, **said: Any) -> bool:
        """Decide the round; return whether this call did it. Needs `mentor`'s live claim.

        `said` are `feedback`, `scores` and `private_note`, stored with the decision for good.
        """
        rows = Submission.objects.claims_of(mentor, now=now).filter(pk=self.pk)
        return bool(rows.update(state=outcome.value, decided_by=mentor, decided_at=now, **said))

    def withdraw(self, *, now: datetime) -> bool:
        """Take the round back; return whether this call did it."""
        rows = Submission.objects.waiting().filter(pk=self.pk)
        return bool(rows.update(state=SubmissionState.WITHDRAWN.value, withdrawn_at=now))


class SubmissionEvidence(models.Model):
    """Evidence as it was when it was submitted; later changes to the original do not reach it."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="frozen_evidence"
    )
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=2000, blank=True)
    text = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_column="sha256"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "evidence"], name="submission_evidence_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="file") | (Q(content__isnull=False) & ~Q(file_name="")),
                name="submission_evidence_keeps_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title
