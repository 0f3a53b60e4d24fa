"""Conversations on milestones, and the comments that mentors keep."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, no_content, valid
from progress.api.serializers.comments import (
    CommentInput,
    CommentOutput,
    SavedCommentChangeInput,
    SavedCommentInput,
    SavedCommentOutput,
)
from progress.commands.change_saved_comment import change_saved_comment
from progress.commands.keep_comment import keep_comment
from progress.commands.remove_saved_comment import remove_saved_comment
from progress.commands.withdraw_comment import withdraw_comment
from progress.commands.write_comment import write_comment
from progress.models import Comment, Enrollment, SavedComment
from progress.queries.conversation import Conversation, conversation
from progress.reviewing import Turn


class ConversationPages(Pages):
    """Pages of comments, the newest first, that also say whose turn it is."""

    ordering = ("-created_at", "-id")  # type: ignore[assignment]  # the stubs know only one field
    turn = Turn.NOBODY
    withheld = 0

    def get_paginated_response(self, data: Any) -> Response:
        """Return a page with `turn` and `withheld`."""
        response = super().get_paginated_response(data)
        response.data["turn"] = self.turn.value
        response.data["withheld"] = self.withheld
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page with `turn` and `withheld`."""
        page = super().get_paginated_response_schema(schema)
        page["properties"]["turn"] = {"type": "string", "enum": [turn.value for turn in Turn]}
        page["properties"]["withheld"] = {
            "type": "integer",
            "description": (
                "How many comments one does not see yet, because one may give a second opinion."
            ),
        }
        page["required"] = [*page["required"], "turn", "withheld"]
        return page


class CommentListView(ScopedView[Enrollment]):
    """The conversation on a milestone."""

    scopes = {"GET": "reviews:read", "POST": "reviews:write"}
    pagination_class = ConversationPages

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        return Enrollment.objects.with_names().visible_to(self.person)

    def thread(self, key: str) -> Conversation:
        """Return the conversation; raise Http404 for a milestone that is not on the way."""
        try:
            return conversation(self.get_object(), key, person=self.person)
        except KeyError as exc:
            raise Http404 from exc

    @extend_schema(operation_id="comments_list", responses=CommentOutput(many=True), filters=False)
    def get(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """List what was said, the newest first, and whose turn it is."""
        thread = self.thread(key)
        pages = ConversationPages()
        pages.turn, pages.withheld = thread.turn, thread.withheld
        found = pages.paginate_queryset(thread.comments, request, view=self) or []
        output = CommentOutput(found, many=True, context={"person": self.person})
        return pages.get_paginated_response(output.data)

    @extend_schema(
        operation_id="comments_create",
        request=CommentInput,
        responses={200: CommentOutput, 201: CommentOutput},
    )
    def post(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Say something to the others. Sending the same id again writes nothing twice."""
        thread = self.thread(key)
        data = valid(CommentInput(data=request.data))
        comment, new = write_comment(
            person=self.person,
            enrollment=thread.enrollment,
            milestone_key=thread.milestone.key,
            comment_id=data["id"],
            body=data["body"],
            now=self.now,
        )
        output = CommentOutput(comment, context={"person": self.person})
        return Response(output.data, status=201 if new else 200)


class CommentView(ScopedView[Comment]):
    """One comment."""

    scopes = {"DELETE": "reviews:write"}

    def rows(self) -> QuerySet[Comment]:
        """One's own."""
        rows = Comment.objects.written_by(self.person)
        return rows.select_related("author", "enrollment")

    @extend_schema(operation_id="comments_withdraw", responses={200: CommentOutput})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Take one's words back, within an hour; that something was said stays."""
        comment = self.get_object()
        withdraw_comment(person=self.person, comment=comment, now=self.now)
        return Response(CommentOutput(comment, context={"person": self.person}).data)


class _SavedBase(ScopedView[SavedComment]):
    scopes = {}

    def rows(self) -> QuerySet[SavedComment]:
        """Read: one's own, and those of cohorts one mentors. Write: one's own."""
        rows = SavedComment.objects.select_related("owner")
        reads = self.request.method == "GET"
        return rows.usable_by(self.person) if reads else rows.owned_by(self.person)


class SavedCommentListView(_SavedBase):
    """What a mentor keeps to say it again."""

    scopes = {"GET": "reviews:read", "POST": "reviews:write"}
    pagination_class = Pages

    @extend_schema(operation_id="saved_comments_list", responses=SavedCommentOutput(many=True))
    def get(self, request: Request) -> Response:
        """List one's saved comments, and those of cohorts one mentors, by title."""
        return self.page(
            self.rows(), SavedCommentOutput, ordering=("title", "id"), person=self.person
        )

    @extend_schema(
        operation_id="saved_comments_create",
        request=SavedCommentInput,
        responses={201: SavedCommentOutput},
    )
    def post(self, request: Request) -> Response:
        """Keep a comment."""
        data = valid(SavedCommentInput(data=request.data))
        saved = keep_comment(person=self.person, now=self.now, **data)
        return Response(SavedCommentOutput(saved, context={"person": self.person}).data, status=201)


class SavedCommentView(_SavedBase):
    """One of them."""

    scopes = {"PATCH": "reviews:write", "DELETE": "reviews:write"}

    @extend_schema(
        operation_id="saved_comments_update",
        request=SavedCommentChangeInput,
        responses=SavedCommentOutput,
    )
    def patch(self, request: Request, id: uuid.UUID) -> Response:
        """Change its title or its text."""
        saved = self.get_object()
        changes = valid(SavedCommentChangeInput(data=request.data, partial=True))
        change_saved_comment(saved_comment=saved, changes=changes, now=self.now)
        return Response(SavedCommentOutput(saved, context={"person": self.person}).data)

    @extend_schema(operation_id="saved_comments_delete", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Remove it."""
        remove_saved_comment(saved_comment=self.get_object())
        return no_content()
