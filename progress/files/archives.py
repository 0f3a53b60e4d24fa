"""Archives: opened far enough to know that they open, and to how much, and never unpacked to disk.

ZIP: PKWARE APPNOTE 6.3.10, §4.3.16 (the end record). tar: POSIX.1-2017, pax, "ustar Interchange
Format". gzip: RFC 1952. An archive in an archive is a file like others: it is not opened.
"""

import gzip
import mmap
import struct
import zipfile
import zlib
from typing import BinaryIO

from backend.words import gettext as _
from progress.files.errors import ArchiveRefused, FileDamaged, FileTypeRefused

MOST_ENTRIES = 10_000
MOST_BYTES = 250 * 1024 * 1024
"""Unpacked, all entries together."""
MOST_RATIO = 100
"""Unpacked to packed bytes; deflate can't do more than 1,032, text and code do about ten."""
SMALL = 10 * 1024 * 1024
"""What unpacks to less harms nobody, whatever its ratio."""
LARGEST_DIRECTORY = 2 * 1024 * 1024
CHUNK = 64 * 1024

_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = 20
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1
_BLOCK = 512


def check_zip(data: mmap.mmap, file: BinaryIO) -> None:
    """Pass if every entry of a ZIP can be read, within the limits."""
    _check_directory(data)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(data))
            for entry in entries:
                _check_name(entry.filename)
                with archive.open(entry) as part:
                    while part.read(CHUNK):
                        pass
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError) as exc:
        raise FileDamaged(_("It begins as a ZIP archive, and does not open as one.")) from exc


def _check_directory(data: mmap.mmap) -> None:
    """Look at the end record before anything reads the whole directory into memory.

    It is sought where `zipfile` seeks it, so that both see the same one.
    """
    at = len(data) - _END.size
    if at < 0 or data[at : at + 4] != b"PK\x05\x06" or data[-2:] != b"\0\0":
        at = data.rfind(b"PK\x05\x06", max(0, at - _LONGEST_COMMENT))
    if at < 0 or at + _END.size > len(data):
        raise FileDamaged(_("It begins as a ZIP archive, and its end is missing."))
    count, size = _END.unpack_from(data, at)[4:6]
    if count == 0:
        raise FileDamaged(_("The archive is empty."))
    zip64 = data[max(0, at - _ZIP64_LOCATOR) :][:4] == b"PK\x06\x07"
    if zip64 or count > MOST_ENTRIES or size > LARGEST_DIRECTORY:
        raise _too_many()


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """`zipfile` reads no more of an entry than it says to have, so what they say can be summed."""
    if len(entries) > MOST_ENTRIES:
        raise _too_many()
    if len({entry.header_offset for entry in entries}) < len(entries):
        raise FileDamaged(_("Several of its entries are one and the same place."))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ArchiveRefused(_("It asks for a password, which a mentor does not have."))
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise FileTypeRefused(_("This is an office document. Export it as a PDF and add that."))
    if any(e.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for e in entries):
        raise ArchiveRefused(_("It is packed in a way that is not looked into. Use plain ZIP."))
    _check_total(sum(entry.file_size for entry in entries), packed)


def check_tar_gz(file: BinaryIO) -> None:
    """Pass if a gzip holds a tar that can be read to its end, within the limits."""
    packed = file.seek(0, 2)
    file.seek(0)
    try:
        with gzip.GzipFile(fileobj=file) as stream:
            _walk_tar(stream, packed)
    except (gzip.BadGzipFile, zlib.error, EOFError, ValueError) as exc:
        raise FileDamaged(_("It begins as a .tar.gz, and does not open as one.")) from exc


def _walk_tar(stream: gzip.GzipFile, packed: int) -> None:
    """Go from header to header; constant memory, whatever they say."""
    total = entries = 0
    while block := stream.read(_BLOCK):
        total += len(block)
        if not block.strip(b"\0"):
            break  # the archive's end
        if not _is_header(block):
            if entries == 0:
                raise FileTypeRefused(_("It is packed with gzip, and holds no tar archive."))
            raise ValueError
        entries += 1
        if entries > MOST_ENTRIES:
            raise _too_many()
        prefix, name = block[345:500].strip(b"\0"), block[:100].strip(b"\0")
        _check_name(prefix + b"/" + name if prefix else name)
        size = _tar_size(block[124:136])
        padded = -(-size // _BLOCK) * _BLOCK
        _check_total(total + size, packed)
        total += _skip(stream, padded)
    if entries == 0:
        raise FileDamaged(_("The archive is empty."))
    # To the very end, which is where gzip says whether it is whole.
    while rest := stream.read(CHUNK):
        total += len(rest)
        _check_total(total, packed)


def _is_header(block: bytes) -> bool:
    """Return whether its sum is right, with spaces where the sum stands."""
    said = block[148:156].strip(b" \0")
    if len(block) < _BLOCK or not said or said.strip(b"01234567"):
        return False
    return sum(block[:148]) + 8 * 0x20 + sum(block[156:]) == int(said, 8)


def _tar_size(field: bytes) -> int:
    if field[0] & 0x80:  # GNU: base 256, for what octal has no room for
        return int.from_bytes(field[1:], "big")
    return int(field.strip(b" \0") or b"0", 8)


def _skip(stream: gzip.GzipFile, size: int) -> int:
    left = size
    while left:
        read = len(stream.read(min(left, CHUNK)))
        if not read:
            raise EOFError
        left -= read
    return size


def _check_name(name: str | bytes) -> None:
    """Pass unless unpacking would write outside the folder it is unpacked to."""
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    parts = text.replace("\\", "/").split("/")
    if ".." in parts or text[:1] in {"/", "\\"} or text[1:2] == ":":
        raise ArchiveRefused(
            _("It has a file that would be put outside the folder it is unpacked to.")
        )


def _check_total(unpacked: int, packed: int) -> None:
    if unpacked > MOST_BYTES or (unpacked > SMALL and unpacked > MOST_RATIO * packed):
        raise ArchiveRefused(
            _(
                "It would unpack to far more than it is: more than 250 MB, or than a hundred times "
                "its size. Leave data and models out, and say where to get them."
            )
        )


def _too_many() -> ArchiveRefused:
    return ArchiveRefused(
        _("It has more than 10,000 files. Leave out what can be made again, such as node_modules.")
    )
