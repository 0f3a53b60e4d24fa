"""What the weekly goal was before it was changed."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from progress.models.enrollment import Enrollment
from progress.rhythm import GoalBefore


class EarlierGoal(models.Model):
    """The goal of weeks before the Monday `until`, so that a past week keeps its own.

    The goal of now is the enrollment's own; there is a row only for what it was.
    """

    id = models.BigAutoField(primary_key=True)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="earlier_goals"
    )
    until = models.DateField()
    weekly_minutes = models.PositiveIntegerField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "until"], name="earlier_goal_once_a_week"
            ),
            models.CheckConstraint(
                condition=Q(until__iso_week_day=1), name="earlier_goal_until_a_monday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekly_minutes} min until {self.until}"

    @classmethod
    def keep(cls, enrollment: Enrollment, weekly_minutes: int, *, until: date) -> None:
        """Write down the goal that held until this Monday; the first word in a week stands."""
        cls.objects.get_or_create(
            enrollment=enrollment, until=until, defaults={"weekly_minutes": weekly_minutes}
        )

    @property
    def before(self) -> GoalBefore:
        """It without the database."""
        return GoalBefore(self.until, self.weekly_minutes)
