"""Second opinions: another mentor's decision on a round that one has decided."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from backend.ids import uuid7
from progress.ladder import OF_OPINIONS
from progress.models.claim import WHOLE, Claimable, ClaimableRows
from progress.models.enrollment import Enrollment, reviews
from progress.models.pathway import Edition
from progress.models.submission import Submission
from progress.states import SecondOpinionState

STATES = [(state.value, state.value) for state in SecondOpinionState]
GIVEN = [SecondOpinionState.APPROVED.value, SecondOpinionState.CHANGES_REQUESTED.value]


class Because(models.TextChoices):
    """Why a question was withdrawn: by who asked, or since it has become idle."""

    TAKEN_BACK = "taken_back"
    NEXT_ROUND = "next_round"
    WAIVED = "waived"
    REVOKED = "revoked"


class SecondOpinions(ClaimableRows):
    """Second opinions."""

    def waiting(self) -> Self:
        """Those asked for that nobody has given or withdrawn."""
        return self.filter(state=SecondOpinionState.ASKED.value)

    def given(self) -> Self:
        """Those that a second mentor gave."""
        return self.filter(state__in=GIVEN)

    def standing(self) -> Self:
        """Those asked for or given: at most one a round."""
        return self.exclude(state=SecondOpinionState.WITHDRAWN.value)

    def reviewable_by(self, person: User) -> Self:
        """Those that `person` may give: they mentor the learner, and did not decide the round.

        So they did not ask for it, either: that did the learner, or who decided. While it is so,
        `person` may not see the first decision: see `progress/veil.py`.
        """
        rows = self.waiting().exclude(enrollment__learner=person)
        rows = rows.exclude(submission__decided_by=person)
        return rows.filter(reviews(person, enrollment="enrollment__"))

    def with_names(self) -> Self:
        """With the people that an answer names."""
        return self.select_related("asked_by", "claimed_by", "decided_by")


class SecondOpinion(Claimable):
    """One question for a second mentor's decision on a round, with their claim and their answer.

    It stands beside the round's own decision, which never changes. `counts` says that it is this
    one that made the milestone what it is: an approval after a request for changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="second_opinions"
    )
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="second_opinions"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    """The edition that the round was decided on, whose rubric both mentors score by."""
    state = models.CharField(max_length=24, choices=STATES, default=SecondOpinionState.ASKED.value)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=16, choices=Because.choices, blank=True)

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    counts = models.BooleanField(default=False)
    feedback = models.TextField(blank=True)
    scores = models.JSONField(default=list)
    """As those of a submission."""
    change_requests = models.JSONField(default=list)
    """`[{"text": text, "criterion": key or "", "evidence_id": UUID or null}]`: what this mentor
    would ask for. Nobody has to answer it; the round's own items are those to answer."""
    private_note = models.TextField(blank=True)
    """From mentor to mentors. The learner never sees it."""

    objects: ClassVar[Any] = SecondOpinions.as_manager()
    since, to_submission, steps = "asked_at", "submission__", OF_OPINIONS

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=~Q(state="withdrawn"),
                name="second_opinion_once_a_round",
            ),
            models.CheckConstraint(
                condition=Q(state__in=GIVEN, decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state__in=GIVEN) & Q(decided_at__isnull=True, decided_by__isnull=True)),
                name="second_opinion_given_with_time_and_person",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_because="")
                )
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_because="")),
                name="second_opinion_withdrawn_with_its_time_and_why",
            ),
            models.CheckConstraint(condition=WHOLE, name="second_opinion_claim_is_whole"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="second_opinion_is_not_the_askers_own",
            ),
            models.CheckConstraint(
                condition=Q(counts=False) | Q(state="approved"),
                name="second_opinion_counts_if_it_approves",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                condition=Q(state="asked"),
                name="second_opinion_by_wait",
            ),
            models.Index(
                fields=["enrollment"],
                condition=Q(state="asked"),
                name="second_opinion_of_a_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} on {self.submission_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has given or withdrawn it, as this row was read."""
        return bool(self.state == SecondOpinionState.ASKED)

    @property
    def is_given(self) -> bool:
        """Whether a second mentor has decided."""
        return self.state in GIVEN

    @property
    def agrees(self) -> bool | None:
        """Whether it decides as the round's own decision does; None until it is given.

        Needs its submission loaded.
        """
        return bool(self.state == self.submission.state) if self.is_given else None

    def give(
        self, outcome: SecondOpinionState, *, mentor: User, now: datetime, **said: Any
    ) -> bool:
        """Give it; return whether this call did. Needs `mentor`'s live claim.

        `said` are `feedback`, `scores`, `change_requests` and `private_note`, stored for good.
        """
        rows = SecondOpinion.objects.claims_of(mentor, now=now).filter(pk=self.pk)
        return bool(rows.update(state=outcome.value, decided_by=mentor, decided_at=now, **said))

    def withdraw(self, because: Because, *, now: datetime) -> bool:
        """Take the question back; return whether this call did."""
        rows = SecondOpinion.objects.waiting().filter(pk=self.pk)
        return bool(
            rows.update(
                state=SecondOpinionState.WITHDRAWN.value,
                withdrawn_at=now,
                withdrawn_because=because,
            )
        )
