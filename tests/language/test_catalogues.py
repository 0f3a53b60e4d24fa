"""Catalogues: they say all that the code says, and a language is nothing but one of them."""

import re

import pytest
from babel.messages import Catalog
from django.utils import translation

from scripts import catalogues
from scripts.catalogues import Said, Unreadable, placeholders, said_in, wrong_with


@pytest.fixture(scope="module")
def code():
    return catalogues.ours()


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_message_is_translated_and_none_is_left_over(language, code):
    assert wrong_with(catalogues.read(language), code) == []


@pytest.mark.parametrize("language", catalogues.languages())
def test_what_django_reads_is_what_the_catalogue_compiles_to(language):
    compiled = catalogues.LOCALE / language / "LC_MESSAGES" / "django.mo"
    assert compiled.read_bytes() == catalogues.mo_of(catalogues.read(language))


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_stands_as_the_command_writes_it(language, code):
    """So that the next change shows nothing but itself."""
    path = catalogues.LOCALE / language / "LC_MESSAGES" / "django.po"
    again = catalogues.brought_up_to_date(catalogues.read(language), code)
    assert path.read_bytes() == catalogues.po_of(again)


def test_the_languages_of_the_settings_are_english_and_those_with_a_catalogue(settings):
    assert sorted(code for code, _ in settings.LANGUAGES) == sorted(["en", *catalogues.languages()])


def test_german_says_du_also_where_a_package_speaks():
    with translation.override("de"):
        said = {
            one.id: translation.ngettext(one.id, one.plural, 2)
            if one.plural
            else translation.gettext(one.id)
            for one in [*catalogues.ours(), *catalogues.borrowed()]
        }
    # At the start of a sentence it may be about somebody else.
    formal = re.compile(r"(?<![.:!?…„] )(?<![„])(?<!^)\b(Sie|Ihnen|Ihr|Ihre[mnrs]?)\b")
    assert {text for text in said.values() if formal.search(text)} == set()


# --- What is found in code and templates ---


def written(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return set(said_in(folder, ["."]))


def test_messages_of_python_are_found(tmp_path):
    assert written(
        tmp_path,
        "a.py",
        '_("One")\ngettext_lazy("Tw"\n "o")\nngettext("%(n)s day", "%(n)s days", n)\n'
        'pgettext("verb", "Log")\nmodule.gettext("Three")\n_(name)\n',
    ) == {
        Said("One"),
        Said("Two"),
        Said("%(n)s day", "%(n)s days"),
        Said("Log", context="verb"),
        Said("Three"),
    }


def test_messages_of_templates_are_found(tmp_path):
    assert written(
        tmp_path,
        "templates/a.html",
        '{% load i18n %}{% translate "One (1)" %} {{ day|date:_("j F") }}\n'
        '{% blocktranslate with a=b|date:_("H:i") trimmed %}\n  It’s\n  {{ a }}\n'
        '{% endblocktranslate %}{% translate "Log" context "verb" %}'
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
    ) == {
        Said("One (1)"),
        Said("j F"),
        Said("H:i"),
        Said("It’s %(a)s"),
        Said("Log", context="verb"),
        Said("%(n)s day", "%(n)s days"),
    }


@pytest.mark.parametrize("call", ['_(f"{name} left")', '_("%s left" % name)'])
def test_a_message_that_no_translator_could_see_is_refused(tmp_path, call):
    with pytest.raises(Unreadable):
        written(tmp_path, "a.py", call)


# --- What is wrong with a catalogue ---


@pytest.mark.parametrize(
    ("string", "flags", "said"),
    [
        ("%(n)s Tage", (), []),
        ("", (), ["Not translated: '%(n)s days'"]),
        ("%(n)s Tage", ("fuzzy",), ["To be looked at (fuzzy): '%(n)s days'"]),
        ("%(m)s Tage", (), ["Other placeholders than the source: '%(n)s days'"]),
        ("%(n)d Tage", (), ["Other placeholders than the source: '%(n)s days'"]),
        ("Tage", (), ["Other placeholders than the source: '%(n)s days'"]),
    ],
)
def test_a_bad_translation_is_found(string, flags, said):
    catalogue = Catalog(locale="de")
    catalogue.add("%(n)s days", string, flags=flags)
    assert wrong_with(catalogue, {Said("%(n)s days"): set()}) == said


def test_what_is_missing_or_left_over_is_found():
    catalogue = Catalog(locale="de")
    catalogue.add("Nobody says this.", "Das sagt niemand.")
    assert wrong_with(catalogue, {Said("Yes"): set()}) == [
        "Missing: 'Yes'",
        "Nowhere said: 'Nobody says this.'",
    ]


def test_rewording_loses_no_translation():
    catalogue = Catalog(locale="de")
    catalogue.add("Hand in your work for a review.", "Gib deine Arbeit zur Begutachtung ab.")
    catalogue.add("Gone", "Weg")
    after = catalogues.brought_up_to_date(
        catalogue, {Said("Hand in your work for review."): {"a.py"}}
    )
    again = catalogues.po_of(after).decode()
    assert "#, fuzzy" in again
    assert "Gib deine Arbeit zur Begutachtung ab." in again
    assert '#~ msgstr "Weg"' in again


def test_placeholders():
    assert placeholders("%(a)s %(a)s {b} 100%% %s %d {}") == (
        ["%(a)s", "{b}"],
        ["%s", "%d", "{}"],
    )
