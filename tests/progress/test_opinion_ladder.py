"""Who waits for a second opinion sees where it stands."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.models import Mentorship, Pause
from tests.factories import NOW, make_member, make_person
from tests.progress.opinions import ask, decided, give, second_mentor
from tests.progress.promises import promised
from tests.progress.test_reviewing import clock, submit

__all__ = ["clock"]  # a fixture
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast, clock):
    return second_mentor(cast)


@pytest.fixture
def url(as_, cast, ana):
    """A round decided at NOW, on which the learner asks at the same moment."""
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    return url


def waits(client, cast):
    return promised(client, cast.enrollment)["second_opinion"]


@pytest.mark.parametrize(
    ("days", "step", "following", "at"),
    [
        (0, None, "remind", "2026-11-25T12:00:00Z"),
        (3, "remind", "offer", "2026-11-27T12:00:00Z"),
        (5, "offer", "tell", "2026-12-02T12:00:00Z"),
        (8, "offer", "tell", "2026-12-02T12:00:00Z"),
        (10, "tell", None, None),
    ],
)
def test_it_stands_at_the_step_of_its_day(as_, cast, clock, url, days, step, following, at):
    clock.move_to(NOW + days * DAY)
    for person in (cast.learner, cast.mentor, cast.coordinator):
        assert waits(as_(person), cast) == {
            "asked_at": "2026-11-22T12:00:00Z",
            "mentors": 1,
            "ladder": {
                "days": days,
                "step": step,
                "next_step": following,
                "next_at": at,
                "held": False,
                "resting": False,
                "handed_to": None,
                "handed_at": None,
                "coordinators": 1,
            },
        }


def test_somebody_works_on_it(as_, cast, clock, ana, url):
    clock.move_to(NOW + 4 * DAY)
    as_(ana).put(f"{url}/second-opinion/claim")
    assert waits(as_(cast.learner), cast)["ladder"]["held"] is True
    clock.shift(2 * 3600)
    assert waits(as_(cast.learner), cast)["ladder"]["held"] is False


def test_while_the_learner_rests_nobody_is_told(as_, cast, clock, url):
    Pause.objects.create(
        enrollment=cast.enrollment, starts_on=NOW.date(), created_at=NOW, changed_at=NOW
    )
    clock.move_to(NOW + 11 * DAY)
    found = waits(as_(cast.learner), cast)["ladder"]
    assert (found["step"], found["next_step"], found["resting"]) == ("offer", None, True)


def test_who_may_give_it_is_counted(as_, cast, clock, ana, url):
    make_member(cast.cohort, make_person("Bo"), "mentor")
    assert waits(as_(cast.learner), cast)["mentors"] == 2
    cast.cohort.members.filter(part="mentor").update(left_at=NOW)
    mentorship = Mentorship.objects.get(mentor=ana)
    as_(ana).delete(f"/api/v1/mentorships/{mentorship.pk}")
    assert waits(as_(cast.learner), cast)["mentors"] == 0


@pytest.mark.parametrize("ending", ["given", "taken back", "next round"])
def test_what_has_ended_stands_nowhere(as_, cast, clock, ana, url, ending):
    me = as_(cast.learner)
    if ending == "given":
        give(as_(ana), url)
    elif ending == "taken back":
        me.delete(f"{url}/second-opinion")
    else:
        submit(me, cast.enrollment)
    assert waits(me, cast) is None


def test_it_takes_one_query_more(as_, cast, clock, url):
    me = as_(cast.learner)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            found = waits(me, cast)
        return found, len(queries)

    waits(me, cast)
    (found, waiting) = statements()
    assert found is not None
    me.delete(f"{url}/second-opinion")
    (found, without) = statements()
    assert found is None
    assert waiting - without == 1  # who coordinates
