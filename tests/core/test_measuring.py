"""Counting for many learners says what the evaluator says of each."""

import random

import pytest

from progress.document import parse
from progress.rules import MilestoneState, StageState, compile_pathway, evaluate, measured
from progress.states import Verification, Work
from tests.core.large import large
from tests.factories import document

LARGE, BUILT_IN = compile_pathway(parse(large())), compile_pathway(document())


@pytest.mark.parametrize("pathway", [LARGE, BUILT_IN], ids=["large", "built-in"])
@pytest.mark.parametrize("seed", range(20))
def test_it_counts_as_the_evaluator_does(pathway, seed):
    chance = random.Random(seed)  # noqa: S311 (a test)
    keys = list(pathway.milestones)
    states = {
        key: MilestoneState(chance.choice(list(Work)), chance.choice(list(Verification)))
        for key in chance.sample(keys, chance.randrange(len(keys) + 1))
    }
    settled = {Verification.APPROVED, Verification.WAIVED}
    for track in pathway.plans:
        there = evaluate(pathway, track, states)
        found = measured(
            pathway,
            track,
            settled={key for key, one in states.items() if one.verification in settled},
            done={key for key, one in states.items() if one.work is Work.DONE},
            touched={key for key, one in states.items() if one != MilestoneState()},
        )
        assert (found.percent, found.complete_count) == (there.percent, there.complete_count)
        assert found.complete == there.complete
        complete = {key for key, one in found.stages.items() if one is StageState.COMPLETE}
        assert complete == {stage.stage.key for stage in there.stages if stage.complete}
