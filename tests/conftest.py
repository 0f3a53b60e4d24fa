"""The cast, and ways to talk to the API."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import hypothesis
import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from progress.models import Cohort, Enrollment
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
)

# Neither a deadline nor a limit on making examples: the machine is shared with other tests.
hypothesis.settings.register_profile(
    "shared-machine",
    deadline=None,
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("shared-machine")


@dataclass(frozen=True)
class Cast:
    """Everybody who may turn up. The stranger is a learner of the same pathway."""

    learner: User
    mentor: User
    stranger: User
    other_mentor: User
    coordinator: User
    admin: User
    enrollment: Enrollment
    cohort: Cohort


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of this run; at its end, whoever still holds a connection is sent away.

    A thread of a test that ended a moment ago may not have hung up yet, and PostgreSQL drops no
    database that somebody uses.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def cast(db: None) -> Cast:
    """A learner with a mentor, in a cohort; a stranger with another mentor; an admin."""
    learner, mentor = make_person("Lin Learner"), make_person("Mo Mentor")
    stranger, other_mentor = make_person("Sam Stranger"), make_person("Olu Othermentor")
    make_mentorship(mentor, learner)
    make_mentorship(other_mentor, stranger)
    make_enrollment(stranger)
    coordinator, enrollment = make_person("Cleo Coordinator"), make_enrollment(learner)
    cohort = make_cohort(coordinator)
    make_member(cohort, learner, "learner")
    return Cast(
        learner=learner,
        mentor=mentor,
        stranger=stranger,
        other_mentor=other_mentor,
        admin=make_person("Ann Admin", is_staff=True),
        enrollment=enrollment,
        coordinator=coordinator,
        cohort=cohort,
    )


@pytest.fixture
def as_() -> Callable[[User | None], APIClient]:
    """Return a function: a client signed in as a person, or as nobody."""

    def sign_in(person: User | None) -> APIClient:
        client = APIClient()
        if person is not None:
            client.force_login(person)
        return client

    return sign_in
