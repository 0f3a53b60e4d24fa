"""Where files lie: a folder, or storage that speaks S3 (settings.STORAGES), by their SHA-256.

Whoever writes or sweeps a file holds its hash first, in a transaction, so that what one finds there
is not just being taken away by the other.
"""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import Away, OutOfRoom
from progress.models import StoredFile

CHUNK = 256 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageFull(OutOfRoom):
    """There is no room for the file."""

    code = "storage-full"
    title = gettext_lazy("There is no room for files at the moment")


class StorageAway(Away):
    """The storage of files does not answer, or has lost one."""

    code = "storage-away"
    title = gettext_lazy("Files can't be reached at the moment")


def storage() -> Storage:
    """Return the storage of files."""
    return storages["evidence"]


def hold(sha256: str) -> None:
    """Wait until nobody else writes or sweeps this file; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"evidence-file:{sha256}"]
        )


def hash_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of an open file in hexadecimal; leave it at its beginning."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it reads
    file.seek(0)
    return digest


def put(content: StoredFile, file: "File[bytes]") -> None:
    """Store what `file` holds unless it is there already, whole. Needs `hold`.

    Raises StorageFull, StorageAway.
    """
    with faults():
        there, path = storage(), _path(content.sha256)
        if there.exists(path):
            if there.size(path) == content.size:
                return
            there.delete(path)  # half of it, from a time when the disk was full
        there.save(path, file)


def read(sha256: str) -> "File[bytes]":
    """Return a stored file, open. Raises StorageAway."""
    with faults():
        return storage().open(_path(sha256), "rb")


def delete(sha256: str) -> None:
    """Delete a file, if it is there. Needs `hold`. Raises StorageAway."""
    with faults():
        storage().delete(_path(sha256))


def stored() -> Iterator[str]:
    """Return the hashes of all files there are. Raises StorageAway."""
    with faults():
        there = storage()
        for folder in _folders(there):
            for name in there.listdir(folder)[1]:
                if _path(name) == f"{folder}/{name}":
                    yield name


def _folders(there: Storage) -> list[str]:
    try:
        return list(there.listdir("")[0])
    except FileNotFoundError:  # a folder that nothing was put into yet
        return []


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


@contextmanager
def faults() -> Iterator[None]:
    """Turn what a disk or an S3 client raises into StorageFull or StorageAway."""
    try:
        yield
    except _errors() as exc:
        if isinstance(exc, OSError) and exc.errno in _FULL:
            raise StorageFull(_("Nothing was stored. Try again later, or add a link.")) from exc
        raise StorageAway(_("Nothing was changed. Try again in a moment.")) from exc


def _errors() -> tuple[type[Exception], ...]:
    if not settings.S3_BUCKET:
        return (OSError,)
    from boto3.exceptions import Boto3Error  # noqa: PLC0415 (large, and seldom used)
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    found: tuple[Any, ...] = (OSError, Boto3Error, BotoCoreError, ClientError)
    return found
