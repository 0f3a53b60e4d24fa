"""What has not changed is not sent again; what has changed meanwhile is not overwritten."""

import pytest

from accounts.models import User
from backend.api import conditional
from progress.models import Enrollment
from tests.api.test_conventions import code
from tests.at_once import at_once
from tests.progress.test_reviewing import submit

ME = "/api/v1/me"
STALE = '"0123456789abcdef0123456789abcdef"'


@pytest.mark.django_db
def test_an_answer_is_not_sent_again(as_, cast):
    me = as_(cast.learner)
    first = me.get(ME)
    assert first["ETag"].startswith('"')
    assert first["Cache-Control"] == "private, no-cache"
    again = me.get(ME, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    several = f"{STALE}, W/{first['ETag']}"  # compared weakly, as RFC 9110 has it
    assert me.get(ME, headers={"If-None-Match": several}).status_code == 304
    assert me.head(ME, headers={"If-None-Match": first["ETag"]}).status_code == 304
    me.patch(ME, {"name": "Lin Renamed"})
    changed = me.get(ME, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["name"]) == (200, "Lin Renamed")
    assert changed["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_the_etag_is_of_what_was_said(as_, cast):
    """Another language is another answer; another person's, too."""
    me, url = as_(cast.learner), f"/api/v1/enrollments/{cast.enrollment.pk}/map"
    english = me.get(url, headers={"Accept-Language": "en"})
    german = me.get(url, headers={"Accept-Language": "de", "If-None-Match": english["ETag"]})
    assert german.status_code == 200
    theirs = as_(cast.mentor).get(ME, headers={"If-None-Match": me.get(ME)["ETag"]})
    assert theirs.status_code == 200


@pytest.mark.django_db
def test_errors_have_no_etag(as_):
    assert "ETag" not in as_(None).get(ME)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("named", ["{etag}", '"x", {etag}', "*"])
def test_a_change_that_names_what_is_there_is_made(as_, cast, named):
    me = as_(cast.learner)
    named = named.format(etag=me.get(ME)["ETag"])
    assert me.patch(ME, {"name": "Anew"}, headers={"If-Match": named}).status_code == 200
    assert User.objects.get(pk=cast.learner.pk).name == "Anew"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("named", [STALE, "W/{etag}", "nonsense"])
def test_a_change_that_names_something_else_is_not(as_, cast, named):
    """A weak ETag matches nothing here: it does not say that it is the same to the letter."""
    me = as_(cast.learner)
    named = named.format(etag=me.get(ME)["ETag"])
    answer = me.patch(ME, {"name": "Anew"}, headers={"If-Match": named})
    assert code(answer) == (412, "precondition-failed")
    assert User.objects.get(pk=cast.learner.pk).name == "Lin Learner"


@pytest.mark.django_db
def test_within_a_request_that_is_part_of_more(as_, cast):
    """Inside another transaction the condition is asked as well."""
    me = as_(cast.learner)
    assert me.patch(ME, {"name": "A"}, headers={"If-Match": STALE}).status_code == 412
    assert me.patch(ME, {"name": "A"}, headers={"If-Match": me.get(ME)["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_what_cannot_be_read_has_no_etag_to_name(as_, cast):
    url = f"/api/v1/submissions/{submit(as_(cast.learner), cast.enrollment).json()['id']}/claim"
    assert code(as_(cast.mentor).put(url, headers={"If-Match": "*"})) == (
        412,
        "precondition-failed",
    )
    assert as_(cast.mentor).put(url).status_code == 200


@pytest.mark.django_db
def test_what_nobody_may_know_of_is_not_found_first(as_, cast):
    url = f"/api/v1/enrollments/{cast.enrollment.pk}"
    answer = as_(cast.stranger).patch(url, {"weekly_minutes": 60}, headers={"If-Match": STALE})
    assert code(answer) == (404, "not-found")


@pytest.mark.django_db
def test_reading_on_a_condition(as_, cast):
    answer = as_(cast.learner).get(ME, headers={"If-Match": STALE})
    assert code(answer) == (412, "precondition-failed")


@pytest.mark.django_db(transaction=True)
def test_a_change_between_reading_and_writing_fails_it(as_, cast, monkeypatch):
    """Also the moment between the look at the ETag and the write is covered."""
    me, read = as_(cast.learner), conditional._current_etag
    etag = me.get(ME)["ETag"]

    def then_somebody_else_is_quicker(*args, **kwargs):
        found = read(*args, **kwargs)
        at_once(lambda: User.objects.filter(pk=cast.learner.pk).update(name="Quicker"))
        return found

    monkeypatch.setattr(conditional, "_current_etag", then_somebody_else_is_quicker)
    answer = me.patch(ME, {"name": "Slower"}, headers={"If-Match": etag})
    assert code(answer) == (412, "precondition-failed")
    assert User.objects.get(pk=cast.learner.pk).name == "Quicker"


@pytest.mark.django_db(transaction=True)
def test_of_those_who_read_the_same_one_changes_it(as_, cast):
    url = f"/api/v1/enrollments/{cast.enrollment.pk}"
    for minutes in (100, 200, 300):
        etag = as_(cast.learner).get(url)["ETag"]
        answers = at_once(
            *(
                lambda goal=minutes + n, etag=etag: as_(cast.learner).patch(
                    url, {"weekly_minutes": goal}, headers={"If-Match": etag}
                )
                for n in range(4)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        (won,) = (answer for answer in answers if answer.status_code == 200)
        goal = Enrollment.objects.get(pk=cast.enrollment.pk).weekly_minutes
        assert won.json()["weekly_minutes"] == goal


@pytest.mark.django_db(transaction=True)
def test_of_those_who_saw_that_there_is_nothing_yet_one_makes_it(as_, cast):
    """What a GET shows before it is stored is a state as well: it is made once."""
    url, terms = "/api/v1/mentor-profile", {"kinds": [], "pathways": [], "languages": []}
    for person in (cast.mentor, cast.other_mentor, cast.coordinator):
        etag = as_(person).get(url)["ETag"]
        answers = at_once(
            *(
                lambda many=many, person=person, etag=etag: as_(person).put(
                    url, {**terms, "weekly_capacity": many}, headers={"If-Match": etag}
                )
                for many in (1, 2, 3, 4)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        (won,) = (answer.json() for answer in answers if answer.status_code == 200)
        assert as_(person).get(url).json()["weekly_capacity"] == won["weekly_capacity"]
