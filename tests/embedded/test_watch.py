"""Late work is told from a backlog that is being worked off."""

from collections.abc import Mapping

import pytest

from backend.embedded.watch import WorkWatch, stands_still

LATE = 300.0


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> WorkWatch:
    monkeypatch.setattr("backend.embedded.watch.time.monotonic", lambda: 0.0)
    return WorkWatch("http://127.0.0.1:9/health/work", LATE)


def look(watch: WorkWatch, monkeypatch: pytest.MonkeyPatch, now: float, **ages: float) -> bool:
    monkeypatch.setattr(watch, "late_ages", lambda: ages)
    return watch.is_stuck(now)


@pytest.mark.parametrize(
    ("before", "after", "is_still"),
    [
        ({"events": 400}, {"events": 430}, True),  # the same row, 30 s older
        ({"events": 400}, {"events": 390}, False),  # the backlog gets younger
        ({"events": 400}, {}, False),  # and is worked off
        ({}, {"events": 301}, False),  # late only now
        ({"events": 400}, {"deliveries": 430}, False),
        ({"events": 400, "deliveries": 900}, {"events": 301, "deliveries": 930}, True),
    ],
)
def test_only_a_row_that_nobody_takes_stands_still(
    before: Mapping[str, float], after: Mapping[str, float], is_still: bool
) -> None:
    assert stands_still((1000, before), (1030, after)) is is_still


def test_it_gives_a_start_time_to_do_what_was_due_before(
    watch: WorkWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not look(watch, monkeypatch, 299, events=1_000)
    assert not look(watch, monkeypatch, 301, events=1_002)
    assert look(watch, monkeypatch, 331, events=1_032)


def test_it_is_silent_after_a_yes_until_a_remedy_can_show(
    watch: WorkWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not look(watch, monkeypatch, 301, events=400)
    assert look(watch, monkeypatch, 331, events=430)
    assert not look(watch, monkeypatch, 361, events=460)
    assert not look(watch, monkeypatch, 632, events=731)
    assert look(watch, monkeypatch, 662, events=761)


def test_nobody_answering_is_not_late_work(watch: WorkWatch) -> None:
    assert watch.late_ages() == {}
