"""Why something is not written into the log."""

from django.utils.translation import gettext_lazy as _

from backend.errors import Conflict, Refused


class DayInFuture(Refused):
    """The day has not begun where the learner is."""

    code = "day-in-future"
    title = _("That day has not begun yet")


class DayTooEarly(Refused):
    """The day is long before the learner set out."""

    code = "day-too-early"
    title = _("That day is too long before you started")


class ReasonNeeded(Refused):
    """The day is shortly before the learner set out, and nothing says what was done."""

    code = "reason-needed"
    title = _("Work from before you started needs a note")


class DayFull(Refused):
    """A day has 24 hours."""

    code = "day-full"
    title = _("A day has only 24 hours")


class EntryIdTaken(Conflict):
    """The id belongs to an entry that says something else."""

    code = "entry-id-taken"
    title = _("This id belongs to another log entry")


class VoidIdTaken(Conflict):
    """The id belongs to a void that says something else."""

    code = "void-id-taken"
    title = _("This id belongs to another void")


class WorkIdTaken(Conflict):
    """The id belongs to another change of a work state."""

    code = "work-id-taken"
    title = _("This id belongs to another change of a milestone")


class ForeignEntry(Refused):
    """The entry belongs to another enrollment."""

    code = "foreign-entry"
    title = _("That log entry is not on this enrollment")
