"""Scores against a rubric, whose turn it is, and a draft in words."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from progress.document import Criterion
from progress.reviewing import (
    Drafted,
    DraftedItem,
    DraftedScore,
    Happening,
    Score,
    Scored,
    Turn,
    in_words,
    whose_turn,
    wrong_with,
)

RUBRIC = [Criterion("clear", "Clear", "…"), Criterion("tested", "Tested", "…")]
KEYS = [criterion.key for criterion in RUBRIC]
NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)

scores = st.lists(
    st.builds(
        Scored,
        st.sampled_from([*KEYS, "unheard-of"]),
        st.sampled_from(Score),
        st.sampled_from(["", "  ", "Because."]),
    ),
    max_size=4,
)


@given(scores=scores, approving=st.booleans())
def test_nothing_is_wrong_exactly_if_the_rules_hold(scores, approving):
    given_keys = [one.criterion for one in scores]
    right = (
        set(given_keys) <= set(KEYS)
        and len(set(given_keys)) == len(given_keys)
        and all(one.score is not Score.NOT_YET or one.reason.strip() for one in scores)
        and (not approving or set(given_keys) == set(KEYS))
    )
    assert (not wrong_with(RUBRIC, scores, approving=approving)) is right


def test_every_complaint_is_at_its_place():
    scores = [
        Scored("clear", Score.NOT_YET, " "),
        Scored("other", Score.MEETS, ""),
        Scored("clear", Score.MEETS, ""),
    ]
    found = [(one.field, one.code) for one in wrong_with(RUBRIC, scores, approving=True)]
    assert found == [
        ("scores.0.reason", "reason-missing"),
        ("scores.1.criterion", "score-unknown"),
        ("scores.2.criterion", "score-twice"),
        ("scores", "score-missing"),
    ]


def test_a_milestone_without_a_rubric_needs_no_scores():
    assert wrong_with([], [], approving=True) == []


happened = st.lists(
    st.tuples(
        st.integers(0, 50).map(lambda n: NOW + dt.timedelta(minutes=n)), st.sampled_from(Happening)
    )
)


@given(happened=happened)
def test_while_a_round_waits_it_is_the_mentors_turn(happened):
    assert whose_turn(happened, waiting=True) is Turn.MENTORS


@given(happened=happened, shift=st.integers(-10_000, 10_000))
def test_the_turn_follows_the_last_thing_alone(happened, shift):
    turn = whose_turn(happened, waiting=False)
    later = [(when + dt.timedelta(minutes=shift), what) for when, what in happened]
    assert whose_turn(later, waiting=False) is turn
    if happened:
        newest = max(when for when, _ in happened)
        assert whose_turn([one for one in happened if one[0] == newest], waiting=False) is turn
    else:
        assert turn is Turn.NOBODY


def test_a_draft_in_words():
    draft = Drafted(
        feedback="Good so far.\n",
        scores=[
            DraftedScore("Clear", Score.MEETS, ""),
            DraftedScore("Tested", Score.NOT_YET, "No edge cases."),
            DraftedScore("Repeatable", None, "Not looked at."),
            DraftedScore("Named", None, " "),
        ],
        items=[DraftedItem("Test the edges.\nAll of them.", "Tested"), DraftedItem(" ", "")],
    )
    assert in_words(draft) == (
        "Good so far.\n\n"
        "1. **Tested:** Test the edges.\n   All of them.\n\n"
        "- **Clear:** meets it\n"
        "- **Tested:** not yet. No edge cases.\n"
        "- **Repeatable:** Not looked at."
    )
    assert in_words(Drafted("", [], [])) == ""
