"""Mail into files, for a laptop without a mail server.

One file a mail, named so that the folder reads like a log. It is an .eml: a double click shows it
as a mail program would, and an editor shows it too, since headers and text are written as UTF-8 and
not encoded; the text comes first, the HTML after it.
"""

import datetime as dt
import os
import re
import unicodedata
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from notifications.mail.encoding import for_reading
from notifications.way import Commit, Unreachable

log = structlog.get_logger(__name__)


@dataclass
class Files:
    """A folder that mail goes to."""

    folder: Path

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to close."""

    def send(self, message: EmailMessage, *, address: str, commit: Commit) -> None:
        """Write one file, whole or not at all. Raises Unreachable, and what `commit` raises."""
        path = self.folder / file_name(message, address)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(for_reading(message))
            commit()
            unfinished.replace(path)
        except OSError as exc:
            unfinished.unlink(missing_ok=True)
            raise Unreachable(f"{self.folder}: {exc}") from exc
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        log.info("mail_written", to=address, subject=str(message["Subject"]), file=str(path))


def file_name(message: EmailMessage, address: str) -> str:
    """Return such as `2026-11-22T10-15-03Z_mo-approved-python_to-ada_4f3a21.eml`.

    Date and subject are the message's own. The last part is the end of the Message-ID, so two mails
    of a second do not meet, and one that is sent again after a crash can be told from another.
    """
    when = message["Date"].datetime.astimezone(dt.UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    local = _slug(address.partition("@")[0], 24)
    tail = str(message["Message-ID"]).strip("<>").partition("@")[0][-6:]
    return f"{when}_{_slug(str(message['Subject']), 48)}_to-{local}_{_slug(tail, 6)}.eml"


def _slug(text: str, length: int) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-") or "mail"
