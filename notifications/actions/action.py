"""What every action says of itself."""

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Gone
from notifications.models import Notification
from progress.compiled import key_now
from progress.models import Enrollment


class NoLongerPossible(Gone):
    """What the mail was about is out of the person's reach, or no longer there."""

    code = "no-longer-possible"
    title = gettext_lazy("This can no longer be done from the mail")


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen, as the page asks before anything does."""

    title: str
    body: str
    button: str
    asks: str = ""
    """The label of a field for words of the person's own; without one there is no field."""


@dataclass(frozen=True, slots=True)
class Done:
    """What happened; `url` is a path of the client where it can be seen or taken back."""

    title: str
    body: str
    url: str
    link: str
    """What the link to `url` says."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Everything an action is told: by whom, about what, when, and under which id it is done."""

    id: uuid.UUID
    """New for each link, so what is made under it is made once."""
    person: User
    notification: Notification
    now: dt.datetime
    words: str = ""

    @property
    def data(self) -> Mapping[str, Any]:
        """The ids and labels of the notification."""
        data: Mapping[str, Any] = self.notification.data
        return data

    def enrollment(self) -> Enrollment:
        """Return the enrollment it is about; raise NoLongerPossible (one query)."""
        if not self.data.get("enrollment_id"):
            raise NoLongerPossible(_("Waymark no longer offers this."))
        seen = Enrollment.objects.visible_to(self.person).select_related("learner", "edition")
        found = seen.filter(pk=str(self.data["enrollment_id"])).first()
        if found is None:
            raise NoLongerPossible(_("What it was about is no longer yours to see."))
        return found

    def milestone_key(self, enrollment: Enrollment) -> str:
        """Return the key of the milestone it is about, as the enrollment's edition has it now."""
        return key_now(enrollment, str(self.data.get("milestone_key", "")))


class Action(ABC):
    """One thing that a link in a mail does for the mail's reader, once. Actions have no state."""

    name: ClassVar[str]

    @abstractmethod
    def label(self) -> str:
        """Return what the link says, in the active language."""

    def fits(self, person: User, data: Mapping[str, Any]) -> bool:  # noqa: ARG002
        """Return whether a mail with this data offers it."""
        return True

    @abstractmethod
    def plan(self, taking: Taking) -> Plan:
        """Return what would happen, in the active language; change nothing."""

    @abstractmethod
    def take(self, taking: Taking) -> Done:
        """Do it, as the person, by the command that the client calls too; raise what that raises.

        Runs in a transaction: what is raised undoes all of it, and the link can be used again.
        """


def is_about_a_milestone(data: Mapping[str, Any]) -> bool:
    """Return whether the data of a notification name a milestone of an enrollment."""
    return bool(data.get("enrollment_id") and data.get("milestone_key"))
