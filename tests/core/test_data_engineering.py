"""The second built-in pathway shows what rules and upgrades can do, and upgrades without loss."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import progress
from progress.document import parse_yaml
from progress.editions import HistoryReason, carry_over, check_succession, diff
from progress.rules import MilestoneState, compile_pathway, evaluate, explanation, is_complete
from progress.states import Verification, Work

FOLDER = Path(progress.__file__).parent / "pathways" / "data-engineering"
FIRST, SECOND = (parse_yaml((FOLDER / f"{n}.yaml").read_bytes()) for n in (1, 2))
OLD, NEW = map(compile_pathway, (FIRST, SECOND))
TRACKS = [track.key for track in FIRST.tracks]
APPROVED = MilestoneState(Work.DONE, Verification.APPROVED)


def keys(parts):
    return [part.key for part in parts]


def test_the_second_edition_may_follow_the_first():
    found = check_succession([FIRST], SECOND)
    assert found.errors == ()
    assert keys(found.warnings) == ["graph-database"]


def test_what_differs_between_the_two():
    found = diff(FIRST, SECOND)
    assert keys(found.added) == ["semantic-layer"]
    assert keys(found.removed) == ["graph-database"]
    assert [(one.old.key, one.new.key) for one in found.moved] == [
        ("cloud-costs", "cost-per-query")
    ]
    assert [(keys(one.old), one.new.key) for one in found.merged] == [
        (["data-from-an-api", "data-from-files"], "bring-data-in")
    ]
    assert [(one.old.key, keys(one.new)) for one in found.split] == [
        ("monitoring-and-incidents", ["freshness-alerts", "incident-review"])
    ]
    assert [one.stage.key for one in found.rules] == ["storage", "pipelines", "trust"]
    assert found.changed == ()


@pytest.mark.parametrize("pathway", [OLD, NEW], ids=["1", "2"])
@pytest.mark.parametrize("track", TRACKS)
def test_nobody_starts_with_only_one_open_door_and_everybody_can_finish(pathway, track):
    start = evaluate(pathway, track, {})
    assert sum(row.open for row in start.milestones.values()) >= 4
    missing = explanation(start).shortest
    states = {row.key: APPROVED for row in (*missing.milestones, *missing.first)}
    assert evaluate(pathway, track, states).percent == 100


def test_a_required_elective_can_not_be_replaced_by_others():
    others = dict.fromkeys(["columnar-files", "document-store", "key-value-store"], APPROVED)
    storage = evaluate(OLD, "warehouse", others).stages[1]
    assert not storage.complete
    storage = evaluate(OLD, "warehouse", {**others, "dimensional-model": APPROVED}).stages[1]
    assert storage.complete


def test_an_upgrade_with_everything_in_it():
    reached = ["sql-in-depth", "data-from-an-api", "data-from-files", "monitoring-and-incidents"]
    reached += ["cloud-costs", "graph-database"]
    upgrade = carry_over(OLD, NEW, "warehouse", dict.fromkeys(reached, APPROVED))
    assert upgrade.states == dict.fromkeys(
        ["sql-in-depth", "bring-data-in", "freshness-alerts", "incident-review", "cost-per-query"],
        APPROVED,
    )
    assert [(entry.key, entry.reason) for entry in upgrade.history] == [
        ("graph-database", HistoryReason.REMOVED)
    ]
    assert (upgrade.summary.carried, upgrade.summary.history) == (5, 1)


@given(st.sets(st.sampled_from(keys(FIRST.milestones))), st.sampled_from(TRACKS))
def test_whoever_upgrades_keeps_what_they_reached(reached, track):
    upgrade = carry_over(OLD, NEW, track, dict.fromkeys(reached, APPROVED))
    kept = {key for key, one in upgrade.states.items() if is_complete("mentor", one)}
    origins = {source for key in kept for source in upgrade.origins.get(key, (key,))}
    assert reached <= origins | {entry.key for entry in upgrade.history}
