"""Say something about a milestone."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Forbidden
from progress import events, outbox
from progress.commands.review_guards import mentors
from progress.models import Comment, Enrollment


class NotInThisConversation(Forbidden):
    """The conversation is between the learner and their mentors; others may only read it."""

    code = "not-in-this-conversation"
    title = gettext_lazy("Only the learner and their mentors write here")


class CommentIdTaken(Conflict):
    """The id belongs to a comment that says something else."""

    code = "comment-id-taken"
    title = gettext_lazy("This id belongs to another comment")


def write_comment(
    *,
    person: User,
    enrollment: Enrollment,
    milestone_key: str,
    comment_id: uuid.UUID,
    body: str,
    now: datetime,
) -> tuple[Comment, bool]:
    """Store a comment (Markdown); return it and whether it is new. Twice is harmless.

    Raises NotInThisConversation, CommentIdTaken.
    """
    if enrollment.learner_id != person.pk and not mentors(person, enrollment):
        raise NotInThisConversation(_("You can read it; you do not mentor this learner."))
    comment = Comment(
        id=comment_id,
        enrollment=enrollment,
        milestone_key=milestone_key,
        author=person,
        body=body,
        created_at=now,
    )
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
            outbox.record(
                events.Event(
                    type=events.COMMENT_WRITTEN,
                    occurred_at=now,
                    actor_id=person.pk,
                    subject_id=comment.pk,
                    enrollment_id=enrollment.pk,
                    data={"milestone": milestone_key},
                )
            )
    except IntegrityError as exc:
        known = Comment.objects.select_related("author").filter(pk=comment_id).first()
        said = ("enrollment_id", "milestone_key", "author_id", "body")
        if known is None or any(getattr(known, n) != getattr(comment, n) for n in said):
            raise CommentIdTaken(_("Make a new id for a new comment.")) from exc
        return known, False
    return comment, True
