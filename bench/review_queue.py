"""How long the review queue takes with 5,000 waiting submissions.

    .venv/bin/python -m bench.review_queue [--waiting 5000] [--runs 30]

Starts an installation of its own: as many learners as submissions, half of them mentored by one
person and all of them in a cohort whose mentor they are, with terms of their own; every learner has
20 log entries, some are paused. Asks for pages of 50 and for the counts through the whole of
Django, without a network, and prints what each took.
"""

import argparse
import datetime as dt

from bench.installation import installation, machine, vacuumed
from bench.rows import ENROLLMENTS, LEARNERS
from bench.timing import statements, times

MENTORSHIPS = """
    INSERT INTO progress_mentorship (id, mentor_id, learner_id, state, started_at)
    SELECT gen_random_uuid(), %s, u.id, 'active', now() FROM accounts_user u
    WHERE u.email LIKE 'bench%%0@example.org' OR u.email LIKE 'bench%%2@example.org'
       OR u.email LIKE 'bench%%4@example.org' OR u.email LIKE 'bench%%6@example.org'
       OR u.email LIKE 'bench%%8@example.org'
"""
MEMBERS = """
    INSERT INTO progress_cohortmember (id, cohort_id, person_id, part, joined_at)
    SELECT gen_random_uuid(), %s, u.id, 'learner', now()
    FROM accounts_user u WHERE u.email LIKE 'bench%%'
"""
ENTRIES = """
    INSERT INTO progress_logentry (id, enrollment_id, milestone_key, day, time_zone, minutes, note,
                                   source, at, created_at)
    SELECT gen_random_uuid(), e.id, 'data-analysis', current_date - n, 'UTC', 5, '', 'web',
           now(), now() - n * interval '1 day'
    FROM generate_series(1, 20) AS n, progress_enrollment e
    JOIN accounts_user u ON u.id = e.learner_id WHERE u.email LIKE 'bench%%'
"""
PAUSES = """
    INSERT INTO progress_pause (id, enrollment_id, starts_on, reason, created_at, changed_at)
    SELECT gen_random_uuid(), e.id, current_date - 3, '', now(), now()
    FROM progress_enrollment e JOIN accounts_user u ON u.id = e.learner_id
    WHERE u.email LIKE 'bench%%7@example.org'
"""
SUBMISSIONS = """
    INSERT INTO progress_submission (id, enrollment_id, milestone_key, milestone_kind, round, state,
                                     message, submitted_at, feedback, scores, private_note)
    SELECT gen_random_uuid(), e.id, 'python-programming', 'skill', 1, 'waiting', '',
           now() - random() * interval '40 days', '', '[]', ''
    FROM progress_enrollment e JOIN accounts_user u ON u.id = e.learner_id
    WHERE u.email LIKE 'bench%%'
"""
ASKED = (
    "review-queue",
    "review-queue?shelf=all",
    "review-queue?scope=mine",
    "review-queue?scope=cohort&waiting_for=3&kind=skill",
    "review-queue?shelf=resting",
    "review-queue/counts",
    "review-queue/counts?scope=mine&waiting_for=3",
)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--waiting", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=30)
    asked = parser.parse_args()
    with installation():
        _measure(asked.waiting, asked.runs)


def _measure(waiting: int, runs: int) -> None:
    from django.db import connection  # noqa: PLC0415 (needs the installation)
    from rest_framework.test import APIClient  # noqa: PLC0415

    from progress.models import MentorProfile  # noqa: PLC0415
    from tests.factories import (  # noqa: PLC0415
        make_cohort,
        make_enrollment,
        make_member,
        make_person,
    )

    now = dt.datetime.now(dt.UTC)
    pattern = make_enrollment(make_person("Pattern"), now=now - dt.timedelta(days=400))
    mentor, cohort = make_person("Mentor"), make_cohort()
    make_member(cohort, mentor, "mentor")
    MentorProfile.objects.create(
        person=mentor, weekly_capacity=20, kinds=["skill", "project"], changed_at=now
    )
    with connection.cursor() as cursor:
        cursor.execute(LEARNERS, [waiting])
        cursor.execute(ENROLLMENTS, [pattern.pk])
        cursor.execute(MENTORSHIPS, [mentor.pk])
        cursor.execute(MEMBERS, [cohort.pk])
        for statement in (ENTRIES, PAUSES, SUBMISSIONS):
            cursor.execute(statement)
    vacuumed("progress_logentry")
    from backend import wsgi  # noqa: F401, PLC0415 (as the web process: see its last lines)

    client = APIClient()
    client.force_login(mentor)
    print(f"{machine()}; {waiting:,} waiting submissions")
    for path in ASKED:

        def ask(path: str = path) -> None:
            response = client.get(f"/api/v1/{path}")
            if response.status_code != 200:  # noqa: PLR2004
                raise SystemExit(f"{path} answered {response.status_code}")

        print(f"{path:52} {times(ask, runs=runs)}; {statements(ask)}")


if __name__ == "__main__":
    main()
