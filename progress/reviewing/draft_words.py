"""A draft as Markdown, so that what was typed can still be said when it can't be decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.words import gettext_lazy as _
from progress.reviewing.scores import Score

SCORE_WORDS = {
    Score.NOT_YET: _("not yet"),
    Score.NEARLY: _("nearly"),
    Score.MEETS: _("meets it"),
    Score.BEYOND: _("beyond it"),
}


@dataclass(frozen=True, slots=True)
class DraftedScore:
    """A criterion's title with the score, if one was chosen, and the reason so far."""

    title: str
    score: Score | None
    reason: str


@dataclass(frozen=True, slots=True)
class DraftedItem:
    """A change request as drafted, with the title of its criterion or ""."""

    text: str
    criterion: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the learner would have read. A private note is not among it, and never will be."""

    feedback: str
    scores: Sequence[DraftedScore]
    items: Sequence[DraftedItem]


def in_words(draft: Drafted) -> str:
    """Return the draft as one Markdown text, "" if there is nothing in it."""
    parts = [draft.feedback.strip(), "\n".join(_items(draft)), "\n".join(_scores(draft))]
    return "\n\n".join(part for part in parts if part)


def _items(draft: Drafted) -> Iterator[str]:
    written = [item for item in draft.items if item.text.strip()]
    for number, item in enumerate(written, start=1):
        about = f"**{item.criterion}:** " if item.criterion else ""
        text = item.text.strip().replace("\n", "\n   ")
        yield f"{number}. {about}{text}"


def _scores(draft: Drafted) -> Iterator[str]:
    for one in draft.scores:
        reason = one.reason.strip()
        if one.score is None and not reason:
            continue
        said = [str(SCORE_WORDS[one.score])] if one.score is not None else []
        yield f"- **{one.title}:** {'. '.join([*said, *([reason] if reason else [])])}"
