"""Taking a newer edition: nothing earned is lost, nothing unearned is won."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.document import parse
from progress.editions import HistoryReason, carry_over, diff, lineage
from progress.rules import MilestoneState, compile_pathway, is_complete
from progress.states import Verification, Work
from tests.core.samples import mentored, milestone, pathway, pathways, stage

TODO = MilestoneState()
DOING = MilestoneState(Work.DOING)
DONE = MilestoneState(Work.DONE)
WAITING = MilestoneState(Work.DONE, Verification.WAITING)
APPROVED = MilestoneState(Work.DONE, Verification.APPROVED)
WAIVED = MilestoneState(Work.TODO, Verification.WAIVED)
PRIOR = MilestoneState(Work.DONE, Verification.WAIVED)
STATES = st.builds(MilestoneState, st.sampled_from(Work), st.sampled_from(Verification))


def edition(*milestones, tracks=("main",), **more):
    data = pathway(stage("s", *milestones, **more), tracks=tracks)
    return compile_pathway(parse(data))


def upgraded(old, new, /, track="main", new_track=None, **states):
    return carry_over(old, new, track, states, new_track=new_track)


def reasons(upgrade):
    return {entry.key: entry.reason for entry in upgrade.history}


# By example ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [DOING, DONE, WAITING, APPROVED, WAIVED])
def test_the_same_key_keeps_its_state_and_so_does_a_moved_one(state):
    old = edition(mentored("a"), milestone("x"))
    for new in (
        edition(mentored("a", title="Else"), milestone("x")),
        edition(mentored("b", replaces=["a"]), milestone("x")),
    ):
        upgrade = upgraded(old, new, a=state)
        (key,) = set(new.milestones) - {"x"}
        assert upgrade.states == {key: state}
        assert upgrade.origins == ({} if key == "a" else {"b": ("a",)})
        assert (upgrade.history, upgrade.waiting) == ((), ())


def test_who_verifies_may_change_and_takes_nothing_and_gives_nothing():
    own, other = edition(milestone("a")), edition(mentored("a"))
    assert upgraded(own, other, a=DONE).states == {"a": PRIOR}
    assert upgraded(other, own, a=DONE).states == {"a": DOING}
    assert upgraded(other, own, a=APPROVED).states == {"a": APPROVED}


@pytest.mark.parametrize(
    ("states", "merged", "history"),
    [
        ({"a": APPROVED, "b": APPROVED}, APPROVED, {}),
        ({"a": WAIVED, "b": WAIVED}, WAIVED, {}),
        ({"a": APPROVED, "b": WAIVED}, PRIOR, {}),
        ({"a": APPROVED, "b": WAITING}, DOING, {"a": HistoryReason.PARTLY}),
        ({"a": APPROVED}, DOING, {"a": HistoryReason.PARTLY}),
        ({"b": DOING}, DOING, {}),
        ({}, TODO, {}),
    ],
)
def test_a_merge_is_earned_by_all_of_its_parts(states, merged, history):
    old = edition(mentored("a"), mentored("b"))
    upgrade = upgraded(old, edition(mentored("ab", replaces=["a", "b"])), **states)
    assert upgrade.states.get("ab", TODO) == merged
    assert reasons(upgrade) == history
    assert upgrade.waiting == (("b",) if states.get("b") is WAITING else ())


def test_a_part_that_the_old_edition_did_not_want_any_more_is_no_part_to_wait_for():
    rule = {"kind": "at_least", "count": 1}
    old = edition(mentored("a"), mentored("b"), rule=rule)
    new = edition(mentored("ab", replaces=["a", "b"]))
    assert upgraded(old, new, a=APPROVED).states == {"ab": APPROVED}
    assert upgraded(old, new, a=APPROVED).summary.percent_after == 100
    old = edition(mentored("a"), mentored("b", tracks=["other"]), tracks=("main", "other"))
    new = edition(mentored("ab", replaces=["a", "b"]), tracks=("main", "other"))
    assert upgraded(old, new, a=APPROVED).states == {"ab": APPROVED}
    assert upgraded(old, new, track="other", a=APPROVED).states == {"ab": DOING}


def test_a_merge_into_a_key_that_stays():
    old = edition(mentored("a"), mentored("b"))
    new = edition(mentored("a", replaces=["b"]))
    assert upgraded(old, new, a=APPROVED, b=DOING).states == {"a": APPROVED}
    assert upgraded(old, new, a=APPROVED, b=APPROVED).states == {"a": APPROVED}
    own = edition(milestone("a"), mentored("b"))
    assert upgraded(own, new, a=DONE).states == {"a": PRIOR}
    trusting = edition(milestone("a", replaces=["b"]))
    assert upgraded(old, trusting, a=DONE, b=DOING).states == {"a": DOING}
    half = upgraded(old, new, b=APPROVED)
    assert half.states == {"a": DOING}
    assert reasons(half) == {"b": HistoryReason.PARTLY}
    assert upgraded(old, new, a=WAITING, b=APPROVED).states == {"a": WAITING}
    assert upgraded(old, new, a=WAITING, b=APPROVED).waiting == ()
    assert upgraded(old, new, a=WAITING, b=WAITING).waiting == ("b",)


@pytest.mark.parametrize("keeps", [False, True])
def test_each_part_of_a_split_is_earned_by_the_whole(keeps):
    old = edition(mentored("a"))
    parts = [mentored("b", replaces=["a"]), milestone("c", replaces=["a"])]
    new = edition(*parts, *([mentored("a")] if keeps else []))
    kept = {"a": APPROVED} if keeps else {}
    assert upgraded(old, new, a=APPROVED).states == {"b": APPROVED, "c": APPROVED, **kept}
    own = {"a": WAITING} if keeps else {}
    begun = upgraded(old, new, a=WAITING)
    assert begun.states == {"b": DOING, "c": DOING, **own}
    assert begun.waiting == (() if keeps else ("a",))


def test_a_replaces_that_stays_in_the_document_works_once():
    first = edition(mentored("a"))
    second = edition(mentored("a"), mentored("b", replaces=["a"]))
    third = edition(mentored("a"), mentored("b", replaces=["a"]), mentored("c"))
    assert upgraded(second, third, a=APPROVED).states == {"a": APPROVED}
    assert set(upgraded(first, third, a=APPROVED).states) == {"a", "b"}


def test_what_is_removed_is_history_and_comes_back_with_its_place():
    first = edition(mentored("a"), mentored("x"))
    second = edition(mentored("x"))
    third = edition(mentored("x"), mentored("b", replaces=["a"]))
    gone = upgraded(first, second, a=APPROVED, x=DOING)
    assert gone.states == {"x": DOING}
    (entry,) = gone.history
    assert (entry.key, entry.title, entry.state, entry.earned) == ("a", "A", APPROVED, True)
    assert entry.reason is HistoryReason.REMOVED
    same = carry_over(second, second, "main", gone.states, history=gone.history)
    assert (same.states, same.history) == (gone.states, gone.history)
    for later in (third, first):
        back = carry_over(second, later, "main", gone.states, history=gone.history)
        assert back.states["b" if later is third else "a"] == APPROVED
        assert back.history == ()


def test_a_round_that_waits_has_to_end_before_its_milestone_goes():
    upgrade = upgraded(edition(mentored("a"), milestone("x")), edition(milestone("x")), a=WAITING)
    assert upgrade.waiting == ("a",)
    assert reasons(upgrade) == {"a": HistoryReason.REMOVED}


def test_off_the_track_is_kept_and_shown():
    old = edition(mentored("a"), milestone("x"), tracks=("main", "other"))
    new = edition(mentored("a", not_on=["main"]), milestone("x"), tracks=("main", "other"))
    upgrade = upgraded(old, new, a=APPROVED)
    assert upgrade.states == {"a": APPROVED}
    assert reasons(upgrade) == {"a": HistoryReason.OFF_TRACK}
    assert upgraded(old, new, new_track="other", a=APPROVED).history == ()


def test_a_track_that_is_gone_has_to_be_chosen_anew():
    old = edition(milestone("a"), tracks=("main", "other"))
    with pytest.raises(KeyError):
        upgraded(old, edition(milestone("a"), tracks=("other",)), a=DONE)
    upgrade = upgraded(old, edition(milestone("a"), tracks=("other",)), new_track="other", a=DONE)
    assert upgrade.summary.percent_after == 100


def test_keys_are_followed_through_the_editions_between():
    first = edition(mentored("a"), mentored("x"))
    second = parse(pathway(stage("s", mentored("b", replaces=["a"]), mentored("x"))))
    third = edition(mentored("c", replaces=["b"]), mentored("x"))
    assert carry_over(first, third, "main", {"a": APPROVED}).states == {}
    upgrade = carry_over(first, third, "main", {"a": APPROVED}, between=[second])
    assert upgrade.states == {"c": APPROVED}
    assert upgrade.origins == {"c": ("a",)}
    # Gone in between, and back: the key is the same, so is the thing.
    without = parse(pathway(stage("s", mentored("x"))))
    upgrade = carry_over(first, first, "main", {"a": APPROVED}, between=[without])
    assert upgrade.states == {"a": APPROVED}


def test_the_summary_reads_as_a_sentence():
    old = edition(mentored("a", effort_hours=10), mentored("b"), mentored("c"), mentored("d"))
    new = edition(
        mentored("ab", replaces=["a", "b"], effort_hours=11),
        mentored("c1", replaces=["c"]),
        mentored("c2", replaces=["c"]),
        mentored("n", effort_hours=12),
    )
    summary = upgraded(old, new, a=APPROVED, b=APPROVED, c=APPROVED, d=APPROVED).summary
    assert summary.sentence == (
        "1 added, 1 removed, 1 merged, 1 split, 3 that you reached carry over,"
        " 1 stays as history, about 12 h more"
    )
    assert (summary.percent_before, summary.percent_after) == (100, 52)
    same = upgraded(old, old, a=APPROVED).summary
    assert (
        same.sentence
        == "the same milestones, 1 that you reached carries over, as many hours as before"
    )


# For every pair of editions -----------------------------------------------------------------


@st.composite
def successions(draw):
    """Two editions with any relation between them, and a learner's states on the first."""
    old = draw(pathways(most=6))
    new = draw(pathways(most=6))
    text = json.dumps(new)
    keys = [part["key"] for one in new["stages"] for part in one["milestones"]]
    for key in draw(st.sets(st.sampled_from(keys))):
        text = text.replace(f'"{key}"', f'"n{key}"')
    new = json.loads(text)
    before = [part["key"] for one in old["stages"] for part in one["milestones"]]
    for one in new["stages"]:
        for part in one["milestones"]:
            others = [key for key in [*before, "gone"] if key != part["key"]]
            part["replaces"] = draw(st.lists(st.sampled_from(others), unique=True, max_size=3))
    states = draw(st.dictionaries(st.sampled_from(before), STATES))
    return compile_pathway(parse(old)), compile_pathway(parse(new)), states


