"""On what terms somebody mentors: how much, what, and when not."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, DateTimeField, Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from backend.ids import uuid7
from progress.ladder import Step, wait_of


class MentorProfile(models.Model):
    """What a mentor takes on. An empty list takes everything, no capacity any number.

    These are wishes about what is offered to them; what they *may* review is another question.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="mentor_profile",
    )
    weekly_capacity = models.PositiveSmallIntegerField(null=True)
    kinds = ArrayField(models.CharField(max_length=16), default=list)
    pathways = ArrayField(models.CharField(max_length=80), default=list)
    languages = ArrayField(models.CharField(max_length=16), default=list)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"terms of {self.person_id}"

    def usually_takes(self, *, kind: str, pathway: str, language: str) -> bool:
        """Whether such work is what its person takes: `unusual_for` in Python, for one who asks.

        A `kind` that is not known ("") suits everybody. A test holds the two together.
        """
        wanted = ((self.kinds, kind), (self.pathways, pathway), (self.languages, language))
        return all(not one or not some or one in some for some, one in wanted)


class Leaves(models.QuerySet["Leave"]):
    """Leaves."""

    def owned_by(self, person: User) -> Self:
        """One's own."""
        return self.filter(person=person)

    def on(self, now: datetime) -> Self:
        """Those that `now` lies in, by the calendar where each person lives."""
        today = Cast(_there(now, "person__time_zone"), models.DateField())
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def touching(self, starts_on: date, ends_on: date) -> Self:
        """Those that share a day with these."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)


class Leave(models.Model):
    """Days on which somebody reviews nothing: the first and the last, where they live."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaves"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = Leaves.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="leave_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.starts_on} to {self.ends_on}"


def declines(
    mentor: User | OuterRef, *, now: datetime, since: str = "submitted_at", submission: str = ""
) -> Q:
    """The condition on what waits that `mentor`'s terms speak against it at `now`.

    They are on leave, have done their week's reviews, or usually take other work; the last only
    until the ladder offers it to everybody. Weeks begin on Monday where the mentor lives. It waits
    since the time at the path `since`; `submission` is the path to its round, such as
    `submission__`.
    """
    profile = MentorProfile.objects.filter(person=mentor)
    full = profile.filter(weekly_capacity__lte=_decided_this_week(now))
    away = Leave.objects.on(now).filter(person=mentor)
    early = Q(**{f"{since}__gt": now - wait_of(Step.OFFER)})
    unusual = unusual_for(mentor, submission=submission)
    return Q(Exists(away)) | (early & unusual) | Q(Exists(full))


def unusual_for(mentor: User | OuterRef, *, submission: str = "") -> Q:
    """The condition on what waits that `mentor` reviews other kinds, pathways or languages.

    A milestone whose kind is not known suits everybody. `submission` as in `declines`.
    """
    profile = MentorProfile.objects.filter(person=mentor)
    kind = f"{submission}milestone_kind"
    other_kind = profile.filter(_leaves_out("kinds", OuterRef(kind)))
    other = profile.filter(
        _leaves_out("pathways", OuterRef("enrollment__pathway__slug"))
        | _leaves_out("languages", OuterRef("enrollment__learner__locale"))
    )
    return Q(Exists(other)) | (~Q(**{kind: ""}) & Q(Exists(other_kind)))


def left_this_week(people: Collection[uuid.UUID], *, now: datetime) -> dict[uuid.UUID, int]:
    """Return how many reviews those of `people` who named a capacity have left (one query)."""
    rows = MentorProfile.objects.filter(person__in=people, weekly_capacity__isnull=False)
    found = rows.annotate(done=_decided_this_week(now))
    return {
        pk: max(capacity - done, 0)
        for pk, capacity, done in found.values_list("pk", "weekly_capacity", "done")
    }


def _leaves_out(field: str, value: OuterRef) -> Q:
    return ~Q(**{field: []}) & ~Q(**{f"{field}__contains": [value]})


def _decided_this_week(now: datetime) -> Any:
    """Return how many reviews the person of a profile has given since Monday, to compare with.

    Decisions on rounds and second opinions alike: each takes a mentor the same time.
    """
    monday = Func(Value("week"), _there(now, "person__time_zone"), function="date_trunc")
    began = Func(F("person__time_zone"), monday, function="timezone", output_field=DateTimeField())
    profile = MentorProfile.objects.filter(pk=OuterRef("decided_by")).annotate(since=began)
    since = Subquery(profile.values("since"))
    given = []
    for name in ("Submission", "SecondOpinion"):
        reviews = apps.get_model("progress", name).objects.order_by()
        week = reviews.filter(decided_by=OuterRef("person"), decided_at__gte=since)
        counted = week.values("decided_by").annotate(many=Count("pk")).values("many")
        given.append(Coalesce(Subquery(counted), 0))
    return given[0] + given[1]


def _there(now: datetime, zone: str) -> Func:
    """Return the wall clock at `now` in a zone named by a column."""
    return Func(
        F(zone),
        Value(now, output_field=DateTimeField()),
        function="timezone",
        output_field=models.DateTimeField(),
    )
