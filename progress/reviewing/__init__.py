"""What a review is made of, without a framework: scores, whose turn it is, a draft in words."""

from progress.reviewing.disagreement import (
    CriterionSpread,
    Decided,
    Disagreement,
    disagreement,
)
from progress.reviewing.draft_words import Drafted, DraftedItem, DraftedScore, in_words
from progress.reviewing.scores import Score, Scored, wrong_with
from progress.reviewing.turn import Happening, Turn, whose_turn

__all__ = [
    "CriterionSpread",
    "Decided",
    "Disagreement",
    "Drafted",
    "DraftedItem",
    "DraftedScore",
    "Happening",
    "Score",
    "Scored",
    "Turn",
    "disagreement",
    "in_words",
    "whose_turn",
    "wrong_with",
]