def earned(edition_, states):
    return {
        key
        for key, state in states.items()
        if key in edition_.milestones and is_complete(edition_.milestones[key].verified_by, state)
    }


@given(successions())
def test_nothing_earned_is_lost_and_nothing_else_is_won(succession):
    old, new, states = succession
    upgrade = carry_over(old, new, "t0", states)
    had, has = earned(old, states), earned(new, upgrade.states)
    line = lineage(old.document, new.document)
    history = {entry.key for entry in upgrade.history if entry.earned}
    for key in had:
        assert key in history or has & set(line.heirs[key])
        if key in new.milestones:
            assert key in has
    for key in has:
        assert had & set(line.sources[key])
    assert set(upgrade.states) <= set(new.milestones)
    # What is begun and has no place is shown as well.
    shown = {entry.key for entry in upgrade.history}
    for key, state in states.items():
        if state != TODO and not line.heirs[key]:
            assert key in shown
    for entry in upgrade.history:
        assert (entry.state, entry.earned) == (states[entry.key], entry.key in had)


@given(successions())
def test_doing_it_again_changes_nothing(succession):
    old, new, states = succession
    once = carry_over(old, new, "t0", states)
    again = carry_over(new, new, "t0", once.states, history=once.history)
    assert again.states == once.states
    # Off the track is told by the edition at hand; everything else stays word for word.
    lasting = {e for e in once.history if e.reason is not HistoryReason.OFF_TRACK}
    assert lasting == {e for e in again.history if e.reason is not HistoryReason.OFF_TRACK}
    assert set(reasons(once)) <= set(reasons(again))
    assert again.summary.sentence.startswith("the same milestones")


