"""What an uploaded file is, decided by what it holds: pure, told nothing but the bytes.

Neither the name nor the type that a client says counts for anything. Nothing is unpacked to disk.
"""

from progress.files.errors import (
    ArchiveRefused,
    FileDamaged,
    FileEmpty,
    FileTooLarge,
    FileTypeRefused,
)
from progress.files.names import clean_name
from progress.files.recognition import LARGEST_FILE, recognize

__all__ = [
    "LARGEST_FILE",
    "ArchiveRefused",
    "FileDamaged",
    "FileEmpty",
    "FileTooLarge",
    "FileTypeRefused",
    "clean_name",
    "recognize",
]
