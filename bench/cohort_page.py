"""What the report of a large cohort costs.

    .venv/bin/python -m bench.cohort_page

1,000 learners on the built-in pathway with 100 log entries, 12 milestones begun and 4 rounds each,
10 mentors, every tenth learner paused. Prints what 40 requests through the whole API take, and what
the evaluator alone would take for as many learners.
"""

import datetime as dt
import random
import time
from typing import Any

from bench.installation import installation, machine, vacuumed
from bench.timing import statements, times

LEARNERS, ENTRIES, MILESTONES, ROUNDS, MENTORS = 1_000, 100, 12, 4, 10
RUNS = 40


def main() -> None:
    """Fill an installation and print the figures."""
    with installation():
        from django.conf import settings  # noqa: PLC0415 (needs the installation)

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        cohort, coordinator = _fill()
        from backend import wsgi  # noqa: F401, PLC0415 (as the web process: see its last lines)

        print(f"{machine()}; {LEARNERS} learners, {LEARNERS * ENTRIES} log entries")
        for name in ("progress", "progress.csv"):
            _measure(f"/api/v1/cohorts/{cohort.pk}/{name}", coordinator)
        _evaluator(cohort)


def _measure(url: str, person: Any) -> None:
    from rest_framework.test import APIClient  # noqa: PLC0415

    client = APIClient()
    client.force_login(person)

    def ask() -> int:
        response = client.get(url)
        if response.status_code != 200:  # noqa: PLR2004
            raise SystemExit(f"{url} answered {response.status_code}")
        return len(b"".join(response))

    name = url.rsplit("/", 1)[1]
    print(f"{name:14} {times(ask, runs=RUNS)}; {statements(ask)}; {ask()} bytes")


def _evaluator(cohort: Any) -> None:
    from progress.compiled import compiled  # noqa: PLC0415
    from progress.models import Enrollment, MilestoneProgress  # noqa: PLC0415
    from progress.rules import evaluate  # noqa: PLC0415
    from progress.standing import states_of  # noqa: PLC0415

    by_enrollment: dict[Any, list[Any]] = {}
    for row in MilestoneProgress.objects.all():
        by_enrollment.setdefault(row.enrollment_id, []).append(row)
    enrollments = list(Enrollment.objects.filter(pathway=cohort.pathway_id))
    start = time.perf_counter()
    for one in enrollments:
        evaluate(compiled(one), one.track, states_of(by_enrollment.get(one.pk, [])))
    took = (time.perf_counter() - start) * 1000
    print(f"{'evaluate()':14} {took:6.1f} ms for all, without reading what it needs")


def _fill() -> tuple[Any, Any]:
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from backend.ids import uuid7  # noqa: PLC0415
    from progress.commands.create_cohort import create_cohort  # noqa: PLC0415
    from progress.compiled import compiled_edition  # noqa: PLC0415
    from progress.models import (  # noqa: PLC0415
        CohortMember,
        Edition,
        Enrollment,
        LogEntry,
        MilestoneProgress,
        Pause,
        Submission,
    )

    chance, now = random.Random(5), timezone.now()
    edition = Edition.objects.get(pathway__slug="machine-learning-engineer", number=1)
    document = compiled_edition(edition.pk).document
    keys = [one.key for one in document.milestones if one.is_on(document.tracks[0].key)]
    day = dt.timedelta(days=1)

    def person(name: str) -> User:
        return User(pk=uuid7(), email=f"{uuid7()}@example.org", name=name)

    coordinator = User.objects.create_user("coordinator@example.org", None, name="Coordinator")
    cohort = create_cohort(
        person=coordinator,
        name="Large",
        pathway=edition.pathway,
        starts_on=now.date() - 180 * day,
        ends_on=now.date() + 180 * day,
        now=now,
    )
    mentors = User.objects.bulk_create(person(f"Mentor {n}") for n in range(MENTORS))
    learners = User.objects.bulk_create(person(f"Learner {n}") for n in range(LEARNERS))
    CohortMember.objects.bulk_create(
        CohortMember(cohort=cohort, person=who, part=part, joined_at=now)
        for part, people in (("mentor", mentors), ("learner", learners))
        for who in people
    )
    enrollments = Enrollment.objects.bulk_create(
        Enrollment(
            learner=who,
            pathway=edition.pathway,
            edition=edition,
            track=document.tracks[0].key,
            role=document.roles[0].key,
            weekly_minutes=360,
            target_date=now.date() + chance.choice([200, 400, 900]) * day,
            started_at=now - chance.randrange(3, 200) * day,
        )
        for who in learners
    )
    MilestoneProgress.objects.bulk_create(
        MilestoneProgress(
            enrollment=one,
            milestone_key=key,
            work=chance.choice(["doing", "done"]),
            work_changed_at=now - 40 * day,
            verification=chance.choice(["none", "approved", "waiting", "changes_requested"]),
            verification_changed_at=now - 10 * day,
        )
        for one in enrollments
        for key in chance.sample(keys, MILESTONES)
    )
    LogEntry.objects.bulk_create(
        (
            LogEntry(
                id=uuid7(),
                enrollment=one,
                milestone_key=chance.choice(keys),
                day=now.date() - chance.randrange(0, 200) * day,
                time_zone="UTC",
                minutes=chance.randrange(10, 180),
                created_at=now,
            )
            for one in enrollments
            for _ in range(ENTRIES)
        ),
        batch_size=5_000,
    )
    Submission.objects.bulk_create(
        Submission(
            enrollment=one,
            milestone_key=key,
            round=1,
            submitted_at=now - 20 * day,
            **(
                {"state": "waiting"}
                if n == 0
                else {
                    "state": chance.choice(["approved", "changes_requested"]),
                    "decided_at": now - chance.randrange(1, 19) * day,
                    "decided_by": chance.choice(mentors),
                }
            ),
        )
        for one in enrollments
        for n, key in enumerate(chance.sample(keys, ROUNDS))
    )
    Pause.objects.bulk_create(
        Pause(enrollment=one, starts_on=now.date() - day, created_at=now, changed_at=now)
        for one in enrollments[::10]
    )
    vacuumed("progress_logentry")
    return cohort, coordinator


if __name__ == "__main__":
    main()
