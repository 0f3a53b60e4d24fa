"""CSV: what is written can't be run, what is read is not guessed."""

import contextlib
import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.csv_cells import CsvUnreadable, Limits, defused, read_csv, restored, written

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NASTY = st.text("=+-@'\t\r\n\",; aé＝", max_size=8)


def refused(content, **limits):
    with pytest.raises(CsvUnreadable) as caught:
        read_csv(content, limits=Limits(**limits))
    (error,) = caught.value.errors
    assert error.field == "text"
    assert error.detail == caught.value.detail
    assert error.detail.startswith(f"Line {error.line} ")
    return error.code, error.line, error.detail


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "－", "＋", "＠"])
def test_a_formula_is_defused(start):
    assert defused(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", [-5, -2.5, Decimal("-1.50"), 0, 45])
def test_numbers_stay_numbers(value):
    assert defused(value) == str(value)


def test_nothing_is_empty_and_a_plain_text_is_itself():
    assert [defused(None), defused("A note = a note"), defused("'quoted'")] == [
        "",
        "A note = a note",
        "'quoted'",
    ]


@given(TEXT | NASTY)
def test_defusing_loses_nothing(text):
    cell = defused(text)
    assert cell[:1] not in {*"=+-@\t\r\n"} or not cell
    assert restored(cell) == text


@given(st.lists(st.tuples(TEXT | NASTY, NASTY, st.just("x")), max_size=5))
def test_what_is_written_is_read_again(rows):
    table = read_csv("".join(written([("a", "b", "c"), *rows])))
    assert [row.cells for row in table.rows] == rows
    assert list(csv.reader(io.StringIO("".join(written(rows)), newline=""))) == [
        [defused(cell) for cell in row] for row in rows
    ]


@given(st.binary(max_size=60) | TEXT)
def test_anything_is_read_or_refused(content):
    with contextlib.suppress(CsvUnreadable):
        read_csv(content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter, end):
    lines = [delimiter.join(row) for row in (("day", "note"), ("1", '"a, b; c"'), ("2", ""))]
    table = read_csv(end.join(lines))
    assert (table.delimiter, table.header) == (delimiter, ("day", "note"))
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("1", "a, b; c")), (3, ("2", ""))]


def test_lines_are_counted_through_quoted_ones():
    rows = read_csv('a,b\n"one\ntwo",2\n\n,\nx,y\n').rows
    assert [(row.line, row.cells) for row in rows] == [(2, ("one\ntwo", "2")), (6, ("x", "y"))]


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
    ],
)
def test_encodings(encoding, mark, said):
    table = read_csv(mark + "tag;größe\n1;ä€😀\n".encode(encoding))
    assert (table.encoding, table.header) == (said, ("tag", "größe"))
    assert table.rows[0].cells == ("1", "ä€😀")


def test_another_encoding_is_named_by_its_first_bad_byte():
    code, line, detail = refused("day,note\n1,fine\n2,größe\n".encode("latin-1"))
    assert (code, line) == ("encoding", 3)
    assert "0xF6, byte 21 of the file" in detail


def test_half_of_utf_16():
    assert refused(b"\xff\xfea\0,\0b\0\n\0x")[:2] == ("encoding", 2)


def test_utf_16_without_its_mark():
    assert refused("a,b\n1,2\n".encode("utf-16-le"))[:2] == ("nul", 1)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "no-header", 1),
        ("\n \n", "no-header", 1),
        (",,\n1,2,3", "no-header", 1),
        ("a,,b\n", "no-header", 1),
        ("a,A\n", "column-twice", 1),
        ("a,b;c\n", "delimiter", 1),
        ("a,b\n1,2,3\n", "row-too-long", 2),
        ("a,b\n1,\0\n", "nul", 2),
        ('a,b\n1,"open\nand open', "quote", 2),
        ('a,b\n1,"one\ntwo"three\n', "quote", 3),
        ('a,b\n1,5" nail\n', "quote", 2),
    ],
)
def test_what_is_refused(text, code, line):
    assert refused(text)[:2] == (code, line)


def test_limits():
    assert refused("a\n1\n2\n3\n", rows=2)[:2] == ("too-many-rows", 4)
    assert refused("a,b,c\n", columns=2)[:2] == ("too-many-columns", 1)
    assert refused("a\n" + "x" * 11, cell=10)[:2] == ("cell-too-long", 2)


def test_empty_cells_at_the_end_are_nothing():
    table = read_csv("a,b,,\n1,2,,,\n3\n")
    assert table.header == ("a", "b")
    assert [row.cells for row in table.rows] == [("1", "2"), ("3", "")]
