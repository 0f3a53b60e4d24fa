"""Editions compared, and upgrades: in and out."""

from typing import Any

from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.api.serializers.pathways import NamedOutput
from progress.editions import HistoryReason
from progress.models import UpgradeAnswer
from progress.queries.upgrade_offer import UpgradeOffer

REASONS = [reason.value for reason in HistoryReason]


class MoveOutput(Output):
    """A milestone under another key."""

    old = NamedOutput()
    new = NamedOutput()


class MergeOutput(Output):
    """Several milestones that became one."""

    old = NamedOutput(many=True)
    new = NamedOutput()


class SplitOutput(Output):
    """A milestone that became several."""

    old = NamedOutput()
    new = NamedOutput(many=True)


class ChangedOutput(Output):
    """A milestone that stays, and which of its fields differ."""

    key = serializers.CharField(source="new.key")
    title = serializers.CharField(source="new.title")
    fields_changed = serializers.SerializerMethodField()

    def get_fields_changed(self, change: Any) -> list[str]:
        """Return the names of the fields."""
        return [one.field for one in change.changes]


class RuleChangedOutput(Output):
    """A stage whose rule is another."""

    key = serializers.CharField(source="stage.key")
    title = serializers.CharField(source="stage.title")


class DifferenceOutput(Output):
    """What differs between two editions."""

    added = NamedOutput(many=True)
    removed = NamedOutput(many=True)
    moved = MoveOutput(many=True)
    merged = MergeOutput(many=True)
    split = SplitOutput(many=True)
    changed = ChangedOutput(many=True)
    rules = RuleChangedOutput(many=True)


class SummaryOutput(Output):
    """What an upgrade means, in numbers and in a sentence."""

    sentence = serializers.CharField()
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    merged = serializers.IntegerField()
    split = serializers.IntegerField()
    carried = serializers.IntegerField()
    history = serializers.IntegerField()
    percent_before = serializers.IntegerField()
    percent_after = serializers.IntegerField()
    adds_hours = serializers.IntegerField()


class HistoryOutput(NamedOutput):
    """Something begun or earned that the edition has no place for."""

    earned = serializers.BooleanField()
    reason = serializers.ChoiceField(REASONS)


class TakenOutput(Output):
    """The last upgrade taken."""

    edition = serializers.IntegerField()
    from_edition = serializers.IntegerField()
    taken_at = serializers.DateTimeField()
    undo_until = serializers.DateTimeField()
    can_undo = serializers.BooleanField()


class UpgradeOutput(Output):
    """What a newer edition would mean, and what was answered so far."""

    available = serializers.BooleanField()
    current = serializers.IntegerField()
    edition = serializers.IntegerField(allow_null=True)
    summary = SummaryOutput(allow_null=True)
    difference = DifferenceOutput(allow_null=True)
    tracks = NamedOutput(many=True, help_text="To choose from, if one's own track is gone.")
    waiting = NamedOutput(many=True, help_text="Rounds that must be decided or withdrawn first.")
    answer = serializers.ChoiceField(UpgradeAnswer.Answer.choices, allow_null=True)
    history = HistoryOutput(many=True)
    taken = TakenOutput(allow_null=True)


def offered(offer: UpgradeOffer) -> Any:
    """Return the answer for an offer."""
    return UpgradeOutput(
        {
            "available": offer.edition is not None,
            "current": offer.current,
            "edition": offer.edition,
            "summary": offer.upgrade.summary if offer.upgrade else None,
            "difference": offer.difference,
            "tracks": _named(offer.tracks),
            "waiting": _named(offer.waiting),
            "answer": offer.answer,
            "history": offer.history,
            "taken": offer.taken,
        }
    ).data


def _named(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"key": key, "title": title} for key, title in pairs]


class UpgradeInput(Input):
    """The edition that was offered; track and role only if they are to change."""

    edition = serializers.IntegerField(min_value=1)
    track = serializers.CharField(max_length=80, required=False)
    role = serializers.CharField(max_length=80, required=False)


class UpgradeAnswerInput(Input):
    """Not now, or never for this edition."""

    answer = serializers.ChoiceField(UpgradeAnswer.Answer.choices)


class WarningOutput(Output):
    """Something an author should know before publishing."""

    field = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)


class PreviewOutput(Output):
    """What publishing would change, and for how many learners."""

    edition = serializers.IntegerField(help_text="The number it would get.")
    learners = serializers.IntegerField(help_text="On any edition of the pathway now.")
    warnings = WarningOutput(many=True)
    difference = DifferenceOutput()
