"""What the clock causes. A new nudge: its file here, its kind in the catalogue, a line below."""

from notifications.catalogue.timed import Slot
from notifications.nudges.nudge import Nudge
from notifications.nudges.review_late import ReviewLateNudge
from notifications.nudges.review_waiting import ReviewWaitingNudge
from progress.models import SecondOpinion, Submission

__all__ = ["NUDGES", "Nudge", "Slot"]

NUDGES: tuple[Nudge, ...] = (
    ReviewWaitingNudge(Submission),
    ReviewWaitingNudge(SecondOpinion),
    ReviewLateNudge(Submission),
    ReviewLateNudge(SecondOpinion),
)
