"""What a row of a list of people to invite says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.csv_cells import Row, Table, read_csv
from progress.invitation_list import (
    NAMES,
    Column,
    RowUnreadable,
    columns_of,
    listed,
    with_header,
)

PARTS = ["learner", "mentor", "coordinator"]


def read(text, part="learner", message=""):
    table = with_header(read_csv(text))
    columns = columns_of(table.header)
    return [listed(row, columns, parts=PARTS, part=part, message=message) for row in table.rows]


@given(st.permutations(list(Column)), st.data())
def test_columns_are_known_in_any_order_by_any_of_their_names(order, data):
    names = [data.draw(st.sampled_from(NAMES[column])) for column in order]
    spelt = [data.draw(st.sampled_from([str.upper, str.title, str.lower]))(name) for name in names]
    spelt = [name.replace(" ", data.draw(st.sampled_from([" ", "_", "-"]))) for name in spelt]
    assert columns_of(spelt) == {column: place for place, column in enumerate(order)}


def test_of_two_columns_that_fit_the_first_is_read():
    assert columns_of(["Mail", "email", "town"]) == {Column.EMAIL: 0}


@pytest.mark.parametrize("cell", ["mentor", "Mentors", " MENTOR "])
def test_parts_are_read_as_people_write_them(cell):
    (row,) = read(f"email,part\nA@Example.org,{cell}\n")
    assert (row.email, row.part, row.line) == ("a@example.org", "mentor", 2)


def test_what_a_row_does_not_say_is_what_was_chosen_for_all():
    rows = read("email,message\na@b.example,\nc@d.example,Mine\n", part="mentor", message="Ours")
    assert [(row.part, row.message) for row in rows] == [("mentor", "Ours"), ("mentor", "Mine")]


def test_a_column_of_addresses_needs_no_header():
    assert [row.line for row in read("a@b.example\n\nc@d.example\n")] == [1, 3]
    assert with_header(Table(("a@b.example", "x"), (), ",", "utf-8")).header == ("a@b.example", "x")
    assert with_header(Table(("email",), (), ",", "utf-8")).header == ("email",)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (("", "learner", ""), Column.EMAIL, "missing"),
        (("x" * 255, "learner", ""), Column.EMAIL, "too-long"),
        (("a@b.example", "boss", ""), Column.PART, "no-part"),
        (("a@b.example", "", "x" * 1_001), Column.MESSAGE, "too-long"),
    ],
)
def test_rows_that_say_nothing_clear_are_refused_at_the_cell(cells, column, code):
    columns = {Column.EMAIL: 0, Column.PART: 1, Column.MESSAGE: 2}
    with pytest.raises(RowUnreadable) as refused:
        listed(Row(2, cells), columns, parts=PARTS, part="learner", message="")
    assert (refused.value.column, refused.value.code) == (column, code)


@given(st.tuples(st.text(), st.text(), st.text(), st.text()))
def test_any_cells_are_either_read_or_refused(cells):
    columns = {column: place for place, column in enumerate(Column)}
    try:
        row = listed(Row(2, cells), columns, parts=PARTS, part="learner", message="")
    except RowUnreadable:
        return
    assert row.email
    assert row.email == row.email.lower()
    assert row.part in PARTS
    assert len(row.message) <= 1_000
    assert "\n" not in row.name
