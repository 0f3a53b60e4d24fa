"""What the report of a large cohort costs.

    .venv/bin/python -m bench.cohort_page

1,000 learners on the built-in pathway with 100 log entries, 12 milestones begun and 4 rounds each,
10 mentors, every tenth learner paused. Prints for 20 requests through the whole API their wall time
and the CPU time of this process (PostgreSQL's is not in it), in milliseconds, and their queries;
and what the evaluator alone would take for as many learners. With the load, for a machine that
others use as well tells little by its wall clock.
"""

import datetime as dt
import os
import random
import statistics
import time
from typing import Any

from bench.installation import installation, machine

LEARNERS, ENTRIES, MILESTONES, ROUNDS, MENTORS = 1_000, 100, 12, 4, 10


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
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from rest_framework.test import APIClient  # noqa: PLC0415

    client = APIClient()
    client.force_login(person)

    def ask() -> int:
        response = client.get(url)
        if response.status_code != 200:  # noqa: PLR2004
            raise SystemExit(f"{url} answered {response.status_code}")
        return len(b"".join(response))

    ask()
    took, worked = [], []
    for _ in range(20):
        start, at_work = time.perf_counter(), time.process_time()
        size = ask()
        took.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - at_work) * 1000)
    with CaptureQueriesContext(connection) as queries:
        ask()
    in_sql = sum(float(query["time"]) for query in queries) * 1000
    p95 = sorted(took)[round(0.95 * (len(took) - 1))]
    print(
        f"{url.rsplit('/', 1)[1]:14} least {min(took):4.0f}, median "
        f"{statistics.median(took):4.0f}, p95 {p95:4.0f} ms; CPU least {min(worked):4.0f}, median "
        f"{statistics.median(worked):4.0f} ms; {len(queries)} queries, {in_sql:.0f} ms in them; "
        f"{size} bytes; load {os.getloadavg()[0]:.1f}"
    )


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
    _vacuum()
    return cohort, coordinator


def _vacuum() -> None:
    """Leave the tables as autovacuum does, which may take two rounds.

    A page becomes all-visible only once nobody reads from before it was written, and autovacuum's
    own ANALYZE does for a moment after rows by the thousand. Until then an index is not enough.
    """
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        for _ in range(20):
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(
                "SELECT relallvisible >= relpages FROM pg_class WHERE relname = %s",
                ["progress_logentry"],
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(1)
    raise SystemExit("the log is not all-visible after 20 rounds of VACUUM")


if __name__ == "__main__":
    main()
