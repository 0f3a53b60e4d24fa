"""Review drafts."""

import uuid

from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, no_content, valid
from progress.api.serializers.comments import CommentInput, CommentOutput
from progress.api.serializers.drafts import ReviewDraftInput, ReviewDraftOutput, as_content
from progress.commands.discard_review_draft import discard_review_draft
from progress.commands.hand_over_draft import hand_over_draft
from progress.commands.save_review_draft import DraftChanged, save_review_draft
from progress.models import ReviewDraft, Submission

MINE_FIRST = "-is_mine"


class DraftView(ScopedView[Submission]):
    """One's draft of a review."""

    scopes = {"GET": "reviews:read", "PUT": "reviews:write", "DELETE": "reviews:write"}

    def rows(self) -> QuerySet[Submission]:
        """Submissions for which one may write a review."""
        return Submission.objects.with_names().draftable_by(self.person)

    def drafts(self, submission_id: uuid.UUID) -> QuerySet[ReviewDraft]:
        """Drafts that one may read; an admin, who reads all, sees their own or the newest first."""
        rows = ReviewDraft.objects.readable_by(self.person).filter(submission_id=submission_id)
        mine = Case(
            When(mentor=self.person, then=Value(value=True)),
            default=Value(value=False),
            output_field=BooleanField(),
        )
        rows = rows.select_related("mentor", "submission__enrollment").annotate(is_mine=mine)
        return rows.order_by(MINE_FIRST, "-saved_at", "id")

    @extend_schema(operation_id="drafts_read", responses=ReviewDraftOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return one's draft, whatever became of the claim and the round."""
        draft = self.drafts(id).first()
        if draft is None:
            raise Http404
        return Response(ReviewDraftOutput(draft).data)

    @extend_schema(operation_id="drafts_put", request=ReviewDraftInput, responses=ReviewDraftOutput)
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Save the draft; a claim that one holds is extended. 409 `draft-changed`: see `current`.

        Send the version that was edited. If another device saved meanwhile, nothing is stored, and
        the problem has the newer draft in `current` (null if it was released or thrown away).
        """
        submission = self.get_object()
        data = valid(ReviewDraftInput(data=request.data))
        try:
            draft = save_review_draft(
                person=self.person,
                submission=submission,
                version=data["version"],
                content=as_content(data),
                now=self.now,
            )
        except DraftChanged as exc:
            exc.members = {"current": ReviewDraftOutput(exc.draft).data if exc.draft else None}
            raise
        return Response(ReviewDraftOutput(draft).data)

    @extend_schema(operation_id="drafts_delete", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Throw one's draft away."""
        discard_review_draft(person=self.person, submission=self.get_object())
        return no_content()


class HandoverView(ScopedView[Submission]):
    """A draft that becomes a comment."""

    scopes = {"POST": "reviews:write"}

    def rows(self) -> QuerySet[Submission]:
        """Submissions for which one may write a review."""
        return Submission.objects.with_names().draftable_by(self.person)

    @extend_schema(
        operation_id="drafts_hand_over",
        request=CommentInput,
        responses={200: CommentOutput, 201: CommentOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Write a comment and drop the draft, when the round is no longer one's to decide."""
        data = valid(CommentInput(data=request.data))
        comment, new = hand_over_draft(
            person=self.person,
            submission=self.get_object(),
            comment_id=data["id"],
            body=data["body"],
            now=self.now,
        )
        output = CommentOutput(comment, context={"person": self.person})
        return Response(output.data, status=201 if new else 200)
