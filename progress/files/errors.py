"""Why a file is not taken."""

from backend.errors import Refused, TooLarge
from backend.words import gettext_lazy as _


class FileTooLarge(TooLarge):
    """It has more bytes than are taken."""

    code = "file-too-large"
    title = _("A file has at most 25 MB")


class FileEmpty(Refused):
    """It has no bytes."""

    code = "file-empty"
    title = _("The file is empty")


class FileTypeRefused(Refused):
    """What it holds is none of the types that are taken."""

    code = "file-type-refused"
    title = _("This type of file is not taken")


class FileDamaged(Refused):
    """It begins like a type that is taken, and does not go on like it."""

    code = "file-damaged"
    title = _("The file is damaged or incomplete")


class ArchiveRefused(Refused):
    """An archive that would unpack to too much, or where it should not."""

    code = "archive-refused"
    title = _("This archive is not taken")
