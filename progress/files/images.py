"""Images, as far as their containers go: enough to tell them from what only begins like one.

PNG: W3C PNG (Third Edition) §5. JPEG: ITU-T T.81 Annex B. GIF: GIF89a, §§17-27. WebP: RFC 9649 §2.
HEIC: ISO/IEC 14496-12 §4.2 (boxes) and §4.3 (`ftyp`), brands of ISO/IEC 23008-12.
"""

import mmap
import struct
import zlib

from backend.words import gettext as _
from progress.files.errors import FileDamaged

PNG = b"\x89PNG\r\n\x1a\n"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
JPEG_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
MOST_BOXES = 10_000
SHORTEST_FTYP, LONGEST_FTYP = 16, 256
MARKER, SCAN = 0xFF, 0xDA
IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
BOX_HEADER = 8


def begins_as_png(data: mmap.mmap) -> bool:
    """Return whether this can only be meant as a PNG."""
    return data[:8] == PNG


def begins_as_jpeg(data: mmap.mmap) -> bool:
    """Return whether this can only be meant as a JPEG."""
    return data[:3] == b"\xff\xd8\xff"


def begins_as_gif(data: mmap.mmap) -> bool:
    """Return whether this can only be meant as a GIF."""
    return data[:6] in {b"GIF87a", b"GIF89a"}


def begins_as_webp(data: mmap.mmap) -> bool:
    """Return whether this can only be meant as a WebP."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def begins_as_heic(data: mmap.mmap) -> bool:
    """Return whether this can only be meant as an HEIC: its main brand, or one it is like."""
    size = int.from_bytes(data[:4], "big")
    if data[4:8] != b"ftyp" or not SHORTEST_FTYP <= size <= LONGEST_FTYP:
        return False
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
    return not brands.isdisjoint(HEIC_BRANDS)


def check_png(data: mmap.mmap) -> None:
    """Pass if it is chunks with right sums, IHDR first, IEND last and nothing after it."""
    at, kind = len(PNG), b""
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(data) or (at == len(PNG)) != (kind == b"IHDR"):
            raise _damaged("PNG")
        if zlib.crc32(memoryview(data)[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise _damaged("PNG")
        at = end + 4
        if kind == b"IEND":
            break
    if kind != b"IEND" or at != len(data):
        raise _damaged("PNG")


def check_jpeg(data: mmap.mmap) -> None:
    """Pass if its segments lead over a frame header to a scan, and an end comes after that.

    Phones put more behind the end (a moving picture, a second size), so that is let be.
    """
    at, frame = 2, False
    while at + 4 <= len(data) and data[at] == MARKER:
        marker = data[at + 1]
        if marker == MARKER:  # a fill byte
            at += 1
            continue
        frame |= marker in JPEG_FRAMES
        if marker == SCAN:
            if frame and data.find(b"\xff\xd9", at) >= 0:
                return
            break
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise _damaged("JPEG")


def check_gif(data: mmap.mmap) -> None:
    """Pass if its blocks, one after the other, show an image and lead to the trailer."""
    try:
        width, height, flags = struct.unpack_from("<HHB", data, 6)
        at = 13 + _palette(flags)
        images = 0
        while data[at] != TRAILER:
            if data[at] == IMAGE:
                at, images = at + 11 + _palette(data[at + 9]), images + 1
            elif data[at] == EXTENSION:
                at += 2
            else:
                raise _damaged("GIF")
            while data[at]:
                at += 1 + data[at]
            at += 1
    except (IndexError, struct.error) as exc:
        raise _damaged("GIF") from exc
    if not (width and height and images):
        raise _damaged("GIF")


def _palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def check_webp(data: mmap.mmap) -> None:
    """Pass if the container is as long as it says and begins with an image's chunk."""
    length = int.from_bytes(data[4:8], "little")
    if (
        data[12:16] not in {b"VP8 ", b"VP8L", b"VP8X"}
        or not len(b"WEBPVP8 ") < length <= len(data) - 8
    ):
        raise _damaged("WebP")


def check_heic(data: mmap.mmap) -> None:
    """Pass if its boxes fill it to the end, and one says what the image is."""
    at, kinds = 0, set[bytes]()
    for _box in range(MOST_BOXES):
        if at == len(data):
            break
        size = int.from_bytes(data[at : at + 4], "big")
        kinds.add(data[at + 4 : at + 8])
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(data) - at
        if size < BOX_HEADER or at + size > len(data):
            raise _damaged("HEIC")
        at += size
    if at != len(data) or b"meta" not in kinds:
        raise _damaged("HEIC")


def _damaged(name: str) -> FileDamaged:
    return FileDamaged(_("It begins as a %(name)s, and does not go on as one.") % {"name": name})
