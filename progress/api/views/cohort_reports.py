"""How a cohort is doing, as JSON and as CSV; and what of it concerns a learner themself."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView
from backend.csv_cells import MARK, written
from progress.api.serializers.cohort_reports import CohortReportOutput, RiskOutput, rendered
from progress.commands.cohort_guards import require_open_cohort
from progress.models import Cohort, Enrollment
from progress.pausing import local_day
from progress.queries.cohort_report import CohortReport, cohort_report, require_reader
from progress.queries.cohort_rows import COLUMNS, cohort_rows
from progress.queries.learner_risk import learner_risk


class _ReportBase(ScopedView[Cohort]):
    scopes = {}

    def rows(self) -> QuerySet[Cohort]:
        """Those that one is in, and those with a learner whom one mentors."""
        seen = Cohort.objects.visible_to(self.person)
        return seen | Cohort.objects.led_by(self.person)

    def report(self) -> CohortReport:
        """Return the report of the cohort in the URL; raise Http404, Forbidden, CohortEnded."""
        cohort = self.get_object()
        reader = require_reader(self.person, cohort)
        require_open_cohort(cohort)
        return cohort_report(cohort, reader=reader, now=self.now)


class CohortReportView(_ReportBase):
    """How a cohort is doing."""

    scopes = {"GET": "people:read"}

    @extend_schema(operation_id="cohort_progress", responses=CohortReportOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return who is where, at what pace, who may need help and why, and mentors' load.

        For its coordinators of everybody; for its mentors too, but of other mentors' load nothing;
        for a mentor of some of its learners of these.
        """
        return Response(CohortReportOutput(self.report()).data)


class CohortCsvView(_ReportBase):
    """The same as CSV, a row for each learner."""

    scopes = {"GET": "people:read"}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The address says the format, whatever `Accept` does."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        operation_id="cohort_progress_csv", responses={(200, "text/csv"): OpenApiTypes.STR}
    )
    def get(self, request: Request, id: uuid.UUID) -> StreamingHttpResponse:
        """Stream a row for every learner; cells can't be run by a spreadsheet."""
        report = self.report()

        def lines() -> Iterator[str]:
            yield MARK
            yield from written([COLUMNS])
            yield from written(cohort_rows(report))

        response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="waymark-cohort.csv"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class RiskView(ScopedView[Enrollment]):
    """Why a learner may be losing their way."""

    scopes = {"GET": "progress:read"}

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        return Enrollment.objects.with_names().visible_to(self.person)

    @extend_schema(operation_id="risk", responses=RiskOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return the reasons that mentors and coordinators see, in words for who asks."""
        enrollment = self.get_object()
        today = local_day(enrollment, self.now)
        mine = enrollment.learner_id == self.person.pk
        found = [
            rendered(reason, today=today, to_learner=mine)
            for reason in learner_risk(enrollment, person=self.person, now=self.now)
        ]
        return Response(RiskOutput({"reasons": found}).data)
