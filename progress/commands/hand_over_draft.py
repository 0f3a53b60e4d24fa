"""Say as a comment what can't be released as a review."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress.commands.discard_review_draft import discard_review_draft
from progress.commands.review_guards import require_reviewer
from progress.commands.write_comment import write_comment
from progress.compiled import key_now
from progress.models import Comment, Submission


def hand_over_draft(
    *, person: User, submission: Submission, comment_id: uuid.UUID, body: str, now: datetime
) -> tuple[Comment, bool]:
    """Write `body` into the milestone's conversation and drop the draft, both or neither.

    Returns the comment and whether it is new. Raises OwnWork, NotTheirMentor, CommentIdTaken.
    """
    enrollment = submission.enrollment
    require_reviewer(person, submission)
    with transaction.atomic():
        comment, new = write_comment(
            person=person,
            enrollment=enrollment,
            milestone_key=key_now(enrollment, submission.milestone_key),
            comment_id=comment_id,
            body=body,
            now=now,
        )
        discard_review_draft(person=person, submission=submission)
    return comment, new
