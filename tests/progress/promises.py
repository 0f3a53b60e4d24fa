"""What is promised of a milestone, as tests ask for it."""

from tests.progress.test_reviewing import KEY


def promised(client, enrollment, key=KEY):
    """Ask for the promise: when an answer may come, and where the ladder stands."""
    answer = client.get(f"/api/v1/enrollments/{enrollment.pk}/milestones/{key}/promise")
    assert answer.status_code == 200, answer.content
    return answer.json()
