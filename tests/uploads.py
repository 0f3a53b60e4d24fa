"""Small files of every type that is taken, made by hand, and hostile ones."""

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

from django.conf import settings

from progress.api.uploads import Incoming

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << >>\nstartxref\n9\n%%EOF\n"
GIF = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0?\0\x7f\xff\xd9"
)
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
HEIC = struct.pack(">I4s4sI4s", 20, b"ftyp", b"heic", 0, b"mif1") + struct.pack(
    ">I4sI", 12, b"meta", 0
)
NOTEBOOK = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}).encode()
HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 1, height: int = 1, *extra: bytes) -> bytes:
    """A grey PNG of this size."""
    rows = (b"\0" + b"\x99" * width) * height
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            *extra,
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        ]
    )


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """A .tar.gz of these files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


ZIP, TAR_GZ = zipped({"src/main.py": b"print()\n"}), tarred({"src/main.py": b"print()\n"})
GOOD = {
    "application/pdf": PDF,
    "image/png": png(),
    "image/jpeg": JPEG,
    "image/gif": GIF,
    "image/webp": WEBP,
    "image/heic": HEIC,
    "application/x-ipynb+json": NOTEBOOK,
    "application/zip": ZIP,
    "application/gzip": TAR_GZ,
}


def on_disk(name: str, data: bytes) -> Incoming:
    """A file as it comes in."""
    Path(settings.UPLOADS_DIR).mkdir(parents=True, exist_ok=True)
    file = Incoming(name, size=len(data))
    file.write(data)
    file.flush()
    file.seek(0)
    return file


def many_entries(count: int = 100_000) -> bytes:
    """A ZIP of empty files."""
    return zipped({str(n): b"" for n in range(count)}, zipfile.ZIP_STORED)


def overlapping(count: int = 200) -> bytes:
    """A ZIP whose entries all lead to the same bytes: a bomb without nesting (Fifield, 2019)."""
    one = zipped({"a": b"\0" * 1_000_000})
    at = one.rfind(b"PK\x01\x02")
    end = one.rfind(b"PK\x05\x06")
    entry = one[at:end]
    return (
        one[:at]
        + entry * count
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, at, 0)
    )


REFUSED = {
    "empty": (b"", "file-empty"),
    "a page that calls itself an image": (HTML, "file-type-refused"),
    "a page behind the signature of a PNG": (b"\x89PNG\r\n\x1a\n" + HTML, "file-damaged"),
    "a page behind the signature of a GIF": (b"GIF89a/*" + HTML, "file-damaged"),
    "a page behind the signature of a JPEG": (b"\xff\xd8\xff\xe0" + HTML, "file-damaged"),
    "a page behind a whole PNG": (png() + HTML, "file-damaged"),
    "a PNG with a wrong sum": (png().replace(b"IDAT", b"IDAU"), "file-damaged"),
    "an SVG": (SVG, "file-type-refused"),
    "a program": (b"MZ\x90\0" + b"\0" * 100, "file-type-refused"),
    "an ELF": (b"\x7fELF" + b"\0" * 100, "file-type-refused"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "file-type-refused"),
    "text": (b"Dear mentor,", "file-type-refused"),
    "JSON that is no notebook": (b'{"nbformat": "4"}', "file-type-refused"),
    "JSON that ends in the middle": (NOTEBOOK[:-2], "file-damaged"),
    "JSON with a number for a notebook": (b'{"nbformat": true, "cells": []}', "file-type-refused"),
    "JSON 100,000 deep": (b'{"cells":' + b"[" * 100_000, "file-damaged"),
    "JSON of a million parts": (b'{"cells":[' + b"[]," * 600_000, "file-type-refused"),
    "a notebook without cells": (b'{"nbformat": 4, "metadata": {}}', "file-damaged"),
    "a cut ZIP": (ZIP[:-30], "file-damaged"),
    "a ZIP with a wrong sum": (
        zipped({"a": b"abc"}, zipfile.ZIP_STORED).replace(b"abc", b"abd"),
        "file-damaged",
    ),
    "an empty ZIP": (zipped({}), "file-damaged"),
    "a ZIP bomb": (zipped({"a": b"\0" * 20_000_000}), "archive-refused"),
    "overlapping entries": (overlapping(), "file-damaged"),
    "100,000 entries": (many_entries(), "archive-refused"),
    "a way out of the folder": (zipped({"../../.ssh/authorized_keys": b"k"}), "archive-refused"),
    "an absolute path": (tarred({"/etc/cron.d/x": b"* * * * *"}), "archive-refused"),
    "a document": (zipped({"[Content_Types].xml": b"<a/>"}), "file-type-refused"),
    "a ZIP that few can read": (zipped({"a": b"abc"}, zipfile.ZIP_LZMA), "archive-refused"),
    "a cut .tar.gz": (TAR_GZ[:-12], "file-damaged"),
    "a .tar.gz bomb": (tarred({"a": b"\0" * 20_000_000}), "archive-refused"),
    "a gzip without a tar": (gzip.compress(b"\x01" * 5000), "file-type-refused"),
    "zeros without an end": (
        gzip.compress(gzip.decompress(TAR_GZ) + b"\0" * 20_000_000),
        "archive-refused",
    ),
    "a cut PDF": (PDF[:-10], "file-damaged"),
    "a cut image": (png(100, 100)[:-20], "file-damaged"),
    "a cut GIF": (GIF[:-3], "file-damaged"),
    "a cut WebP": (WEBP[:-5], "file-damaged"),
    "a cut HEIC": (HEIC[:-4], "file-damaged"),
    "a film": (HEIC.replace(b"heic", b"isom").replace(b"mif1", b"mp42"), "file-type-refused"),
}
