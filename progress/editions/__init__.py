"""From one edition of a pathway to a later one: what changed, and what a learner keeps.

Progress hangs on milestone keys. A key that stays keeps its progress; `replaces` says where that of
other keys goes. docs/decisions/0015 has the rules and why they are so. Pure, like the evaluator.
"""

from progress.editions.carry import HistoryEntry, HistoryReason, Upgrade, carry_over
from progress.editions.checks import Findings, check_succession
from progress.editions.difference import (
    Difference,
    FieldChange,
    Merge,
    MilestoneChange,
    Move,
    RuleChange,
    Split,
    diff,
)
from progress.editions.lineage import Lineage, lineage
from progress.editions.summary import Summary

__all__ = [
    "Difference",
    "FieldChange",
    "Findings",
    "HistoryEntry",
    "HistoryReason",
    "Lineage",
    "Merge",
    "MilestoneChange",
    "Move",
    "RuleChange",
    "Split",
    "Summary",
    "Upgrade",
    "carry_over",
    "check_succession",
    "diff",
    "lineage",
]
