"""What the domain says when it refuses, without a word about HTTP.

A guard raises a subclass named after its rule. `code` is stable and documented: apps branch on it.
`title` names the rule, the same each time; `detail` says what happened and what to do about it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from backend.words import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field of the input; `field` is its path, such as `items.0.url`.

    `line` counts from 1 where the input is a text that somebody wrote, such as a document.
    """

    field: str
    code: str
    detail: str
    line: int | None = None


class DomainError(Exception):
    """Something the domain does not do."""

    code: ClassVar[str] = "refused"
    title: ClassVar[object] = _("This can't be done")
    """Text, or text that is translated when it is said: `str()` says it."""

    def __init__(self, detail: str = "", *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail or str(self.title))
        self.detail = detail or f"{self.title}."
        self.errors = tuple(errors)
        self.members: Mapping[str, Any] = {}
        """What else an answer carries, as JSON has it: such as the newer version of a draft."""


class Refused(DomainError):
    """The request is well formed, but a rule speaks against it, now and on every retry."""


class TooLarge(DomainError):
    """It has more bytes than are taken."""

    code = "too-large"
    title = _("This is too large")


class OutOfRoom(DomainError):
    """There is no room to store it, for now."""

    code = "out-of-room"
    title = _("There is no room at the moment")


class Away(DomainError):
    """A server that this needs can't be reached; nothing was changed."""

    code = "away"
    title = _("A server can't be reached at the moment")


class Conflict(DomainError):
    """The thing is not in the state that this needs; somebody may have been first."""

    code = "conflict"
    title = _("This is not in the right state any more")


class Forbidden(DomainError):
    """The person may see the thing, but not do this to it."""

    code = "forbidden"
    title = _("You may not do this")


class NotFound(DomainError):
    """There is no such thing, or none that this person may know of."""

    code = "not-found"
    title = _("There is nothing here")


class Gone(DomainError):
    """It was here, and has run out for good."""

    code = "gone"
    title = _("This is no longer available")
