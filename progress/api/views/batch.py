"""Many commands at once, for devices that were away."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.problems import problem_of
from backend.api.views import ScopedView, find, valid
from progress.api.serializers.batch import BatchInput, BatchOutput, read_command
from progress.api.views.work import source_of
from progress.commands.apply_batch import Answer, Outcome, apply_batch
from progress.logbook import Said
from progress.logbook.said import SaidEvidence
from progress.models import Enrollment


class BatchView(ScopedView[Enrollment]):
    """Up to 100 commands of a learner's device, in one request."""

    scopes = {"POST": "progress:write"}

    @extend_schema(
        operation_id="log_entries_batch", request=BatchInput, responses={200: BatchOutput}
    )
    def post(self, request: Request) -> Response:
        """Log, void, add evidence and move work states; each is answered by itself.

        Safe to send any number of times, in any order and in other batches: a command is known by
        its id. One that is refused stores nothing and holds up none of the others.
        """
        data = valid(BatchInput(data=request.data))
        rows = Enrollment.objects.with_names().owned_by(self.person)
        enrollment = find(rows, id=data["enrollment_id"])
        source = source_of(request)
        said: dict[int, Said | SaidEvidence] = {}
        malformed: dict[int, Any] = {}
        for index, raw in enumerate(data["commands"]):
            try:
                said[index] = read_command(raw, source=source, now=self.now)
            except ValidationError as exc:
                malformed[index] = problem_of(exc)
        answers = apply_batch(
            person=self.person, enrollment=enrollment, said=list(said.values()), now=self.now
        )
        found = {**malformed, **dict(zip(said, map(_problem, answers), strict=True))}
        outcomes = dict(zip(said, (answer.outcome for answer in answers), strict=True))
        results = [
            {
                "id": said[index].id if index in said else None,
                "outcome": outcomes.get(index, Outcome.REFUSED).value,
                "problem": found[index],
            }
            for index in range(len(data["commands"]))
        ]
        return Response(BatchOutput({"results": results}).data)


def _problem(answer: Answer) -> Any:
    return problem_of(answer.refusal) if answer.refusal else None
