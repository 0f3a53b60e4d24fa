"""Change a cohort's name or dates."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from progress.commands.cohort_guards import (
    check_cohort_dates,
    require_coordinator,
    require_open_cohort,
)
from progress.models import Cohort


def change_cohort(
    *,
    person: User,
    cohort: Cohort,
    changes: dict[str, Any],
    now: datetime,  # noqa: ARG001 (every command is told)
) -> Cohort:
    """Store any of name, starts_on and ends_on; return the cohort.

    Raises NotTheCoordinator, CohortEnded, CohortEndsBeforeItStarts.
    """
    require_coordinator(person, cohort)
    with transaction.atomic():
        cohort.hold()
        require_open_cohort(cohort)
        cohort.refresh_from_db(fields=["name", "starts_on", "ends_on"])
        for name, value in changes.items():
            setattr(cohort, name, value)
        check_cohort_dates(cohort.starts_on, cohort.ends_on)
        cohort.save(update_fields=list(changes))
    return cohort
