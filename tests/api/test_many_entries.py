"""A long log costs no more queries than a short one."""

import datetime as dt

import pytest

from progress.models import LogEntry
from tests.api.test_query_counts import count
from tests.factories import NOW, new_id

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["map", "milestones/python-programming"])
def test_ten_entries_cost_as_many_queries_as_ten_thousand(path, cast, as_):
    client, url = as_(cast.learner), f"/api/v1/enrollments/{cast.enrollment.pk}/{path}"

    def log(number):
        LogEntry.objects.bulk_create(
            LogEntry(
                id=new_id(),
                enrollment=cast.enrollment,
                milestone_key="python-programming",
                day=NOW.date() - dt.timedelta(days=nth % 30),
                time_zone="UTC",
                minutes=1,
                created_at=NOW,
            )
            for nth in range(number)
        )

    log(10)
    few = count(client, url)
    log(9_990)
    assert count(client, url) == few
