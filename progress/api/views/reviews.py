"""Submissions, claims and decisions."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, find, valid
from progress.api.serializers.decisions import DecisionInput
from progress.api.serializers.submissions import (
    SubmissionInput,
    SubmissionOutput,
    SubmissionPageOutput,
)
from progress.commands.claim_submission import claim_submission
from progress.commands.decide_submission import decide_submission
from progress.commands.decision_guards import Asked, Settled
from progress.commands.release_claim import release_claim
from progress.commands.submit_milestone import submit_milestone
from progress.commands.withdraw_submission import withdraw_submission
from progress.models import Enrollment, Submission
from progress.queries.submission_page import submission_page
from progress.reviewing import Score, Scored
from progress.states import ChangeRequestState, SubmissionState
from progress.veil import veil_for


class EnrollmentFilter(serializers.Serializer[None]):
    """Of which enrollment."""

    enrollment = serializers.UUIDField(required=False)


def scored_in(data: dict[str, Any]) -> list[Scored]:
    """Return the scores of a valid decision."""
    return [Scored(**{**row, "score": Score(row["score"])}) for row in data["scores"]]


def asked_in(data: dict[str, Any]) -> list[Asked]:
    """Return what a valid decision asks for."""
    return [Asked(**row) for row in data["change_requests"]]


class RoundView(ScopedView[Submission]):
    """About one review round, or many."""

    scopes = {}

    def rows(self) -> QuerySet[Submission]:
        """Submissions that one may see."""
        return Submission.objects.with_names().visible_to(self.person)

    def answer(self, submission_id: uuid.UUID, status: int = 200) -> Response:
        """Return the submission as it is now."""
        submission = Submission.objects.with_names().get(pk=submission_id)
        page = submission_page(submission, person=self.person, now=self.now)
        context = {"person": self.person, "now": self.now}
        return Response(SubmissionPageOutput(page, context=context).data, status=status)


class SubmissionListView(RoundView):
    """Review rounds."""

    scopes = {"GET": "reviews:read", "POST": "reviews:write"}
    pagination_class = Pages
    filters = EnrollmentFilter

    @extend_schema(
        operation_id="submissions_list",
        parameters=[OpenApiParameter("enrollment", uuid.UUID, description="Only of this one.")],
        responses=SubmissionOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        """List submissions that one may see, the newest first."""
        rows = self.rows().filter(**valid(EnrollmentFilter(data=request.query_params)))
        return self.page(
            rows,
            SubmissionOutput,
            ordering=("-submitted_at", "id"),
            person=self.person,
            now=self.now,
            veil=veil_for(self.person),
        )

    @extend_schema(
        operation_id="submissions_create",
        request=SubmissionInput,
        responses={201: SubmissionPageOutput},
    )
    def post(self, request: Request) -> Response:
        """Submit a milestone for review."""
        data = valid(SubmissionInput(data=request.data))
        own = Enrollment.objects.with_names().owned_by(self.person)
        submission = submit_milestone(
            person=self.person,
            enrollment=find(own, id=data.pop("enrollment_id")),
            now=self.now,
            **data,
        )
        return self.answer(submission.pk, status=201)


class SubmissionView(RoundView):
    """One review round."""

    scopes = {"GET": "reviews:read"}

    @extend_schema(operation_id="submissions_read", responses=SubmissionPageOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return a submission with the rubric and the rounds before."""
        return self.answer(self.get_object().pk)


class WithdrawalView(RoundView):
    """That a learner takes a round back."""

    scopes = {"POST": "reviews:write"}

    def rows(self) -> QuerySet[Submission]:
        """One's own."""
        return Submission.objects.with_names().owned_by(self.person)

    @extend_schema(
        operation_id="submissions_withdraw", request=None, responses=SubmissionPageOutput
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Withdraw a waiting submission."""
        submission = self.get_object()
        withdraw_submission(person=self.person, submission=submission, now=self.now)
        return self.answer(submission.pk)


class ClaimView(RoundView):
    """A mentor's claim."""

    scopes = {"PUT": "reviews:write", "DELETE": "reviews:write"}

    @extend_schema(operation_id="claims_put", request=None, responses=SubmissionPageOutput)
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Take a submission to review it, or hold it longer."""
        submission = self.get_object()
        claim_submission(person=self.person, submission=submission, now=self.now)
        return self.answer(submission.pk)

    @extend_schema(
        operation_id="claims_delete", request=None, responses={200: SubmissionPageOutput}
    )
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Give it back to the queue."""
        submission = self.get_object()
        release_claim(person=self.person, submission=submission)
        return self.answer(submission.pk)


class DecisionView(RoundView):
    """A mentor's decision."""

    scopes = {"POST": "reviews:write"}

    @extend_schema(
        operation_id="decisions_create",
        request=DecisionInput,
        responses={201: SubmissionPageOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Approve, or request changes item by item. Needs a live claim; it can't be taken back."""
        submission = self.get_object()
        data = valid(DecisionInput(data=request.data))
        decide_submission(
            person=self.person,
            submission=submission,
            outcome=SubmissionState(data["outcome"]),
            feedback=data["feedback"],
            private_note=data["private_note"],
            scores=scored_in(data),
            asked=asked_in(data),
            settled=[
                Settled(row["id"], ChangeRequestState(row["state"])) for row in data["settled"]
            ],
            now=self.now,
        )
        return self.answer(submission.pk, status=201)