@given(successions())
def test_a_round_that_waits_goes_on_or_is_told(succession):
    old, new, states = succession
    upgrade = carry_over(old, new, "t0", states)
    line = lineage(old.document, new.document)
    for key, state in states.items():
        goes_on = [
            heir
            for heir in line.heirs[key]
            if upgrade.states.get(heir, TODO).verification is Verification.WAITING
            and (heir == key or line.is_move(key, heir))
        ]
        waits = state.verification is Verification.WAITING
        assert (key in upgrade.waiting) is (waits and not goes_on)


@given(pathways(most=6), st.data())
def test_an_edition_that_only_adds_leaves_all_as_it_was(data, draw):
    old = compile_pathway(parse(data))
    extra = stage("extra", milestone("new-one", effort_hours=7), mentored("new-two"))
    bigger = json.loads(json.dumps(data))
    bigger["stages"].append(extra)
    new = compile_pathway(parse(bigger))
    states = draw.draw(st.dictionaries(st.sampled_from(list(old.milestones)), STATES))
    upgrade = carry_over(old, new, "t0", states)
    assert upgrade.states == {key: state for key, state in states.items() if state != TODO}
    assert upgrade.after.hours_done == upgrade.before.hours_done
    assert upgrade.summary.percent_after <= upgrade.summary.percent_before
    assert upgrade.summary.added == 2
    assert upgrade.summary.adds_hours == 8
    assert not upgrade.after.complete


@given(pathways(most=6), st.data())
def test_the_same_edition_is_no_difference(data, draw):
    old = compile_pathway(parse(data))
    states = draw.draw(st.dictionaries(st.sampled_from(list(old.milestones)), STATES))
    upgrade = carry_over(old, old, "t0", states)
    assert upgrade.states == {key: state for key, state in states.items() if state != TODO}
    assert upgrade.origins == {}
    assert upgrade.waiting == ()
    assert all(entry.reason is HistoryReason.OFF_TRACK for entry in upgrade.history)
    assert upgrade.summary.adds_hours == 0
    assert diff(old.document, old.document).is_empty
