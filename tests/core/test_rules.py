"""The evaluator by example: each rule in its smallest pathway."""

import itertools

import pytest

from progress.document import VerifiedBy, parse
from progress.rules import (
    MilestoneState,
    Reason,
    compile_pathway,
    evaluate,
    explanation,
    is_complete,
    next_steps,
    readiness,
)
from progress.states import Status, Verification, Work
from tests.core.samples import mentored, milestone, pathway, stage

TODO = MilestoneState()
DOING = MilestoneState(Work.DOING)
DONE = MilestoneState(Work.DONE)
WAITING = MilestoneState(Work.DONE, Verification.WAITING)
CHANGES = MilestoneState(Work.DONE, Verification.CHANGES_REQUESTED)
APPROVED = MilestoneState(Work.DONE, Verification.APPROVED)
WAIVED = MilestoneState(Work.TODO, Verification.WAIVED)
REVOKED = MilestoneState(Work.DONE, Verification.REVOKED)


def standing(data, track="main", **states):
    return evaluate(compile_pathway(parse(data)), track, states)


def statuses(evaluation):
    return {key: row.status.value for key, row in evaluation.milestones.items()}


CHAIN = pathway(stage("s", mentored("a"), mentored("b", prerequisites=["a"]), milestone("c")))


# Completion ---------------------------------------------------------------------------------


@pytest.mark.parametrize("verified_by", VerifiedBy)
@pytest.mark.parametrize("work", Work)
@pytest.mark.parametrize("verification", Verification)
def test_complete_is_settled_by_a_mentor_or_self_verified_and_done(verified_by, work, verification):
    settled = verification in {"approved", "waived"}
    own = verified_by == "self" and work == "done"
    assert is_complete(verified_by, MilestoneState(work, verification)) is (settled or own)


def test_work_done_on_a_mentored_milestone_is_not_complete():
    assert statuses(standing(CHAIN, a=DONE, c=DONE)) == {
        "a": "in_progress",
        "b": "locked",
        "c": "complete",
    }


# Status -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (TODO, Status.AVAILABLE),
        (DOING, Status.IN_PROGRESS),
        (DONE, Status.IN_PROGRESS),
        (WAITING, Status.WAITING_FOR_REVIEW),
        (MilestoneState(Work.DOING, Verification.WAITING), Status.WAITING_FOR_REVIEW),
        (CHANGES, Status.CHANGES_REQUESTED),
        (MilestoneState(Work.DOING, Verification.CHANGES_REQUESTED), Status.CHANGES_REQUESTED),
        (REVOKED, Status.CHANGES_REQUESTED),
        (APPROVED, Status.COMPLETE),
        (MilestoneState(Work.DOING, Verification.APPROVED), Status.COMPLETE),
        (WAIVED, Status.COMPLETE),
    ],
)
def test_the_status_of_a_milestone_that_nothing_blocks(state, status):
    assert standing(CHAIN, a=state).milestones["a"].status is status


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (TODO, Status.LOCKED),
        (DOING, Status.IN_PROGRESS),
        (DONE, Status.IN_PROGRESS),
        (WAITING, Status.WAITING_FOR_REVIEW),
        (CHANGES, Status.CHANGES_REQUESTED),
        (REVOKED, Status.CHANGES_REQUESTED),
        (APPROVED, Status.COMPLETE),
        (WAIVED, Status.COMPLETE),
    ],
)
def test_work_never_disappears_behind_a_lock(state, status):
    assert standing(CHAIN, b=state).milestones["b"].status is status


@pytest.mark.parametrize(
    ("state", "blocked"),
    [
        (TODO, True),
        (DOING, True),
        (DONE, True),
        # Handed in when it was open, so an answer to the mentor needs nothing else.
        (WAITING, False),
        (CHANGES, False),
        (REVOKED, False),
        (APPROVED, False),
        (WAIVED, False),
    ],
)
def test_working_ahead_does_not_get_around_what_comes_first(state, blocked):
    row = standing(CHAIN, b=state).milestones["b"]
    assert row.blocked_by == (("a",) if blocked else ())
    assert row.open is not blocked
    row = standing(CHAIN, a=WAITING, b=state).milestones["b"]
    assert row.blocked_by == ()
    assert row.open


