"""The report of a cohort as rows of a table, one for each learner."""

from collections.abc import Iterator

from progress.queries.cohort_report import CohortReport, ReportedLearner
from progress.risk import said

COLUMNS = (
    "learner",
    "status",
    "stage",
    "percent",
    "milestones_complete",
    "hours_a_week",
    "planned_hours_a_week",
    "target_date",
    "days_silent",
    "waiting_for_review",
    "at_risk",
    "reasons",
    "suggestions",
)


def cohort_rows(report: CohortReport) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each learner, as COLUMNS name them; what is not known is None."""
    for learner in report.learners:
        yield (learner.person.display_name, learner.status, *_cells(learner))


def _cells(learner: ReportedLearner) -> tuple[object, ...]:
    if learner.known is None:
        return (None,) * (len(COLUMNS) - 2)
    facts, far = learner.known.facts, learner.known.measured
    words = [said(reason, today=facts.today) for reason in learner.reasons]
    return (
        learner.stage_title,
        far.percent,
        far.complete_count,
        _hours(learner.pace),
        _hours(learner.plan),
        facts.target_on,
        facts.silent_days,
        len(facts.waiting),
        "yes" if words else "no",
        " ".join(one.reason for one in words),
        " ".join(one.suggestion for one in words),
    )


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / 60, 1)
