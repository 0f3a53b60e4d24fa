"""Why a learner stands where they do, and what each choice would mean."""

import pytest

pytestmark = pytest.mark.django_db
KEY = "problem-solving"


@pytest.fixture
def way(cast):
    return f"/api/v1/enrollments/{cast.enrollment.pk}"


def leaves(part):
    if part["type"] == "milestone":
        yield part
    for inner in part.get("parts", []):
        yield from leaves(inner)


def test_the_explanation_names_the_event_behind_each_milestone(as_, cast, way):
    me = as_(cast.learner)
    me.put(f"{way}/milestones/{KEY}/completion")
    found = me.get(f"{way}/explanation").json()
    by_key = {leaf["key"]: leaf for s in found["stages"] for leaf in leaves(s["rule"])}
    assert by_key[KEY]["met"]
    assert by_key[KEY]["because"]["type"] == "milestone.completed.v1"
    assert by_key["data-analysis"]["because"] is None
    assert not found["complete"]
    missing = {row["key"] for row in found["fewest"]["milestones"]}
    assert KEY not in missing
    assert missing == set(by_key) - {KEY}
    assert found["fewest"]["hours"] == found["shortest"]["hours"]
    me.delete(f"{way}/milestones/{KEY}/completion")
    again = me.get(f"{way}/explanation").json()
    by_key = {leaf["key"]: leaf for s in again["stages"] for leaf in leaves(s["rule"])}
    assert by_key[KEY]["because"]["type"] == "milestone.reopened.v1"


def test_readiness_for_every_role(as_, cast, way):
    me = as_(cast.learner)
    before = {row["role"]["key"]: row for row in me.get(f"{way}/readiness").json()}
    assert len(before) == 5
    assert [key for key, row in before.items() if row["is_target"]] == ["machine-learning-engineer"]
    best = before["machine-learning-engineer"]["raises"]
    assert 0 < len(best) <= 3
    assert best == sorted(best, key=lambda step: -step["per_hour"])
    me.put(f"{way}/milestones/{KEY}/completion")
    after = {row["role"]["key"]: row["percent"] for row in me.get(f"{way}/readiness").json()}
    assert sum(after.values()) > sum(row["percent"] for row in before.values())


def test_what_another_track_would_mean(as_, cast, way):
    options = as_(cast.learner).get(f"{way}/track-options").json()
    assert len(options) == 4
    assert [row["track"]["key"] for row in options if row["is_current"]] == [cast.enrollment.track]
    assert all(row["suits"] for row in options)
    assert {row["keeps"] for row in options} == {100}
