"""What two mentors' decisions come to, for the author of a rubric."""

from hypothesis import given
from hypothesis import strategies as st

from progress.reviewing import CriterionSpread, Decided, disagreement

SCORES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))
DECISIONS = st.builds(Decided, st.sampled_from(["approved", "changes_requested"]), SCORES)
PAIRS = st.lists(st.tuples(DECISIONS, DECISIONS))


def test_a_few():
    found = disagreement(
        [
            (Decided("approved", {"a": 3, "b": 2}), Decided("changes_requested", {"a": 0, "b": 2})),
            (Decided("approved", {"a": 2, "b": 2}), Decided("approved", {"a": 2, "c": 1})),
        ]
    )
    assert (found.given, found.differed) == (2, 1)
    assert found.criteria == (CriterionSpread("a", 2, 1, 1.5), CriterionSpread("b", 1, 0, 0.0))


@given(PAIRS)
def test_it_matters_not_who_was_first(pairs):
    assert disagreement(pairs) == disagreement([(two, one) for one, two in pairs])


@given(PAIRS)
def test_counts_are_within_bounds(pairs):
    found = disagreement(pairs)
    assert 0 <= found.differed <= found.given == len(pairs)
    for one in found.criteria:
        assert 0 <= one.differed <= one.both <= found.given
        assert (one.gap > 0) is (one.differed > 0)
        assert one.gap <= 3
    assert list(found.criteria) == sorted(found.criteria, key=lambda one: (-one.gap, one.criterion))


@given(st.lists(DECISIONS))
def test_who_agrees_with_themself_differs_nowhere(decisions):
    found = disagreement([(one, one) for one in decisions])
    assert (found.differed, {one.gap for one in found.criteria} - {0}) == (0, set())
