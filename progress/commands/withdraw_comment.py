"""Take one's own comment back."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Forbidden
from progress.models import Comment


class NotYourComment(Forbidden):
    """Words are their author's."""

    code = "not-your-comment"
    title = gettext_lazy("Only who wrote it can take it back")


class TooLateToWithdraw(Conflict):
    """It has been read and answered by now; what was said stays said."""

    code = "too-late-to-withdraw"
    title = gettext_lazy("It can't be taken back any more")


def withdraw_comment(*, person: User, comment: Comment, now: datetime) -> None:
    """Take the words back; that there were some stays. Doing it again changes nothing.

    Raises NotYourComment, TooLateToWithdraw.
    """
    if comment.author_id != person.pk:
        raise NotYourComment
    comment.withdraw(now=now)
    comment.refresh_from_db()
    if comment.withdrawn_at is None:
        raise TooLateToWithdraw(_("A comment can be taken back within an hour. Write another one."))
