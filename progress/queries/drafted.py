"""A draft in words."""

from progress.compiled import key_now, milestone_of
from progress.models import ReviewDraft
from progress.reviewing import Drafted, DraftedItem, DraftedScore, Score, in_words


def draft_in_words(draft: ReviewDraft) -> str:
    """Return the draft as the comment it could be handed over as; its submission is loaded."""
    enrollment = draft.submission.enrollment
    key = key_now(enrollment, draft.submission.milestone_key)
    titles = {row.key: row.title for row in milestone_of(enrollment, key).rubric}
    return in_words(
        Drafted(
            feedback=draft.feedback,
            scores=[
                DraftedScore(
                    titles.get(row["criterion"], row["criterion"]),
                    None if row["score"] is None else Score(row["score"]),
                    row["reason"],
                )
                for row in draft.scores
            ],
            items=[
                DraftedItem(row["text"], titles.get(row["criterion"], ""))
                for row in draft.change_requests
            ],
        )
    )
