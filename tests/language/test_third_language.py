"""A third language is only a catalogue: one is made up here, and mail and errors speak it."""

import pytest
from django.test import Client, override_settings

from notifications.mail.compose import compose
from notifications.models import Delivery
from scripts import catalogues
from tests.factories import NOW
from tests.notifications.acts import TITLE, decide, deliver, submit
from tests.notifications.post import text_of

LANGUAGE = "eo"
"""Esperanto: Django and DRF know it, Waymark does not."""


def strange(message: str) -> str:
    """What stands for a translation: it can be told, and keeps what is filled in."""
    return f"⟦{message}⟧"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a catalogue in which every message of Waymark is translated."""
    folder = tmp_path_factory.mktemp("locale")
    code = catalogues.ours()
    catalogue = catalogues.brought_up_to_date(catalogues.read(LANGUAGE, folder), code)
    for message in catalogue:
        if message.id:
            forms = message.id if message.pluralizable else (message.id,)
            said = tuple(map(strange, forms))
            message.string = said if message.pluralizable else said[0]
    assert catalogues.wrong_with(catalogue, code) == []
    place = folder / LANGUAGE / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.po").write_bytes(catalogues.po_of(catalogue))
    (place / "django.mo").write_bytes(catalogues.mo_of(catalogue))
    assert catalogues.wrong_with(catalogues.read(LANGUAGE, folder), code) == []
    return folder


@pytest.fixture
def spoken(folder, settings):
    """It is added as docs/translating.md says: a line of the settings, and its catalogue."""
    with override_settings(
        LANGUAGES=[*settings.LANGUAGES, (LANGUAGE, "Esperanto")],
        LOCALE_PATHS=[folder, *settings.LOCALE_PATHS],
    ):
        yield


def test_errors_speak_it(spoken, db):
    answer = Client().get("/api/v1/me", headers={"Accept-Language": "eo, de;q=0.5"})
    assert answer["Content-Language"] == LANGUAGE
    assert answer.json()["title"] == "⟦You are not signed in⟧"
    answer = Client().get("/api/v1/nowhere", headers={"Accept-Language": "eo"})
    assert answer.json()["detail"] == (
        "⟦No resource is at /api/v1/nowhere. /api/docs lists them all.⟧"
    )


def test_mail_speaks_it(spoken, cast):
    cast.learner.locale = LANGUAGE
    cast.learner.save(update_fields=["locale"])
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    message = compose(Delivery.objects.get(kind="submission-decided"), now=NOW)
    assert message["Subject"] == f"⟦Mo Mentor approved “{TITLE}”⟧"
    text = text_of(message)
    assert "⟦Mo Mentor wrote⟧" in text
    assert "⟦See what comes next⟧" in text
    assert "⟦Why you get this:⟧ ⟦You submitted this milestone for review.⟧" in text


def test_without_it_nobody_hears_of_it(db):
    answer = Client().get("/api/v1/me", headers={"Accept-Language": "eo"})
    assert answer["Content-Language"] == "en"
