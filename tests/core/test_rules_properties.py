"""What must hold for every pathway and every learner."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from progress.document import parse
from progress.rules import (
    MilestoneState,
    compare_tracks,
    compile_pathway,
    evaluate,
    explanation,
    next_steps,
    readiness,
    readiness_by_role,
)
from progress.states import Status, Verification, Work
from tests.core.effort import calls
from tests.core.large import large
from tests.core.samples import leaves, milestone, pathway, pathways, stage, weight_in

STATES = st.builds(MilestoneState, st.sampled_from(Work), st.sampled_from(Verification))
APPROVED = MilestoneState(Work.DONE, Verification.APPROVED)
COMPLETE = {Verification.APPROVED, Verification.WAIVED}
HANDED_IN = {Verification.WAITING, Verification.CHANGES_REQUESTED}


class Learner:
    """A pathway as data, compiled, with a track and the states of its milestones."""

    def __init__(self, data, track, states):
        self.data = data
        self.compiled = compile_pathway(parse(data))
        self.track = track
        self.states = states
        self.on_track = {
            part["key"]: part
            for one in data["stages"]
            for part in one["milestones"]
            if part.get("tracks") is None or track in part["tracks"]
        }

    def __repr__(self):
        return f"Learner({self.data!r}, {self.track!r}, {self.states!r})"

    def standing(self, **more):
        return evaluate(self.compiled, self.track, {**self.states, **more})

    def state(self, key):
        return self.states.get(key, MilestoneState())

    def has(self, key):
        own = self.on_track[key]["verified_by"] == "self"
        state = self.state(key)
        return state.verification in COMPLETE or (own and state.work is Work.DONE)

    def on(self, part):
        """Whether any of a part of a rule is on the track."""
        return any(key in self.on_track for key in leaves(part))

    def meets(self, part, has=None):
        """Whether a part of a rule is met, worked out from the words of the format."""
        has = has or self.has
        if isinstance(part, str):
            return has(part)
        parts = [inner for inner in part["of"] if self.on(inner)]
        met = [inner for inner in parts if self.meets(inner, has)]
        if part["kind"] == "all_of":
            return met == parts
        enough = sum(weight_in(part, inner) for inner in met) >= part["count"]
        return enough and all(has(key) for key in part.get("required", ()) if self.on(key))

    def rules(self):
        for one in self.data["stages"]:
            every = [part["key"] for part in one["milestones"]]
            yield {"of": every, **one["rule"]}

    def complete(self, has=None):
        return all(self.meets(rule, has) for rule in self.rules())

    def needs(self, key):
        return [n for n in self.on_track[key].get("prerequisites", ()) if n in self.on_track]


@st.composite
def learners(draw, most=10):
    data = draw(pathways(most=most))
    keys = [part["key"] for one in data["stages"] for part in one["milestones"]]
    states = draw(st.dictionaries(st.sampled_from(keys), STATES))
    return Learner(data, draw(st.sampled_from(data["tracks"]))["key"], states)


@given(learners())
def test_complete_means_that_every_rule_holds_worked_out_by_its_words(learner):
    standing = learner.standing()
    for one, rule, found in zip(
        learner.data["stages"], learner.rules(), standing.stages, strict=True
    ):
        keys = [part["key"] for part in one["milestones"] if part["key"] in learner.on_track]
        met = sum(map(learner.has, keys))
        assert found.complete is learner.meets(rule)
        assert found.total == len(keys)
        assert found.complete is (found.met >= found.needed)
        assert found.met <= met
        if "of" not in one["rule"]:
            assert (found.met, found.needed) == (met, rule.get("count", len(keys)))
    assert standing.complete is learner.complete()
    assert standing.complete_count == sum(map(learner.has, learner.on_track))
    assert standing.total == len(learner.on_track)
    assert list(standing.milestones) == list(learner.on_track)


@given(learners())
def test_percent_is_100_exactly_when_complete(learner):
    standing = learner.standing()
    assert 0 <= standing.percent <= 100
    assert (standing.percent == 100) is standing.complete


@given(learners(), st.data())
def test_nothing_counted_falls_when_one_more_milestone_is_verified(learner, data):
    before = learner.standing()
    after = learner.standing(**{data.draw(st.sampled_from(list(learner.on_track))): APPROVED})
    assert after.percent >= before.percent
    assert after.hours_done >= before.hours_done
    assert after.hours_remaining <= before.hours_remaining
    assert after.complete_count >= before.complete_count
    assert readiness(after, "tester") >= readiness(before, "tester")
    assert all(b.complete <= a.complete for b, a in zip(before.stages, after.stages, strict=True))


@given(learners())
def test_readiness_is_100_exactly_when_all_it_weights_is_complete(learner):
    weights = learner.data["roles"][0]["weights"]
    whole = [key for key in weights if key in learner.on_track]
    ready = readiness(learner.standing(), "tester")
    assert 0 <= ready <= 100
    assert (ready == 100) is all(map(learner.has, whole))


def ways(learner):
    """Every set of missing milestones that would complete the pathway, by trying."""
    missing = [key for key in learner.on_track if not learner.has(key)]
    for size in range(len(missing) + 1):
        for chosen in itertools.combinations(missing, size):
            if learner.complete(lambda key, chosen=chosen: key in chosen or learner.has(key)):
                yield chosen


@given(learners(most=8))
def test_what_is_missing_is_sufficient_and_the_smallest_there_is(learner):
    standing = learner.standing()
    hours = {key: row.milestone.effort_hours for key, row in standing.milestones.items()}
    sizes = [(len(chosen), sum(map(hours.get, chosen))) for chosen in ways(learner)]
    found = explanation(standing)
    for missing, smallest in (
        (found.fewest, min(sizes)),
        (found.shortest, min(sizes, key=lambda size: size[::-1])),
    ):
        keys = [row.key for row in missing.milestones]
        assert (len(keys), sum(map(hours.get, keys))) == smallest
        assert missing.hours == smallest[1]
        assert learner.standing(**dict.fromkeys(keys, APPROVED)).complete
        for key in keys:
            others = [other for other in keys if other != key]
            assert not learner.standing(**dict.fromkeys(others, APPROVED)).complete
        first = {row.key for row in missing.first}
        assert not first & set(keys)
        for key in {*keys, *first}:
            assert set(standing.milestones[key].blocked_by) <= {*keys, *first}
    assert found.shortest.hours == standing.hours_remaining


@given(learners(most=8))
def test_the_explanation_says_of_every_rule_and_milestone_whether_it_is_met(learner):
    def check(part, rule):
        if isinstance(rule, str):
            assert part.row.key == rule
            assert part.met is learner.has(rule)
            return 1
        there = [inner for inner in rule["of"] if learner.on(inner)]
        weights = {str(inner): weight_in(rule, inner) for inner in there}
        met = [inner for inner in there if learner.meets(inner)]
        assert part.met is learner.meets(rule)
        assert part.total == sum(weights.values())
        assert part.have == sum(weights[str(inner)] for inner in met)
        assert part.need == rule.get("count", len(there))
        by_key = {frozenset(leaves(inner)): inner for inner in there}
        required = rule["of"] if rule["kind"] == "all_of" else rule.get("required", ())
        for inner in part.parts:
            keys = inner_keys(inner)
            (its,) = [own for names, own in by_key.items() if keys <= names]
            assert (inner.weight, inner.required) == (weights[str(its)], its in required)
            check(inner, its)
        return len(part.parts) == len(there)

    def inner_keys(part):
        if hasattr(part, "row"):
            return {part.row.key}
        return {key for inner in part.parts for key in inner_keys(inner)}

    found = explanation(learner.standing())
    assert found.complete is learner.complete()
    for stage_, rule, own in zip(
        found.stages, learner.rules(), learner.data["stages"], strict=True
    ):
        assert check(stage_.rule, rule)
        optional = {p["key"] for p in own["milestones"]} - set(leaves(rule))
        assert {row.key for row in stage_.optional} == optional & set(learner.on_track)


@given(learners(most=8))
def test_wanted_is_what_can_still_be_part_of_a_way_without_waste(learner):
    """A way without waste: a set that completes the pathway and from which nothing can be left."""
    sets = list(map(set, ways(learner)))
    lean = [one for one in sets if not any(other < one for other in sets)]
    useful = set().union(*lean)
    rows = learner.standing().milestones
    assert {key for key, row in rows.items() if row.wanted} >= useful
    assert not any(row.wanted for row in rows.values() if row.complete)
    if learner.complete():
        assert not any(row.wanted for row in rows.values())


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.integers(1, 9), st.booleans()), min_size=1, max_size=7
    ),
    st.data(),
)
def test_by_weight_counts_the_costliest_set_that_has_nothing_to_spare(parts, data):
    """`hours_done`, by trying every set of complete milestones."""
    count = data.draw(st.integers(1, sum(weight for weight, _, _ in parts)))
    keys = [f"m{n}" for n in range(len(parts))]
    made = [
        milestone(key, effort_hours=hours) for key, (_, hours, _) in zip(keys, parts, strict=True)
    ]
    weights = {key: weight for key, (weight, _, _) in zip(keys, parts, strict=True)}
    rule = {"kind": "by_weight", "count": count, "weights": weights}
    compiled = compile_pathway(parse(pathway(stage("s", *made, rule=rule))))
    done = [part for part in parts if part[2]]
    states = {key: APPROVED for key, part in zip(keys, parts, strict=True) if part[2]}
    lean = [
        chosen
        for size in range(1, len(done) + 1)
        for chosen in itertools.combinations(done, size)
        if sum(w for w, _, _ in chosen) - min(w for w, _, _ in chosen) < count
    ]
    best_hours = max((sum(hours for _, hours, _ in chosen) for chosen in lean), default=0)
    assert evaluate(compiled, "main", states).hours_done == best_hours


@given(learners())
def test_raises_add_up_to_what_readiness_lacks(learner):
    (found,) = readiness_by_role(learner.standing())
    assert found.percent == readiness(learner.standing(), "tester")
    exact = 100 - sum(step.points for step in found.raises)
    assert found.percent <= exact + 1e-9
    assert exact - found.percent < 1 + 1e-9
    assert [s.per_hour for s in found.raises] == sorted(s.per_hour for s in found.raises)[::-1]
    for step in found.raises:
        after = readiness(learner.standing(**{step.row.key: APPROVED}), "tester")
        assert abs(after - (exact + step.points)) < 1 + 1e-9


@given(learners())
def test_a_comparison_of_tracks_says_what_a_change_would_bring(learner):
    now = learner.standing()
    for found in compare_tracks(learner.compiled, learner.track, learner.states):
        then = evaluate(learner.compiled, found.track.key, learner.states)
        assert (found.percent, found.hours_remaining) == (then.percent, then.hours_remaining)
        assert found.adds_hours == then.hours_remaining - now.hours_remaining
        assert {r.key for r in found.gains} == set(then.milestones) - set(now.milestones)
        assert {r.key for r in found.leaves} == set(now.milestones) - set(then.milestones)
        assert (found.keeps == 100) is not any(row.complete for row in found.leaves)
        if found.is_current:
            assert found.track.key == learner.track
            assert (found.adds_hours, found.gains, found.leaves) == (0, (), ())


@given(learners(), st.randoms())
def test_the_order_of_states_and_of_stages_does_not_matter(learner, random):
    shuffled = list(learner.states.items())
    random.shuffle(shuffled)
    assert evaluate(learner.compiled, learner.track, dict(shuffled)) == learner.standing()
    stages = list(learner.data["stages"])
    random.shuffle(stages)
    moved = Learner({**learner.data, "stages": stages}, learner.track, learner.states).standing()
    assert moved.percent == learner.standing().percent
    assert dict(moved.milestones) == dict(learner.standing().milestones)


@given(learners())
def test_locked_means_untouched_and_a_prerequisite_neither_reached_nor_handed_in(learner):
    for key, row in learner.standing().milestones.items():
        closed = tuple(
            n
            for n in learner.needs(key)
            if not learner.has(n) and learner.state(n).verification not in HANDED_IN
        )
        bare = not learner.has(key) and learner.state(key).verification is Verification.NONE
        untouched = bare and learner.state(key).work is Work.TODO
        assert (row.status is Status.LOCKED) is (untouched and bool(closed))
        assert row.blocked_by == (closed if bare else ())
        assert row.open is not (bare and bool(closed))


@given(learners(), st.data())
def test_handing_in_and_being_asked_for_changes_never_lock_anything(learner, data):
    key = data.draw(st.sampled_from(list(learner.on_track)))
    way = ["none", "waiting", "changes_requested", "waiting", "approved"]
    locked = None
    for verification in way:
        state = MilestoneState(Work.DONE, Verification(verification))
        rows = learner.standing(**{key: state}).milestones
        now = {k for k, row in rows.items() if row.status is Status.LOCKED}
        assert locked is None or now <= locked
        locked = now


@given(learners())
def test_what_a_milestone_opens_is_the_blocked_ones_that_lead_back_to_it(learner):
    rows = learner.standing().milestones

    def roots(key):
        return {n for need in learner.needs(key) for n in {need, *roots(need)}}

    for key, row in rows.items():
        followers = [k for k in rows if key in roots(k)]
        assert row.opens == sum(not rows[k].open for k in followers)


@given(learners())
def test_next_is_all_that_the_learner_can_do_once_each(learner):
    standing = learner.standing()
    found = [step.milestone.key for step in next_steps(standing, {})]
    can = {Status.AVAILABLE, Status.IN_PROGRESS, Status.CHANGES_REQUESTED}
    assert sorted(found) == sorted(
        k for k, row in standing.milestones.items() if row.open and row.status in can
    )


@given(learners())
def test_nobody_is_ever_stuck(learner):
    rows = learner.standing().milestones.values()
    waits = any(row.status is Status.WAITING_FOR_REVIEW for row in rows)
    done = all(row.complete for row in rows)
    assert waits or done or next_steps(learner.standing(), {})


def test_work_grows_with_the_pathway_and_not_with_its_square():
    small, big = (compile_pathway(parse(large(size))) for size in (250, 500))
    for read in (next_steps_of, explanation, readiness_by_role):
        assert calls(lambda read=read: read(standing(big))) < 3 * calls(
            lambda read=read: read(standing(small))
        )


def test_compiling_grows_with_the_pathway_and_not_with_its_square():
    small, big = (parse(large(size)) for size in (250, 500))
    assert calls(lambda: compile_pathway(big)) < 3 * calls(lambda: compile_pathway(small))


def standing(compiled):
    every = itertools.cycle(itertools.product(Work, Verification))
    states = {f"m{n}": MilestoneState(*next(every)) for n in range(0, 500, 2)}
    return evaluate(compiled, "t1", states)


def next_steps_of(found):
    return next_steps(found, {})
