"""What waits for a mentor, as the steps of the ladder tell it: a round, or a second opinion."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from notifications.catalogue.kind import Data
from notifications.catalogue.labels import about_milestone
from notifications.policy import Defer, Send, Verdict
from progress.models import SecondOpinion, Submission


def about_waiting(waiting: Submission | SecondOpinion) -> dict[str, str | int]:
    """Return its ids and labels; needs its round with the enrollment loaded.

    With an `opinion_id` it is a second opinion, and what is told of it must tell nothing of the
    first decision.
    """
    if isinstance(waiting, Submission):
        return about_milestone(waiting)
    return {**about_milestone(waiting.submission), "opinion_id": str(waiting.pk)}


def rows_of(data: Data) -> Any:
    """Return the rows among which it is, by the labels that `about_waiting` gave."""
    return SecondOpinion.objects.all() if data.get("opinion_id") else Submission.objects.all()


def context_of(data: Data) -> Mapping[str, Any]:
    """Return what the mails show of it: the round, and the question if it is a second opinion."""
    opinion = data.get("opinion_id")
    return {
        "submission": Submission.objects.get(pk=data["submission_id"]),
        "opinion": SecondOpinion.objects.get(pk=opinion) if opinion else None,
    }


def put_off_while_held(waiting: Submission | SecondOpinion, now: datetime) -> Verdict:
    """Return whether to tell of it: not before a claim on it has run out."""
    held_until = waiting.claim_expires_at
    return Defer(held_until) if held_until and held_until > now else Send()
