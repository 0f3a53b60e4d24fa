"""Somebody wrote in a conversation → the others in it, once until they have looked."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.models import Delivery
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.compiled import key_now, milestone_of
from progress.models import Comment, Enrollment, OutboxEvent
from progress.queries.mentors import mentors_of
from progress.veil import veil_for

SHOWN = 5


class CommentWritten(Kind):
    """Says that there is something to read; what comes before it is read is folded into it."""

    name = "comment-written"
    occasion = gettext_lazy("Somebody wrote in a conversation of yours")
    event_type = events.COMMENT_WRITTEN
    topic = "conversation"
    people = ("author_id", "learner_id")

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the learner and their mentors, but who wrote it, and who may not see it yet."""
        comment = Comment.objects.select_related("enrollment__learner").get(pk=event.subject_id)
        enrollment = comment.enrollment
        key = comment.milestone_key
        data = {
            "author_id": str(comment.author_id),
            "learner_id": str(enrollment.learner_id),
            "enrollment_id": str(enrollment.pk),
            "milestone_key": key,
            "milestone_title": milestone_of(enrollment, key).title,
            "comment_ids": [str(comment.pk)],
        }
        for person in [enrollment.learner, *mentors_of(enrollment)]:
            if person.pk != comment.author_id and not _is_veiled(person, enrollment, key):
                mine = person.pk == enrollment.learner_id
                yield Telling(
                    person=person,
                    reason="own-milestone" if mine else "mentor-of-learner",
                    data={**data, "is_own": mine},
                    thread=f"{self.name}:{enrollment.pk}:{key}",
                )

    def fold(self, before: Data, new: Data) -> Data:
        """Return the data of all messages so far: each once, the newest last."""
        known = [pk for pk in before["comment_ids"] if pk not in new["comment_ids"]]
        return {**new, "comment_ids": [*known, *new["comment_ids"]]}

    def words(self, data: Data, names: Names) -> Words:
        """Say who wrote about what, or how many messages wait."""
        said = {
            "author": names[data["author_id"]],
            "learner": names[data["learner_id"]],
            "milestone": data["milestone_title"],
            "count": len(data["comment_ids"]),
        }
        title = _("%(author)s wrote about “%(milestone)s”")
        body = _("Read it in the conversation on the milestone.")
        if said["count"] > 1:
            title = _("%(count)s messages about “%(milestone)s”")
            body = _("The newest is from %(author)s.")
        reason = _("It is your milestone.") if data["is_own"] else _("You mentor %(learner)s.")
        return Words(
            title=title % said,
            body=body % said,
            reason=reason % said,
            url=f"/conversations/{data['enrollment_id']}/{data['milestone_key']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the newest messages that still stand, the oldest of them first."""
        rows = Comment.objects.filter(pk__in=data["comment_ids"], withdrawn_at=None)
        newest = rows.select_related("author").order_by("-created_at", "-id")[:SHOWN]
        return {"comments": list(reversed(newest))}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Drop it once it was read, or taken back, or the person is no longer part of it.

        And while they may not see it: a second opinion is asked of them.
        """
        told = delivery.notification
        if delivery.person is None or told is None:
            return Drop("nobody-to-tell")
        if told.read_at is not None:
            return Drop("read-already")
        if not Comment.objects.filter(pk__in=told.data["comment_ids"], withdrawn_at=None).exists():
            return Drop("taken-back")
        seen = Enrollment.objects.visible_to(delivery.person)
        if not seen.filter(pk=told.data["enrollment_id"]).exists():
            return Drop("no-longer-mentor")
        enrollment = Enrollment.objects.get(pk=told.data["enrollment_id"])
        if _is_veiled(delivery.person, enrollment, told.data["milestone_key"]):
            return Drop("second-opinion-asked")
        return Send()


def _is_veiled(person: User, enrollment: Enrollment, key: str) -> bool:
    """Whether what is said on the milestone might tell `person` of a decision they may not know."""
    return key_now(enrollment, key) in veil_for(person).keys(enrollment)
