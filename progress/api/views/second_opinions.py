"""Second opinions: asked for, claimed and given; and what they tell a pathway's authors."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, find, valid
from progress.api.serializers.decisions import SecondOpinionInput
from progress.api.serializers.rubric_signs import RubricSignsOutput
from progress.api.serializers.submissions import SubmissionPageOutput
from progress.api.views.reviews import RoundView, asked_in, scored_in
from progress.commands.ask_second_opinion import ask_second_opinion
from progress.commands.claim_second_opinion import claim_second_opinion
from progress.commands.give_second_opinion import give_second_opinion
from progress.commands.release_second_opinion import release_second_opinion
from progress.commands.withdraw_second_opinion import withdraw_second_opinion
from progress.models import Pathway
from progress.queries.rubric_signs import rubric_signs
from progress.states import SecondOpinionState


class QuestionView(RoundView):
    """The question for a second opinion."""

    scopes = {"POST": "reviews:write", "DELETE": "reviews:write"}

    @extend_schema(
        operation_id="second_opinions_ask", request=None, responses={201: SubmissionPageOutput}
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Ask another mentor to decide a decided round for themselves; once a round.

        The learner asks, or the mentor who decided. Until it is given, who could give it sees the
        round as if it still waited. An approval after a request for changes approves the
        milestone; an approval that was given stays.
        """
        submission = self.get_object()
        ask_second_opinion(person=self.person, submission=submission, now=self.now)
        return self.answer(submission.pk, status=201)

    @extend_schema(operation_id="second_opinions_withdraw", responses={200: SubmissionPageOutput})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Take one's question back, while nobody has answered it."""
        submission = self.get_object()
        withdraw_second_opinion(person=self.person, submission=submission, now=self.now)
        return self.answer(submission.pk)


class OpinionClaimView(RoundView):
    """A mentor's claim on a second opinion."""

    scopes = {"PUT": "reviews:write", "DELETE": "reviews:write"}

    @extend_schema(
        operation_id="second_opinions_claim", request=None, responses=SubmissionPageOutput
    )
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Take it to give it, or hold it longer."""
        submission = self.get_object()
        claim_second_opinion(person=self.person, submission=submission, now=self.now)
        return self.answer(submission.pk)

    @extend_schema(operation_id="second_opinions_release", responses={200: SubmissionPageOutput})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Give it back to the queue."""
        submission = self.get_object()
        release_second_opinion(person=self.person, submission=submission)
        return self.answer(submission.pk)


class OpinionDecisionView(RoundView):
    """A second mentor's decision."""

    scopes = {"POST": "reviews:write"}

    @extend_schema(
        operation_id="second_opinions_give",
        request=SecondOpinionInput,
        responses={201: SubmissionPageOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Decide the round for oneself. Needs a live claim; it can't be taken back."""
        submission = self.get_object()
        data = valid(SecondOpinionInput(data=request.data))
        give_second_opinion(
            person=self.person,
            submission=submission,
            outcome=SecondOpinionState(data["outcome"]),
            feedback=data["feedback"],
            private_note=data["private_note"],
            scores=scored_in(data),
            asked=asked_in(data),
            now=self.now,
        )
        return self.answer(submission.pk, status=201)


class RubricSignsView(ScopedView[Pathway]):
    """Where mentors disagree on a pathway's milestones."""

    scopes = {"GET": "pathways:write"}

    @extend_schema(operation_id="pathways_second_opinions", responses=RubricSignsOutput)
    def get(self, request: Request, slug: str) -> Response:
        """Return, to its authors, where second opinions were given and how many differed.

        By milestone and edition, with the criteria that two mentors scored apart: signs of an
        unclear rubric. Nobody is named.
        """
        pathway: Pathway = find(Pathway.objects.authored_by(self.person), slug=slug)
        return Response(RubricSignsOutput({"milestones": rubric_signs(pathway)}).data)
