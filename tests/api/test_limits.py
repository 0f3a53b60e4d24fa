"""How often somebody may ask, and what they hear when it was too often."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from redis.exceptions import TimeoutError as RedisTimeout

from backend.api import throttling
from backend.api.throttling import WINDOW, Limit, ask
from tests.api.test_conventions import code
from tests.at_once import at_once
from tests.factories import NOW, new_id

ME = "/api/v1/me"
SECOND = timedelta(seconds=1)


@pytest.fixture
def ten(settings):
    """A limit of ten, and a clock that stands still."""
    settings.REQUESTS_A_MINUTE = 10
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.django_db
def test_an_answer_says_what_is_left(ten, as_, cast):
    me = as_(cast.learner)
    answers = [me.get(ME) for _ in range(10)]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"person";q=10;w=60'}
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == [
        f"r={left}" for left in range(9, -1, -1)
    ]
    assert answers[-1]["RateLimit"] == '"person";r=0;t=60'
    refused = me.get(ME)
    assert code(refused) == (429, "throttled")
    assert refused["Retry-After"] == "7"  # one comes back in six seconds
    assert refused["RateLimit"] == '"person";r=0;t=60'


@pytest.mark.django_db
def test_what_is_refused_is_not_done(ten, as_, cast):
    me = as_(cast.learner)
    for _ in range(10):
        me.get(ME)
    assert me.patch(ME, {"name": "Anew"}).status_code == 429
    cast.learner.refresh_from_db()
    assert cast.learner.name == "Lin Learner"


@pytest.mark.django_db
def test_another_person_has_a_limit_of_their_own(ten, as_, cast):
    me = as_(cast.learner)
    for _ in range(11):
        me.get(ME)
    assert as_(cast.learner).get(ME).status_code == 429  # on another device, too
    assert as_(cast.mentor).get(ME).status_code == 200


@pytest.mark.django_db
def test_who_is_not_signed_in_counts_by_address(settings, as_):
    settings.ANONYMOUS_REQUESTS_A_MINUTE = 3
    here, there = f"2001:db8::{new_id()[-4:]}", f"2001:db8:1::{new_id()[-4:]}"
    answers = [as_(None).get("/api/v1/pathways", REMOTE_ADDR=here) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0]["RateLimit-Policy"] == '"address";q=3;w=60'
    assert as_(None).get("/api/v1/pathways", REMOTE_ADDR=there).status_code == 200


@pytest.mark.django_db
def test_no_limit_says_nothing(as_, cast):
    assert "RateLimit" not in as_(cast.learner).get(ME)


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_do_not_slip_through_together(ten, as_, cast):
    answers = at_once(*(lambda: as_(cast.learner).get(ME) for _ in range(26)))
    assert sum(answer.status_code == 200 for answer in answers) == 10


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    quota=st.integers(1, 30),
    waits=st.lists(st.integers(0, 30_000), min_size=1, max_size=60),
)
def test_never_more_than_the_quota_and_what_came_back(quota, waits):
    """GCRA's promise: in any stretch of time, at most the quota and what comes back in it."""
    limit, asker, now, allowed = Limit("test", quota), new_id(), NOW, []
    for wait in waits:
        now += timedelta(milliseconds=wait)
        standing = ask(limit, asker, now=now)
        assert standing.allowed or standing.remaining == 0
        assert timedelta(0) <= standing.full_in <= WINDOW
        if standing.allowed:
            allowed.append(now)
        else:
            assert ask(limit, new_id(), now=now).allowed
    for first, begin in enumerate(allowed):
        for last in range(first, len(allowed)):
            back = (allowed[last] - begin) / limit.interval
            assert last - first + 1 <= quota + back + 1e-6


def test_it_is_allowed_again_exactly_when_it_said():
    limit, asker = Limit("test", 4), new_id()
    for _ in range(4):
        assert ask(limit, asker, now=NOW).allowed
    refused = ask(limit, asker, now=NOW + SECOND)
    assert (refused.allowed, refused.retry_in) == (False, 14 * SECOND)
    again = NOW + SECOND + refused.retry_in
    assert not ask(limit, asker, now=again - timedelta(microseconds=1)).allowed
    assert ask(limit, asker, now=again).allowed


def test_a_clock_that_ran_ahead_locks_nobody_out():
    limit, asker = Limit("test", 1), new_id()
    assert ask(limit, asker, now=NOW + timedelta(hours=1)).allowed
    assert ask(limit, asker, now=NOW).allowed


@pytest.mark.django_db
def test_without_redis_nobody_is_limited_and_it_is_not_asked_each_time(ten, as_, cast, monkeypatch):
    asked = []

    def away(**_):
        asked.append(1)
        raise RedisTimeout

    monkeypatch.setattr(throttling, "_script", lambda: away)
    monkeypatch.setattr(throttling._Redis, "away_until", 0.0)
    answers = [as_(cast.learner).get(ME) for _ in range(12)]
    assert {answer.status_code for answer in answers} == {200}
    assert all("RateLimit" not in answer for answer in answers)
    assert len(asked) == 1