# Unlocking ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (TODO, Status.LOCKED),
        (DOING, Status.LOCKED),
        (DONE, Status.LOCKED),
        (WAITING, Status.AVAILABLE),
        (CHANGES, Status.AVAILABLE),
        (REVOKED, Status.LOCKED),
        (APPROVED, Status.AVAILABLE),
        (WAIVED, Status.AVAILABLE),
    ],
)
def test_what_a_prerequisite_must_have_reached_to_open_the_next(state, status):
    assert standing(CHAIN, a=state).milestones["b"].status is status


def test_all_prerequisites_are_needed_and_the_missing_ones_are_named():
    data = pathway(
        stage("s", mentored("a"), milestone("b"), milestone("c")),
        stage("t", milestone("d", prerequisites=["c", "a", "b"])),
    )
    assert standing(data).milestones["d"].blocked_by == ("c", "a", "b")
    assert standing(data, b=DONE).milestones["d"].blocked_by == ("c", "a")
    assert standing(data, b=DONE, c=DONE, a=WAITING).milestones["d"].status is Status.AVAILABLE


def test_only_direct_prerequisites_count():
    # Opened by a waiver in the middle: nobody is sent back to the beginning.
    data = pathway(
        stage(
            "s",
            mentored("a"),
            mentored("b", prerequisites=["a"]),
            mentored("c", prerequisites=["b"]),
        )
    )
    assert statuses(standing(data, b=WAIVED)) == {
        "a": "available",
        "b": "complete",
        "c": "available",
    }


def test_a_prerequisite_in_a_later_stage_counts():
    data = pathway(stage("s", milestone("a", prerequisites=["b"])), stage("t", milestone("b")))
    assert statuses(standing(data)) == {"a": "locked", "b": "available"}
    assert statuses(standing(data, b=DONE)) == {"a": "available", "b": "complete"}


# Tracks -------------------------------------------------------------------------------------

TRACKS = pathway(
    stage(
        "s",
        milestone("a", tracks=["north"], effort_hours=30),
        milestone("b", prerequisites=["a"], effort_hours=10),
        milestone("c", effort_hours=10),
    ),
    tracks=("north", "south"),
)


def test_a_track_has_its_milestones_and_ignores_prerequisites_of_others():
    assert statuses(standing(TRACKS, "north")) == {
        "a": "available",
        "b": "locked",
        "c": "available",
    }
    assert statuses(standing(TRACKS, "south")) == {"b": "available", "c": "available"}


def test_totals_are_those_of_the_track():
    north, south = standing(TRACKS, "north", c=DONE), standing(TRACKS, "south", c=DONE)
    assert (north.percent, north.complete_count, north.total) == (20, 1, 3)
    assert (south.percent, south.complete_count, south.total) == (50, 1, 2)
    assert (south.stages[0].met, south.stages[0].needed, south.stages[0].total) == (1, 2, 2)


def test_states_of_other_tracks_and_editions_are_ignored():
    compiled = compile_pathway(parse(TRACKS))
    states = {"a": DONE, "gone": APPROVED}
    assert evaluate(compiled, "south", states) == evaluate(compiled, "south", {})


def test_an_unknown_track_or_role_is_a_key_error():
    with pytest.raises(KeyError):
        standing(CHAIN, "elsewhere")
    with pytest.raises(KeyError):
        readiness(standing(CHAIN), "nobody")


# Stages and percent -------------------------------------------------------------------------

ELECTIVES = pathway(
    stage("must", milestone("m", effort_hours=50)),
    stage(
        "may",
        milestone("a", effort_hours=10),
        milestone("b", effort_hours=20),
        milestone("c", effort_hours=30),
        rule={"kind": "at_least", "count": 2},
    ),
)


def test_a_stage_is_complete_when_enough_of_its_milestones_are():
    for done in itertools.chain.from_iterable(itertools.combinations("abc", n) for n in range(4)):
        may = standing(ELECTIVES, **dict.fromkeys(done, DONE)).stages[1]
        assert (may.met, may.needed, may.total) == (len(done), 2, 3)
        assert may.complete is (len(done) >= 2)


@pytest.mark.parametrize(
    ("done", "hours_done", "hours_remaining", "percent"),
    [
        ("", 0, 80, 0),  # the smallest way through: 50 + 10 + 20
        ("a", 10, 70, 12),
        ("c", 30, 60, 33),
        ("bc", 50, 50, 50),
        ("abc", 50, 50, 50),  # a third elective is not needed, so it counts for nothing
        ("m", 50, 30, 62),
        ("ma", 60, 20, 75),
        ("mab", 80, 0, 100),
        ("mabc", 100, 0, 100),
    ],
)
def test_percent_counts_hours_done_against_the_smallest_way_left(
    done, hours_done, hours_remaining, percent
):
    evaluation = standing(ELECTIVES, **dict.fromkeys(done, DONE))
    assert (evaluation.hours_done, evaluation.hours_remaining) == (hours_done, hours_remaining)
    assert evaluation.percent == percent
    assert evaluation.complete is (percent == 100)


