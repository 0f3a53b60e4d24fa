"""English and German: who chooses, when it changes, and that server and client say the same."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import DESK
from tests.factories import PASSWORD, make_enrollment, make_mentorship, make_person
from tests.notifications.acts import TITLE, decide, submit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def language_of(visitor):
    return visitor.page.locator("html").get_attribute("lang")


def test_the_door_speaks_the_language_of_the_browser_until_another_is_chosen(visit, post):
    visitor = visit(locale="de-AT")
    visitor.go("/sign-in")
    visitor.sees("Willkommen zurück")
    assert language_of(visitor) == "de"
    visitor.fill("E-Mail", make_person().email)
    visitor.fill("Passwort", "not this one")
    visitor.press("Anmelden")
    # The server's own sentence, from the package that signs in.
    field = visitor.page.get_by_label("Passwort", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    visitor.reads("E-Mail-Adresse und/oder das Passwort")

    visitor.press("English")
    visitor.sees("Welcome back")
    # What was typed is still there, and the choice outlives the page.
    expect(visitor.page.get_by_label("Password", exact=True)).to_have_value("not this one")
    visitor.page.reload()
    visitor.sees("Welcome back")
    assert language_of(visitor) == "en"
    manifest = visitor.page.locator("link[rel=manifest]")
    expect(manifest).to_have_attribute("href", "/manifest.webmanifest")


def test_a_learner_changes_to_german_logs_and_reads_an_answer(visit, post):
    learner, mentor = make_person("Lin Learner"), make_person("Mo Mentor")
    make_mentorship(mentor, learner)
    enrollment = make_enrollment(learner)
    decide(submit(enrollment), mentor)
    post.run_errands()
    lin = visit()
    lin.sign_in(learner)
    lin.reads("Next on your way")

    lin.go("/profile")
    lin.fill("Name", "Lin L.")
    lin.page.get_by_label("Language", exact=True).select_option(label="Deutsch")
    lin.sees("Über dich")
    expect(lin.page.get_by_label("Name", exact=True)).to_have_value("Lin L.")
    assert language_of(lin) == "de"
    learner.refresh_from_db()
    assert learner.locale == "de"

    # The client's words, and the server's beside them.
    lin.follow("Heute")
    lin.reads("Als Nächstes auf deinem Weg")
    lin.follow("Eintrag")
    lin.fill("Minuten", "1440")
    lin.press("1.440 Minuten eintragen")
    lin.reads("24 h auf")
    lin.follow("Eintrag")
    lin.fill("Minuten", "30")
    lin.press("30 Minuten eintragen")
    lin.reads("sind schon 1440 Minuten eingetragen")
    lin.press("Schließen")

    lin.follow("Eingang")
    lin.sees("Posteingang")
    lin.reads(f"Mo Mentor hat „{TITLE}“ angenommen")
    lin.page.reload()
    lin.sees("Posteingang")
    lin.reads(f"Mo Mentor hat „{TITLE}“ angenommen")


def test_the_account_decides_on_whatever_device(visit, post):
    person = make_person("Lin Learner", locale="de")
    make_enrollment(person)
    visitor = visit(viewport=DESK)
    visitor.go("/sign-in")
    visitor.fill("Email", person.email)
    visitor.fill("Password", PASSWORD)
    visitor.press("Sign in")
    visitor.reads("Als Nächstes auf deinem Weg")
    manifest = visitor.page.locator("link[rel=manifest]")
    expect(manifest).to_have_attribute("href", "/manifest.de.webmanifest")
    answer = visitor.page.request.get(f"{visitor.address}/manifest.de.webmanifest")
    assert answer.json()["shortcuts"][0]["name"] == "Zeit eintragen"
    visitor.go("/profile")
    visitor.press("Abmelden")
    visitor.sees("Willkommen zurück")
    expect(visitor.page.get_by_role("button", name=re.compile("Deutsch"))).to_have_attribute(
        "aria-pressed", "true"
    )
