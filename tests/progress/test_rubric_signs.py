"""What second opinions tell the author of a pathway."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.models import Pathway
from tests.factories import MLE, approval, changes, make_enrollment, make_mentorship, make_person
from tests.progress.opinions import ask, decided, give, second_mentor
from tests.progress.test_reviewing import KEY, SUBMISSIONS, clock, submit

__all__ = ["clock"]  # a fixture
pytestmark = pytest.mark.django_db
SIGNS = f"/api/v1/pathways/{MLE}/second-opinions"


@pytest.fixture
def author(cast):
    """Who wrote the pathway."""
    author = make_person("Ari Author")
    Pathway.objects.filter(slug=MLE).update(owner=author)
    return author


def scored(**scores):
    return [{"criterion": key, "score": score, "reason": "So."} for key, score in scores.items()]


def test_disagreements_by_milestone_edition_and_criterion(as_, cast, author, clock):
    ana = second_mentor(cast)
    client = as_(author)
    assert client.get(SIGNS).json() == {"milestones": []}
    url = decided(as_, cast, changes(scores=scored(readable=2, repeatable=0)))
    ask(as_(cast.learner), url)
    assert client.get(SIGNS).json() == {"milestones": []}  # nothing was given yet
    give(as_(ana), url)  # all of it meets the criteria
    other = make_enrollment(make_person("Another"))
    make_mentorship(cast.mentor, other.learner)
    make_mentorship(ana, other.learner)
    them = as_(cast.mentor)
    second = f"{SUBMISSIONS}/{submit(as_(other.learner), other).json()['id']}"
    them.put(f"{second}/claim")
    them.post(f"{second}/decision", approval(KEY))
    ask(as_(other.learner), second)
    give(as_(ana), second)
    assert client.get(SIGNS).json() == {
        "milestones": [
            {
                "edition": 1,
                "milestone": {"key": KEY, "title": "Programming in Python"},
                "given": 2,
                "differed": 1,
                "criteria": [
                    {
                        "criterion": {"key": "repeatable", "title": "Runs again"},
                        "both": 2,
                        "differed": 1,
                        "gap": 1.0,
                    },
                    {
                        "criterion": {"key": "frameworks", "title": "Both frameworks understood"},
                        "both": 1,
                        "differed": 0,
                        "gap": 0.0,
                    },
                    {
                        "criterion": {"key": "readable", "title": "Readable code"},
                        "both": 2,
                        "differed": 0,
                        "gap": 0.0,
                    },
                ],
            }
        ]
    }
    with CaptureQueriesContext(connection) as queries:
        client.get(SIGNS)
    assert len(queries) == 2 + 2  # the session and the person, the pathway and its opinions


def test_it_is_for_its_authors(as_, cast, author):
    pathway = Pathway.objects.get(slug=MLE)
    co_author = make_person("Co Author")
    pathway.co_authors.add(co_author)
    for person in (author, co_author, cast.admin):
        assert as_(person).get(SIGNS).status_code == 200
    for person in (cast.learner, cast.mentor, cast.coordinator):
        assert as_(person).get(SIGNS).status_code == 404
    assert as_(None).get(SIGNS).status_code == 401
