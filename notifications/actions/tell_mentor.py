"""Tell one's mentors that one is stuck."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Refused
from notifications.actions.action import Action, Done, Plan, Taking, is_about_a_milestone
from progress.commands.guards import require_milestone
from progress.commands.write_comment import write_comment
from progress.models import Enrollment
from progress.queries.mentors import mentors_of

LONGEST = 2000


class NobodyToTell(Conflict):
    """Nobody mentors the learner."""

    code = "nobody-to-tell"
    title = gettext_lazy("Nobody mentors you yet")


class WordsRefused(Refused):
    """They are too long for a note from a mail, or no text."""

    code = "words-refused"
    title = gettext_lazy("That is more than fits here")


class TellMentor(Action):
    """A message in the milestone's conversation: its mentors are told as of any other."""

    name = "stuck"

    def label(self) -> str:
        """Return the link's words."""
        return _("I’m stuck, tell my mentor")

    def fits(self, person: User, data: Mapping[str, Any]) -> bool:
        """Return whether there is a milestone, and somebody to tell (two queries)."""
        if not is_about_a_milestone(data):
            return False
        own = Enrollment.objects.filter(pk=data["enrollment_id"], learner=person).first()
        return own is not None and mentors_of(own).exists()

    def plan(self, taking: Taking) -> Plan:
        """Say who reads it; raise NobodyToTell, NoLongerPossible, NotOnTheWay."""
        said = _said(taking)
        return Plan(
            title=_("Tell your mentor that you’re stuck?"),
            body=_("%(mentors)s can read it in the conversation on “%(milestone)s”.") % said,
            button=_("Tell them"),
            asks=_("Where are you stuck? You can leave this empty."),
        )

    def take(self, taking: Taking) -> Done:
        """Write the message. Raises what `plan` raises, and WordsRefused."""
        said = _said(taking)
        enrollment = taking.enrollment()
        key = taking.milestone_key(enrollment)
        words = taking.words.replace("\r\n", "\n").strip()
        if len(words) > LONGEST or "\x00" in words:
            raise WordsRefused(
                _("At most %(count)s characters; the conversation takes more.") % {"count": LONGEST}
            )
        opening = _("I’m stuck here and would like your help.")
        write_comment(
            person=taking.person,
            enrollment=enrollment,
            milestone_key=key,
            comment_id=taking.id,
            body=f"{opening}\n\n{words}" if words else opening,
            now=taking.now,
        )
        return Done(
            title=_("Your mentor is told"),
            body=_("What %(mentors)s answers about “%(milestone)s” reaches you by mail.") % said
            if said["is_one"]
            else _("What your mentors answer about “%(milestone)s” reaches you by mail.") % said,
            url=f"/conversations/{enrollment.pk}/{key}",
            link=_("Open the conversation"),
        )


def _said(taking: Taking) -> dict[str, Any]:
    enrollment = taking.enrollment()
    milestone = require_milestone(enrollment, taking.milestone_key(enrollment))
    mentors = [person.display_name for person in mentors_of(enrollment)]
    if not mentors:
        raise NobodyToTell(_("Invite somebody on your profile, then ask them."))
    return {
        "milestone": milestone.title,
        "mentors": ", ".join(mentors),
        "is_one": len(mentors) == 1,
    }
