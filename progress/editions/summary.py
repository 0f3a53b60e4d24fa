"""An upgrade in numbers and in a sentence."""

from dataclasses import dataclass

from backend.words import gettext as _
from backend.words import ngettext
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
        """The summary in words: "2 added, 1 merged, all 7 you reached carry over, …"."""
        counted = {
            _("%(count)s added"): self.added,
            _("%(count)s removed"): self.removed,
            _("%(count)s merged"): self.merged,
            _("%(count)s split"): self.split,
        }
        parts = [what % {"count": count} for what, count in counted.items() if count]
        parts = parts or [_("the same milestones")]
        if self.carried:
            said = ngettext(
                "%(count)s that you reached carries over",
                "%(count)s that you reached carry over",
                self.carried,
            )
            parts.append(said % {"count": self.carried})
        if self.history:
            said = ngettext("%(count)s stays as history", "%(count)s stay as history", self.history)
            parts.append(said % {"count": self.history})
        hours = self.adds_hours
        if hours:
            said = _("about %(hours)s h more") if hours > 0 else _("about %(hours)s h less")
            parts.append(said % {"hours": abs(hours)})
        else:
            parts.append(_("as many hours as before"))
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
