"""Directories for Unix sockets, whose paths may not be long."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from backend.embedded.errors import StartError

LONGEST_PATH = 103
"""Bytes: macOS has room for 103 and a closing zero, Linux for 107."""
LONGEST_NAME = len(".s.PGSQL.5432.lock")


def socket_directory(preferred: Path, *, owner: int | None = None) -> Path:
    """A directory of mode 0700 whose sockets have paths short enough for the system.

    It is `preferred` where that fits, else one below the system's temporary directory, the same
    for the same `preferred`. It is given to the user id `owner` when there is one.
    Raises StartError when somebody else has put something there.
    """
    directory = preferred if fits(preferred) else _short_name_for(preferred)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Anybody may write to /tmp: what stands there already must be ours, and not a link.
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.getuid(), owner}:
        raise StartError(f"{directory} belongs to somebody else: remove it, or move VAR_DIR.")
    directory.chmod(0o700)
    if owner is not None:
        os.chown(directory, owner, owner)
    return directory


def fits(directory: Path) -> bool:
    """Whether the longest socket path in this directory is one the system takes."""
    return len(os.fsencode(directory)) + 1 + LONGEST_NAME <= LONGEST_PATH


def _short_name_for(preferred: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(preferred)).hexdigest()[:12]
    for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - its owner is checked
        short = parent / f"waymark-{os.getuid()}-{digest}"
        if fits(short):
            return short
    raise StartError(
        f"The path {preferred} is too long for a socket: set VAR_DIR to a shorter one."
    )
