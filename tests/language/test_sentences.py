"""Sentences of the pure core in German: counted, dated, and free of the framework that knows it."""

import datetime as dt
import subprocess
import sys

import pytest
from django.utils import translation

from backend import words
from backend.outgoing.reasons import reason_in_words
from progress.checks.link_rules import trouble_of
from progress.commands.read_document import DocumentRefused, read_document
from progress.forecast import Reason as ForecastReason
from progress.risk import Reason, ReasonCode, said
from progress.rules import Reason as StepReason

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def german():
    with translation.override("de"):
        yield


@pytest.mark.parametrize(
    ("reason", "to_learner", "sentence"),
    [
        (
            Reason(ReasonCode.QUIET, days=1, usual_days=1),
            True,
            "Nichts von dir seit einem Tag, und sonst arbeitest du jeden Tag.",
        ),
        (
            Reason(ReasonCode.QUIET, days=20, usual_days=2),
            False,
            "Nichts seit 20 Tagen; sonst wird alle 2 Tage gearbeitet.",
        ),
        (
            Reason(
                ReasonCode.BEHIND,
                minutes=95,
                needed_minutes=380,
                target_on=dt.date(2027, 3, 1),
            ),
            True,
            "Nach den Schätzungen der Autoren verlangt dein Zieldatum, 1. März 2027, 6 Std. in der "
            "Woche; in den letzten 4 Wochen hast du 1 Std. 35 in der Woche eingetragen.",
        ),
        (
            Reason(ReasonCode.STUCK_IN_REVIEW, milestone="Python", days=1),
            False,
            "Python wartet seit einem Tag auf eine Begutachtung.",
        ),
    ],
)
def test_why_somebody_may_need_help(german, reason, to_learner, sentence):
    assert said(reason, today=TODAY, to_learner=to_learner).reason == sentence


def test_days_are_written_as_each_language_writes_them(german):
    day = dt.date(2026, 3, 1)
    assert words.day_in_words(day) == "1. März 2026"
    with translation.override("en"):
        assert words.day_in_words(day) == "1 March 2026"


def test_a_forecast_says_why_it_is_none(german):
    assert ForecastReason.TOO_FEW_WEEKS.sentence == (
        "Für eine Prognose braucht es 4 ganze Wochen unterwegs"
    )
    assert str(ForecastReason.TOO_FEW_WEEKS) == "too_few_weeks"
    assert StepReason.AVAILABLE.value == "available"


def test_an_author_reads_what_is_wrong_with_a_document_and_where(german):
    with pytest.raises(DocumentRefused) as caught:
        read_document(text="format: 2\nslug: 7\nstages: yes\n")
    assert caught.value.detail.endswith("Sachen stimmen nicht; nichts wurde veröffentlicht.")
    found = {error.field: (error.code, error.line, error.detail) for error in caught.value.errors}
    assert found["format"] == ("unsupported-format", 1, "muss 1 sein, nicht 2")
    assert found["stages"] == ("wrong-type", 3, "muss eine Liste sein, nicht 'yes'")
    assert found["title"] == ("missing-field", 1, "title fehlt")


@pytest.mark.parametrize(
    ("stored", "german_words"),
    [
        ("", ""),
        (trouble_of(404), "die Seite ist weg (404)"),
        (trouble_of(503), "sie antwortet mit einem Fehler (503)"),
        ("it answers 302", "sie antwortet mit 302"),
        ("timed out", "keine Antwort in der gegebenen Zeit"),
        ("only the ports 80 and 443 are asked", "nur die Ports 80 und 443 werden abgefragt"),
        (
            "the address is longer than 2000 characters",
            "die Adresse ist länger als 2000 Zeichen",
        ),
        (
            "the address leads inside a private network",
            "die Adresse führt in ein privates Netz",
        ),
        ("something of long ago, 17 times", "something of long ago, 17 times"),
    ],
)
def test_what_a_worker_found_is_said_in_the_readers_language(german, stored, german_words):
    assert reason_in_words(stored) == german_words
    with translation.override("en"):
        assert reason_in_words(stored) == stored


def test_the_core_speaks_english_where_no_language_is_active():
    code = (
        "from progress.rules.what_next import NextStep, Reason;"
        "step = NextStep(None, Reason.OPENS_OTHERS, 2, 0, 0);"
        "assert step.sentence == 'Opens the way to 2 more';"
        "from backend.words import day_in_words, gettext_lazy; import datetime as dt;"
        "assert day_in_words(dt.date(2026, 3, 1)) == '1 March 2026';"
        "assert str(gettext_lazy('Yes')) == 'Yes'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