def test_percent_is_rounded_down_so_that_almost_is_not_all():
    data = pathway(stage("s", milestone("a", effort_hours=5000), milestone("b", effort_hours=1)))
    almost = standing(data, a=DONE)
    assert (almost.percent, almost.complete) == (99, False)
    assert standing(data, b=DONE).percent == 0


def test_work_and_waiting_count_for_nothing_yet():
    assert standing(CHAIN, a=WAITING, b=DONE, c=DOING).percent == 0
    assert standing(CHAIN, a=CHANGES, b=REVOKED).complete_count == 0


# Readiness ----------------------------------------------------------------------------------


def test_readiness_is_the_share_of_the_weights_on_the_track():
    data = pathway(
        stage(
            "s",
            milestone("a", effort_hours=100),
            milestone("b"),
            milestone("c", tracks=["north"]),
            milestone("d"),
        ),
        tracks=("north", "south"),
    )
    data["roles"][0]["weights"] = {"a": 1, "b": 2, "c": 3}
    assert readiness(standing(data, "north"), "tester") == 0
    assert readiness(standing(data, "north", a=DONE), "tester") == 16
    assert readiness(standing(data, "south", a=DONE), "tester") == 33
    assert readiness(standing(data, "south", a=DONE, d=DONE), "tester") == 33
    assert readiness(standing(data, "south", a=DONE, b=DONE), "tester") == 100


# What to do next ----------------------------------------------------------------------------


def steps(data, minutes=(), limit=None, **states):
    found = next_steps(standing(data, **states), dict(minutes), limit=limit)
    return [(step.milestone.key, step.reason.value) for step in found]


URGENCY = pathway(
    stage("old", milestone("spare"), milestone("plenty"), rule={"kind": "at_least", "count": 1}),
    stage(
        "s",
        milestone("short", effort_hours=2),
        milestone("long", effort_hours=9),
        milestone("key", effort_hours=40),
        milestone("x", prerequisites=["key"]),
        milestone("y", prerequisites=["x"]),
        mentored("half", effort_hours=20),
        milestone("z", prerequisites=["half"]),
        mentored("nearly", effort_hours=20),
        mentored("ready", effort_hours=20),
        mentored("back", effort_hours=50),
        mentored("asked"),
        mentored("got"),
    ),
)


def test_next_steps_come_in_order_of_urgency():
    found = steps(
        URGENCY,
        {"half": 60, "nearly": 1100},
        plenty=DONE,
        half=DOING,
        nearly=DOING,
        ready=DONE,
        back=CHANGES,
        asked=WAITING,
        got=APPROVED,
    )
    assert found == [
        ("back", "changes_requested"),
        ("ready", "ready_to_submit"),
        ("nearly", "in_progress"),
        ("half", "in_progress"),
        ("key", "opens_others"),
        ("short", "available"),
        ("long", "available"),
        ("spare", "optional"),
    ]


def test_what_opens_most_comes_before_what_is_shorter():
    data = pathway(
        stage(
            "s",
            milestone("quick"),
            milestone("one", effort_hours=2),
            milestone("three", effort_hours=90),
            milestone("a", prerequisites=["one"]),
            milestone("b", prerequisites=["three"]),
            milestone("c", prerequisites=["b"]),
            milestone("d", prerequisites=["three", "c"]),
        )
    )
    found = next_steps(standing(data), {})
    assert [(step.milestone.key, step.opens) for step in found] == [
        ("three", 3),
        ("one", 1),
        ("quick", 0),
    ]
    # Work ahead of what comes first still waits for it; what is done anyway does not.
    found = next_steps(standing(data, b=DOING, c=DONE, d=DONE), {})
    assert [(step.milestone.key, step.opens) for step in found] == [
        ("one", 1),
        ("three", 1),
        ("quick", 0),
    ]


