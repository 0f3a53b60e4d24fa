"""People and things for tests: each call makes new ones, and needs nothing that came before."""

import datetime as dt
import itertools
from functools import cache
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from uuid_utils.compat import uuid7

import progress
from accounts.models import User
from progress.commands.create_cohort import create_cohort
from progress.commands.enroll import enroll
from progress.commands.load_pathway import load_pathway
from progress.document import Document, parse_yaml
from progress.models import Cohort, CohortMember, Edition, Enrollment, Mentorship
from progress.reviewing import Score, Scored

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
PASSWORD = "a-long-passphrase"
MLE = "machine-learning-engineer"
_numbers = itertools.count(1)


def make_person(name: str = "Ada Lovelace", **fields: Any) -> User:
    """A person with a verified address."""
    address = f"person{next(_numbers)}@example.org"
    person = User.objects.create_user(address, PASSWORD, name=name, **fields)
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


@cache
def document(slug: str = MLE) -> Document:
    """A built-in pathway's document."""
    folder = Path(progress.__file__).parent / "pathways"
    return parse_yaml((folder / f"{slug}.yaml").read_bytes())


def make_edition(slug: str = MLE) -> Edition:
    """The built-in pathway, published."""
    return load_pathway(document=document(slug), now=NOW)[0]


def make_enrollment(
    learner: User | None = None, *, now: dt.datetime = NOW, **fields: Any
) -> Enrollment:
    """A learner on the built-in pathway."""
    fields = {
        "track": "ai-and-machine-learning",
        "role": "machine-learning-engineer",
        "target_date": None,
        "weekly_minutes": 360,
        **fields,
    }
    learner = learner or make_person("Lin Learner")
    return enroll(person=learner, pathway=make_edition().pathway, now=now, **fields)


def make_mentorship(mentor: User, learner: User) -> Mentorship:
    """`mentor` mentors `learner`."""
    return Mentorship.objects.create(mentor=mentor, learner=learner, started_at=NOW)


def make_cohort(coordinator: User | None = None, **fields: Any) -> Cohort:
    """A cohort on the built-in pathway, with one coordinator."""
    fields = {
        "name": "Autumn 2026",
        "pathway": make_edition().pathway,
        "starts_on": dt.date(2026, 9, 1),
        "ends_on": dt.date(2027, 2, 28),
        **fields,
    }
    return create_cohort(person=coordinator or make_person("Coordinator"), now=NOW, **fields)


def make_member(cohort: Cohort, person: User, part: str) -> CohortMember:
    """`person` is in `cohort`."""
    return CohortMember.objects.create(cohort=cohort, person=person, part=part, joined_at=NOW)


def full_scores(key: str, score: Score = Score.MEETS) -> list[Scored]:
    """Every criterion of a milestone of the built-in pathway, with one score."""
    milestone = next(one for one in document().milestones if one.key == key)
    return [Scored(criterion.key, score, "") for criterion in milestone.rubric]


def approval(key: str, feedback: str = "Well done.", **more: Any) -> dict[str, Any]:
    """The body of an approval, with every criterion scored."""
    scores = [{"criterion": one.criterion, "score": int(one.score)} for one in full_scores(key)]
    return {"outcome": "approved", "feedback": feedback, "scores": scores, **more}


def changes(*texts: str, feedback: str = "", **more: Any) -> dict[str, Any]:
    """The body of a request for changes, an item for each text."""
    items = [{"text": text} for text in texts or ("More tests.",)]
    return {
        "outcome": "changes_requested",
        "feedback": feedback,
        "change_requests": items,
        **more,
    }


def new_id() -> str:
    """An id as a client makes it."""
    return str(uuid7())


def new_entry(enrollment: Enrollment, **more: Any) -> dict[str, Any]:
    """The body that logs 45 minutes on the day of NOW."""
    return {
        "id": new_id(),
        "enrollment_id": str(enrollment.pk),
        "milestone_key": "python-programming",
        "day": "2026-11-22",
        "minutes": 45,
        "note": "",
        **more,
    }
