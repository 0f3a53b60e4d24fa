"""Uploads: `multipart/form-data` with one file, which goes to disk as it comes and never to memory.

A file that is too large is refused by its `Content-Length`, before any of it is read.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, MultiPartParser

from backend.errors import DomainError
from progress import file_store
from progress.files import LARGEST_FILE, FileTooLarge

ROOM_FOR_FIELDS = 64 * 1024


class Incoming(TemporaryUploadedFile):
    """A file on its way in, in settings.UPLOADS_DIR."""

    def __init__(self, name: str | None, content_type: str | None = None, size: int = 0) -> None:
        # As Django's, which knows one folder for all uploads and wants it at every start.
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=settings.UPLOADS_DIR)  # noqa: SIM115
        super(TemporaryUploadedFile, self).__init__(file, name, content_type, size)


class ToDisk(TemporaryFileUploadHandler):
    """Writes the one file to settings.UPLOADS_DIR as it comes.

    That is on the disk where local storage is, so that storing it is a renaming: all or nothing.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Raises ParseError for a second one, StorageFull, StorageAway."""
        if getattr(self, "file", None) is not None:
            raise ParseError(_("Send one file at a time."))
        with file_store.faults():
            Path(settings.UPLOADS_DIR).mkdir(parents=True, exist_ok=True)
            super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
            self.file = Incoming(self.file_name, self.content_type)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece. Raises FileTooLarge, StorageFull, StorageAway."""
        if start + len(raw_data) > LARGEST_FILE:
            self.file.close()  # which deletes it
            raise too_large()
        try:
            with file_store.faults():
                super().receive_data_chunk(raw_data, start)
        except DomainError:
            self.file.close()
            raise

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """End the file. Raises StorageFull, StorageAway."""
        with file_store.faults():
            return super().file_complete(file_size)


class _Counted:
    """A body that knows how much of it was read."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body, self.read_so_far = body, 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self._body.read(size)
        self.read_so_far += len(data)
        return data


class UploadParser(MultiPartParser):
    """A form with one file; a body that breaks off is no form."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":
        """Return fields and file. Raises ParseError, RequestDataTooBig and what ToDisk raises."""
        body = _Counted(stream)
        try:
            found = super().parse(body, media_type, parser_context)  # type: ignore[arg-type]
        except RequestDataTooBig:
            raise
        except SuspiciousOperation as exc:
            raise ParseError(_("The form has too many fields or files.")) from exc
        request = (parser_context or {})["request"]
        if body.read_so_far < int(request.META.get("CONTENT_LENGTH") or 0):
            for files in found.files.lists():
                for file in files[1]:
                    file.close()
            raise ParseError(_("The upload broke off before its end."))
        return found


def expect_upload(request: HttpRequest) -> None:
    """Prepare a request for its file. Raises FileTooLarge if it says to be larger than is taken."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > LARGEST_FILE + ROOM_FOR_FIELDS:
        raise too_large()
    request.upload_handlers = [ToDisk(request)]


def too_large() -> FileTooLarge:
    """Return the refusal, in words."""
    return FileTooLarge(_("Make it smaller, or keep it elsewhere and add a link to it."))
