"""A decided round with two mentors around it, and what they do with it."""

from tests.factories import approval, changes, make_mentorship, make_person
from tests.progress.test_reviewing import KEY, SUBMISSIONS, submit

FEEDBACK = "The loader breaks on an empty file."
ITEM = "Handle the empty file."


def second_mentor(cast, name="Ana Second"):
    """Another mentor of the learner."""
    person = make_person(name)
    make_mentorship(person, cast.learner)
    return person


def decided(as_, cast, body=None, *, key=KEY, evidence=None):
    """A round that the mentor has decided, by default with a request for changes; its address."""
    handed_in = submit(as_(cast.learner), cast.enrollment, key=key, evidence=evidence)
    url = f"{SUBMISSIONS}/{handed_in.json()['id']}"
    them = as_(cast.mentor)
    assert them.put(f"{url}/claim").status_code == 200
    body = changes(ITEM, feedback=FEEDBACK) if body is None else body
    answer = them.post(f"{url}/decision", body)
    assert answer.status_code == 201, answer.content
    return url


def ask(client, url):
    """Ask for a second opinion."""
    answer = client.post(f"{url}/second-opinion")
    assert answer.status_code == 201, answer.content
    return answer.json()


def give(client, url, body=None):
    """Claim and give it; by default an approval."""
    assert client.put(f"{url}/second-opinion/claim").status_code == 200
    body = approval(KEY, "Fine by me.") if body is None else body
    return client.post(f"{url}/second-opinion/decision", body)


def milestone(client, enrollment, key=KEY):
    """The milestone's page."""
    answer = client.get(f"/api/v1/enrollments/{enrollment.pk}/milestones/{key}")
    assert answer.status_code == 200, answer.content
    return answer.json()
