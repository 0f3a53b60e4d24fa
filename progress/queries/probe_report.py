"""How long a deployment was live."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from progress.checks.probe_days import is_live
from progress.document import Milestone, MilestoneKind
from progress.models import Enrollment
from progress.models.probe import Probe, ProbeDay

WINDOW_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class DayReport:
    """The checks of one local day."""

    day: date
    ok: int
    failed: int
    is_live: bool


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """A probe with its last 30 local days, oldest first; a day without checks is among them."""

    probe: Probe
    days: tuple[DayReport, ...]

    @property
    def live_days(self) -> int:
        """On how many of the days it was live."""
        return sum(day.is_live for day in self.days)

    @property
    def of_days(self) -> int:
        """How many days are looked at."""
        return len(self.days)


def probe_of(enrollment: Enrollment, milestone: Milestone, *, now: datetime) -> ProbeReport | None:
    """Return the probe of a milestone; only deployments have one (none, one or two queries)."""
    if milestone.kind is not MilestoneKind.DEPLOYMENT:
        return None
    return probe_report(enrollment, enrollment.keys_behind(milestone.key), now=now)


def probe_report(enrollment: Enrollment, keys: list[str], *, now: datetime) -> ProbeReport | None:
    """Return the probe stored under the first of `keys` that has one, or None (one or two queries).

    Needs the enrollment's learner loaded.
    """
    rows = {
        probe.milestone_key: probe
        for probe in Probe.objects.filter(enrollment=enrollment, milestone_key__in=keys)
    }
    probe = next((rows[key] for key in keys if key in rows), None)
    if probe is None:
        return None
    today = now.astimezone(ZoneInfo(enrollment.learner.time_zone)).date()
    first = today - timedelta(days=WINDOW_DAYS - 1)
    counted = {
        row.day: (row.ok, row.failed)
        for row in ProbeDay.objects.filter(probe=probe, day__gte=first)
    }
    days = []
    for number in range(WINDOW_DAYS):
        day = first + timedelta(days=number)
        ok, failed = counted.get(day, (0, 0))
        days.append(DayReport(day, ok, failed, is_live(ok, failed)))
    return ProbeReport(probe, tuple(days))
