"""What a file is, by what it holds; and what it is called."""

import contextlib
import json
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.errors import DomainError
from progress.files import LARGEST_FILE, clean_name, recognize
from tests.uploads import GOOD, PDF, REFUSED, png, tarred, zipped


@pytest.fixture
def seen(tmp_path):
    """Return a function: what is seen in some bytes, or why they are refused."""

    def look(data):
        path = tmp_path / "upload"
        path.write_bytes(data)
        with path.open("rb") as file:
            try:
                return recognize(file)
            except DomainError as exc:
                return exc.code

    return look


@pytest.mark.parametrize("media_type", GOOD)
def test_what_is_taken(seen, media_type):
    assert seen(GOOD[media_type]) == media_type


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(seen, name):
    data, code = REFUSED[name]
    assert seen(data) == code


def test_the_largest(seen):
    room = LARGEST_FILE - len(PDF)
    assert seen(PDF[:-6] + b" " * room + b"%%EOF\n") == "application/pdf"
    assert seen(PDF[:-6] + b" " * room + b"%%EOF\n ") == "file-too-large"


def test_ordinary_archives(seen):
    code = {f"src/module_{n}.py": b"import os\n" * n for n in range(200)}
    assert seen(zipped(code)) == "application/zip"
    assert seen(zipped(code, zipfile.ZIP_STORED)) == "application/zip"
    assert seen(tarred(code)) == "application/gzip"
    assert seen(tarred({"a" * 300 + ".py": b"x", "ü/é.py": b"y"})) == "application/gzip"
    inner = zipped({"again.zip": zipped({"bomb": b"\0" * 5_000_000})})
    assert seen(inner) == "application/zip"  # not opened further


def test_a_notebook_with_images(seen):
    cells = [{"cell_type": "code", "outputs": [{"data": {"image/png": "A" * 1_000_000}}]}] * 5
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    assert seen(b"\n  " + json.dumps(book, indent=1).encode()) == "application/x-ipynb+json"
    old = {"worksheets": [], "metadata": {}, "nbformat": 3}
    assert seen(json.dumps(old).encode()) == "application/x-ipynb+json"


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_damage_is_seen_or_harmless_and_never_a_fault(tmp_path_factory, media_type, data):
    whole = GOOD[media_type]
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.binary(min_size=0, max_size=2))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(whole[:at] + byte + whole[at + 1 :])
    with path.open("rb") as file, contextlib.suppress(DomainError):
        assert recognize(file) in GOOD


@pytest.mark.parametrize(
    ("given_name", "media_type", "name"),
    [
        ("report.pdf", "application/pdf", "report.pdf"),
        ("REPORT.PDF", "application/pdf", "REPORT.PDF"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("report.pdf", "image/png", "report.pdf.png"),
        ("setup.exe", "application/zip", "setup.exe.zip"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\temp\\a.zip", "application/zip", "a.zip"),
        ('a"b\r\nSet-Cookie: x=1;.pdf', "application/pdf", "a_b Set-Cookie_ x=1;.pdf"),
        ("invoice\u202efdp.exe", "application/pdf", "invoicefdp.exe.pdf"),
        ("\u2066\u200b\ufeff.pdf", "application/pdf", "evidence.pdf"),
        ("", "image/png", "evidence.png"),
        (".tar.gz", "application/gzip", "evidence.tar.gz"),
        ("con.pdf", "application/pdf", "_con.pdf"),
        ("Zeugnis für Łukasz 学.pdf", "application/pdf", "Zeugnis für Łukasz 学.pdf"),
        ("e\u0301.pdf", "application/pdf", "é.pdf"),
        ("a" * 500 + ".pdf", "application/pdf", "a" * 120 + ".pdf"),
        ("x\x00y\x1b[31m.pdf", "application/pdf", "xy[31m.pdf"),
        ("a   b . .pdf", "application/pdf", "a b.pdf"),
    ],
)
def test_names(given_name, media_type, name):
    assert clean_name(given_name, media_type) == name


@given(st.text(), st.sampled_from(sorted(GOOD)))
@example("\ud800\udfff\n", "application/pdf")
def test_every_name_becomes_one_that_can_be_sent(name, media_type):
    made = clean_name(name, media_type)
    assert 4 < len(made) <= 132
    assert made.isprintable()
    assert not set(made) & set('/\\:*?"<>|\r\n')
    assert made == clean_name(made, media_type)


def test_a_png_with_text_in_it_is_a_png(seen):
    from tests.uploads import HTML, chunk

    assert seen(png(1, 1, chunk(b"tEXt", b"Comment\0" + HTML))) == "image/png"
