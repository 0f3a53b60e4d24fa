"""An upgrade in numbers and in a sentence."""

from dataclasses import dataclass

from progress.editions.lineage import Lineage
from progress.rules import Evaluation


@dataclass(frozen=True, slots=True)
class Summary:
    """What a newer edition means to one learner; milestones count as far as they are on the
    learner's track.

    `carried` are earned milestones of the old edition that still count, `history` is how much has
    no place any more. Hours are estimated effort.
    """

    added: int
    removed: int
    merged: int
    split: int
    carried: int
    history: int
    percent_before: int
    percent_after: int
    hours_before: int
    hours_after: int

    @property
    def adds_hours(self) -> int:
        """How many more hours remain after the upgrade; negative if fewer."""
        return self.hours_after - self.hours_before

    @property
    def sentence(self) -> str:
        """The summary in English: "2 added, 1 merged, all 7 you reached carry over, …"."""
        counted = {
            "added": self.added,
            "removed": self.removed,
            "merged": self.merged,
            "split": self.split,
        }
        parts = [f"{count} {what}" for what, count in counted.items() if count]
        parts = parts or ["the same milestones"]
        if self.carried:
            parts.append(f"{self.carried} that you reached carry over")
        if self.history:
            parts.append(f"{self.history} stay as history")
        hours = self.adds_hours
        if hours:
            parts.append(f"about {abs(hours)} h {'more' if hours > 0 else 'less'}")
        else:
            parts.append("as many hours as before")
        return ", ".join(parts)


def summarize(
    before: Evaluation, after: Evaluation, line: Lineage, *, history_count: int
) -> Summary:
    """Sum up the way from one evaluation of a learner to the other."""
    old, new = before.milestones, after.milestones
    merges = [
        key for key in new if len([source for source in line.sources[key] if source in old]) > 1
    ]
    return Summary(
        added=sum(old.keys().isdisjoint(line.sources[key]) for key in new),
        removed=sum(new.keys().isdisjoint(line.heirs[key]) for key in old),
        merged=len(merges),
        split=sum(len([heir for heir in line.heirs[key] if heir in new]) > 1 for key in old),
        carried=sum(
            row.complete and any(heir in new and new[heir].complete for heir in line.heirs[key])
            for key, row in old.items()
        ),
        history=history_count,
        percent_before=before.percent,
        percent_after=after.percent,
        hours_before=before.hours_remaining,
        hours_after=after.hours_remaining,
    )
