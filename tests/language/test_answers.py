"""In which language the API answers: what was asked for, what the person chose, or English."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils.translation import get_language, gettext

from accounts.models import User
from backend import errors
from backend.api.language import LanguageMiddleware
from backend.api.problems import problem
from backend.ids import uuid7
from tests.accounts.journey import Browser, connect, register
from tests.factories import PASSWORD, make_enrollment, make_person
from tests.notifications.acts import KEY

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"
GERMAN, ENGLISH = "Du bist nicht angemeldet", "You are not signed in"


@pytest.mark.parametrize(
    ("header", "title", "language"),
    [
        (None, ENGLISH, "en"),
        ("de", GERMAN, "de"),
        ("de-AT,de;q=0.9", GERMAN, "de"),
        ("fr-CH, fr;q=0.9, de;q=0.5, en;q=0.4", GERMAN, "de"),
        ("en-GB,en;q=0.8,de;q=0.7", ENGLISH, "en"),
        ("fr", ENGLISH, "en"),
        ("*", ENGLISH, "en"),
        ("de;q=0, en", ENGLISH, "en"),
        ("de;q=0", ENGLISH, "en"),
        ("de;q=yes", ENGLISH, "en"),
        ("\x00, ../../etc/passwd;q=1", ENGLISH, "en"),
        ("x" * 20_000, ENGLISH, "en"),
    ],
)
def test_a_stranger_is_answered_in_what_they_ask_for(header, title, language):
    headers = {} if header is None else {"Accept-Language": header}
    answer = Client().get(ME, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["title"] == title
    assert answer.json()["code"] == "not-signed-in"
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(
    ("header", "detail"),
    [
        (None, "Hier ist nichts."),
        ("fr", "Hier ist nichts."),
        ("*", "Hier ist nichts."),
        ("en", "There is nothing here."),
    ],
)
def test_the_persons_own_language_speaks_where_none_is_asked_for(as_, header, detail):
    person = make_person(locale="de")
    headers = {} if header is None else {"Accept-Language": header}
    answer = as_(person).get("/api/v1/enrollments/" + str(person.pk), headers=headers)
    assert answer.status_code == 404
    assert answer.json()["detail"] == detail


def test_what_is_wrong_with_each_field_is_said_in_german_and_coded_as_ever(as_):
    person = make_person(locale="de")
    answer = as_(person).patch(ME, {"name": "", "locale": "tlh", "nmae": "x"}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"field": "nmae", "code": "unknown-field", "detail": "Hier gibt es kein Feld 'nmae'."}
    ]
    answer = as_(person).patch(ME, {"name": "", "locale": "tlh"}, format="json")
    assert answer.json()["title"] == "Etwas an der Eingabe stimmt nicht"
    assert {e["field"]: (e["code"], e["detail"]) for e in answer.json()["errors"]} == {
        "name": ("blank", "Dieses Feld darf nicht leer sein."),
        "locale": ("invalid_choice", '"tlh" ist keine gültige Option.'),
    }


def test_a_rule_of_the_domain_speaks_german(as_):
    learner = make_person(locale="de")
    enrollment = make_enrollment(learner)
    body = {
        "id": str(uuid7()),
        "enrollment_id": str(enrollment.pk),
        "milestone_key": KEY,
        "minutes": 30,
        "day": "2999-01-01",
    }
    answer = as_(learner).post("/api/v1/log-entries", body, format="json")
    assert answer.json()["code"] == "day-in-future", answer.json()
    assert answer.json()["title"] == "Der Tag hat noch nicht begonnen"
    assert answer.json()["detail"].startswith("Der 1. Januar 2999 liegt in der Zukunft")


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/api/v1/nowhere", 404, "Unter /api/v1/nowhere gibt es keine Ressource."),
        ("/_allauth/nowhere", 404, "Unter /_allauth/nowhere gibt es keine Ressource."),
    ],
)
def test_what_no_view_answers_speaks_too(path, status, detail):
    answer = Client().get(path, headers={"Accept-Language": "de"})
    assert answer.status_code == status
    assert answer.json()["detail"].startswith(detail)
    assert answer["Content-Language"] == "de"


def test_one_request_leaves_nothing_to_the_next():
    client = Client()
    assert client.get(ME, headers={"Accept-Language": "de"}).json()["title"] == GERMAN
    assert client.get(ME).json()["title"] == ENGLISH


def test_what_is_streamed_stays_in_its_language(rf):
    """Its parts are made when the request has been left already."""

    def view(_request):
        lines = (gettext("You are not signed in") for _line in range(2))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")

    request = rf.get("/api/v1/anything.csv", headers={"Accept-Language": "de"})
    response = LanguageMiddleware(view)(request)
    assert b"".join(response) == GERMAN.encode() * 2
    assert response["Content-Language"] == "de"
    assert get_language() == "en"


def test_the_clients_page_is_one_for_all(settings, tmp_path):
    """The client speaks for itself; its page is kept offline, whatever the browser asks for."""
    (tmp_path / "index.html").write_text("<!doctype html>")
    settings.CLIENT_DIR = tmp_path
    answer = Client().get("/map", headers={"Accept-Language": "de"})
    assert (answer.status_code, answer["Content-Language"]) == (200, "en")
    assert "Accept-Language" not in answer.get("Vary", "")


def test_a_title_is_translated_when_it_is_said():
    exc = errors.NotFound()
    assert str(exc.title) == "There is nothing here"
    assert problem(404, exc.code, title=exc.title)["detail"] == "There is nothing here."
    json.dumps(problem(404, exc.code, title=exc.title))


# --- Signing in ---


def sign_in(browser, email, password, **headers):
    body = {"email": email, "password": password}
    return browser.send("POST", "/_allauth/browser/v1/auth/login", body, **headers)


def test_signing_in_speaks_the_language_asked_for():
    answer = sign_in(Browser(), "no@example.org", "wrong", **{"Accept-Language": "de"})
    assert answer.status_code == 400
    assert [e["code"] for e in answer.json()["errors"]] == ["email_password_mismatch"]
    assert "Passwort" in answer.json()["errors"][0]["message"]
    assert answer["Content-Language"] == "de"


def test_a_signed_in_person_is_answered_in_their_language_there_as_well():
    person = make_person(locale="de")
    browser = Browser().sign_in(person)
    body = {"current_password": "wrong", "new_password": "another-long-passphrase"}
    answer = browser.send("POST", "/_allauth/browser/v1/account/password/change", body)
    assert answer.status_code == 400
    assert "Passwort" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(("header", "locale"), [("de-CH", "de"), ("fr", "en"), ("", "en")])
def test_sign_up_keeps_the_language_it_was_done_in(header, locale):
    body = {"email": "nia@example.org", "password": "up the long hill", "name": "Nia"}
    Browser().send("POST", "/_allauth/browser/v1/auth/signup", body, **{"Accept-Language": header})
    assert User.objects.get(email="nia@example.org").locale == locale


# --- Apps ---


def test_the_page_that_asks_for_consent_speaks_to_the_person():
    app = register(Browser().sign_in(make_person("Mo Maker")))
    browser = Browser().sign_in(make_person("Wanda Walker", locale="de"))
    text = browser.get(app.authorize_url()).content.decode()
    assert '<html lang="de">' in text
    assert "„Trail Log“" in text
    assert "Mo Maker hat sie registriert" in text
    assert "Deinen Namen, deine E-Mail-Adresse, Zeitzone und Sprache sehen" in text
    asked = browser.get(app.authorize_url(), headers={"Accept-Language": "en-GB,en"})
    assert "See your name, email address, time zone and language" in asked.content.decode()


def test_an_app_that_asks_for_none_is_answered_in_the_persons_language():
    app = register(Browser().sign_in(make_person("Mo Maker")))
    tokens = connect(Browser().sign_in(make_person(locale="de")), app, "progress:read")
    answer = app.get("/api/v1/me", tokens["access_token"])
    assert answer.json()["title"] == "Dem Zugriffstoken fehlt eine Berechtigung"
    assert answer["Content-Language"] == "de"
    answer = app.get("/api/v1/me", "no-such-token")
    assert answer.json()["title"] == "The token is not valid"


def test_the_contract_is_in_english_whoever_reads_it():
    german, english = (
        Client().get("/api/v1/schema", headers={"Accept-Language": one}) for one in ("de", "en")
    )
    assert german.content == english.content


# --- Mail of the account ---


def post(path, body, **headers):
    Browser().send("POST", f"/_allauth/browser/v1{path}", body, **headers)
    return mail.outbox[-1]


def test_a_code_comes_in_the_language_of_the_account():
    person = make_person("Nia", locale="de")
    sent = post("/auth/password/request", {"email": person.email}, **{"Accept-Language": "en"})
    assert sent.subject == "Dein Code für ein neues Passwort"
    assert sent.body.startswith("Hallo,\n\num ein neues Passwort")
    assert sent.extra_headers["Content-Language"] == "de"


def test_an_address_without_an_account_is_answered_as_the_request_speaks():
    body = {"email": "nobody@example.org"}
    sent = post("/auth/password/request", body, **{"Accept-Language": "de"})
    assert sent.subject == "Zu dieser Adresse gibt es kein Waymark-Konto"


def test_whose_account_it_is_reads_their_own_language_when_somebody_signs_up_with_it():
    person = make_person(locale="de")
    EmailAddress.objects.filter(user=person).update(verified=True)
    body = {"email": person.email, "password": PASSWORD, "name": "Somebody"}
    sent = post("/auth/signup", body, **{"Accept-Language": "en"})
    assert sent.subject == "Du hast schon ein Waymark-Konto"
