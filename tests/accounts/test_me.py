"""`/me`: what a person may change about themself, and what not."""

import pytest

from tests.factories import make_person

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def test_name_zone_and_locale_change(as_):
    person = make_person("Ada Lovelace")
    change = {"name": " Nía ‌Nóvá ", "time_zone": "America/Argentina/Ushuaia", "locale": "en"}
    answer = as_(person).patch(ME, change, format="json")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(person.id),
        "email": person.email,
        "name": "Nía ‌Nóvá",
        "time_zone": "America/Argentina/Ushuaia",
        "locale": "en",
        "is_operator": False,
    }
    assert as_(person).get(ME).json() == answer.json()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": "Ada\r\nBcc: all@example.org"}, "name", "control-character"),
        ({"name": "Ada\nLovelace"}, "name", "control-character"),
        ({"name": "Ada\u2029Lovelace"}, "name", "control-character"),
        ({"name": "Ada\u202eecalevoL"}, "name", "control-character"),
        ({"name": "A\x85da"}, "name", "control-character"),
        ({"name": "Ada\x00"}, "name", "null_characters_not_allowed"),
        ({"name": ""}, "name", "blank"),
        ({"name": None}, "name", "null"),
        ({"name": ["Ada"]}, "name", "invalid"),
        ({"name": "x" * 121}, "name", "max_length"),
        ({"time_zone": "Europe/berlin"}, "time_zone", "unknown-time-zone"),
        ({"time_zone": "UTC+1"}, "time_zone", "unknown-time-zone"),
        ({"time_zone": "/etc/localtime"}, "time_zone", "unknown-time-zone"),
        ({"time_zone": ""}, "time_zone", "blank"),
        ({"locale": "tlh"}, "locale", "invalid_choice"),
        ({"email": "new@example.org"}, "email", "unknown-field"),
        ({"is_staff": True}, "is_staff", "unknown-field"),
        ({"id": "0190b7a0-0000-7000-8000-000000000000"}, "id", "unknown-field"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_stored(as_, change, field, code):
    person = make_person("Ada Lovelace", time_zone="Europe/London")
    answer = as_(person).patch(ME, {"locale": "en", **change}, format="json")
    assert answer.status_code == 400
    errors = [(e["field"], e["code"]) for e in answer.json()["errors"]]
    assert (field, code) in errors
    person.refresh_from_db()
    assert (person.name, person.time_zone, person.is_staff) == ("Ada Lovelace", "Europe/London", 0)


def test_nothing_to_change_changes_nothing(as_):
    person = make_person("Ada Lovelace")
    assert as_(person).patch(ME, {}, format="json").json()["name"] == "Ada Lovelace"


def test_queries(as_, django_assert_num_queries):
    client = as_(make_person())
    with django_assert_num_queries(2):
        client.get(ME)
    with django_assert_num_queries(3):
        client.patch(ME, {"name": "Ada"}, format="json")
