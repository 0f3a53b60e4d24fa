"""What the learner said about their own work on a milestone."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from progress.models.enrollment import Enrollment
from progress.states import WorkMove

MOVES = [(move.value, move.value) for move in WorkMove]


class WorkChange(models.Model):
    """That a learner started, finished or reopened a milestone. Append-only.

    The client makes the id. `at` is when the learner said it; the latest decides the state in
    `MilestoneProgress`, so that devices which were offline converge in whatever order they arrive.
    """

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="work_changes"
    )
    milestone_key = models.CharField(max_length=80)
    move = models.CharField(max_length=16, choices=MOVES)
    at = models.DateTimeField()
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(move__in=[move.value for move in WorkMove]),
                name="work_change_move_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.milestone_key}"