def test_what_blocks_is_next_and_not_what_was_begun_too_early():
    assert steps(CHAIN, b=DOING) == [("a", "opens_others"), ("c", "available")]
    assert steps(CHAIN, b=DONE, a=WAITING) == [("b", "ready_to_submit"), ("c", "available")]


def test_an_elective_too_many_is_still_worth_it_if_it_opens_something():
    data = pathway(
        stage("s", milestone("a"), milestone("b"), rule={"kind": "at_least", "count": 1}),
        stage("t", milestone("c", prerequisites=["b"]), milestone("d")),
    )
    assert steps(data, a=DONE) == [("b", "opens_others"), ("d", "available")]


def test_ties_keep_the_order_of_the_document_and_the_limit_cuts():
    data = pathway(stage("s", milestone("b"), milestone("a"), milestone("c")))
    assert [key for key, _ in steps(data)] == ["b", "a", "c"]
    assert [key for key, _ in steps(data, limit=2)] == ["b", "a"]
    assert steps(data, limit=0) == []


def test_what_is_logged_is_taken_from_the_estimate():
    data = pathway(stage("s", milestone("a", effort_hours=2), milestone("b", effort_hours=1)))
    (first, second) = next_steps(standing(data, a=DOING), {"a": 500, "zz": 3})
    assert (first.minutes_logged, first.minutes_left) == (500, 0)
    assert (second.minutes_logged, second.minutes_left) == (0, 60)


def test_nothing_is_next_when_everything_is_reached_or_waits():
    assert steps(CHAIN, a=APPROVED, b=WAITING, c=DONE) == []


def test_every_reason_has_its_sentence():
    states = {"plenty": DONE, "half": DOING, "ready": DONE, "back": CHANGES, "asked": REVOKED}
    found = next_steps(standing(URGENCY, **states), {})
    sentences = {step.reason: step.sentence for step in found}
    assert set(sentences) == set(Reason)
    assert sentences[Reason.OPENS_OTHERS] == "Opens the way to 2 more"
    assert len(set(sentences.values())) == len(Reason)


# Explanation --------------------------------------------------------------------------------


def test_what_has_to_come_first_is_told_though_no_rule_asks_for_it():
    parts = [
        milestone("a"),
        mentored("b", prerequisites=["a"]),
        milestone("c", prerequisites=["b"]),
        milestone("d", effort_hours=9),
    ]
    data = pathway(stage("s", *parts, rule={"kind": "at_least", "count": 1, "of": ["c", "d"]}))
    found = explanation(standing(data))
    assert [row.key for row in found.shortest.milestones] == ["c"]
    assert [row.key for row in found.shortest.first] == ["a", "b"]
    assert found.shortest.hours == 1
    found = explanation(standing(data, b=WAITING))
    assert found.shortest.first == ()
    assert [row.key for row in found.stages[0].optional] == ["a", "b"]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"kind": "all_of"}, "All of these: 1 of 2"),
        ({"kind": "at_least", "count": 1}, "At least 1 of these 2: 1 of 1"),
        (
            {"kind": "by_weight", "count": 3, "weights": {"a": 3}},
            "Together at least 3 of 4 points: 3 of 3",
        ),
    ],
)
def test_a_rule_reads_as_a_sentence(rule, sentence):
    data = pathway(stage("s", milestone("a"), milestone("b"), rule=rule))
    assert explanation(standing(data, a=DONE)).stages[0].rule.sentence == sentence


def test_a_milestone_that_a_met_group_no_longer_wants_is_optional():
    group = {"kind": "at_least", "count": 1, "of": ["b", "c"]}
    parts = [milestone("a"), milestone("b"), milestone("c")]
    data = pathway(stage("s", *parts, rule={"kind": "all_of", "of": ["a", group]}))
    steps = {step.milestone.key: step.reason for step in next_steps(standing(data, b=DONE), {})}
    assert steps == {"a": Reason.AVAILABLE, "c": Reason.OPTIONAL}


def test_what_a_rule_by_weight_requires_counts_towards_its_weight():
    rule = {"kind": "by_weight", "count": 5, "required": ["a"], "weights": {"a": 3, "b": 2}}
    data = pathway(stage("s", milestone("a"), milestone("b"), milestone("c"), rule=rule))
    assert standing(data, a=DONE, b=DONE).complete
    assert not standing(data, a=DONE, c=DONE).complete
    assert not standing(data, b=DONE, c=DONE).complete
    assert (standing(data, a=DONE).stages[0].met, standing(data, a=DONE).stages[0].needed) == (1, 2)
