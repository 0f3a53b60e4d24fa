"""What is written down about a request, and what is not."""

import logging

import pytest

from backend.logs import configure_logs, without_tokens
from progress.models import Invitation
from tests.factories import new_id

SECRET = "s3cret-T0ken"


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/{}",
        "/unsubscribe/{}",
        "/act/{}",
        "/reset/{}",
        "/verify/{}",
        "/invitations/{}",
        "/api/v1/invitations/by-token/{}",
        "/api/v1/invitations/by-token/{}/acceptance",
    ],
)
@pytest.mark.parametrize(
    ("name", "said"), [("request", "GET {}"), ("event", "Forbidden: {}"), ("event", "GET {}?a=b")]
)
def test_secrets_of_paths_are_left_out(path, name, said):
    line = without_tokens(None, "info", {name: said.format(path.format(SECRET))})
    assert line[name] == said.format(path.format("…"))


def test_ids_are_kept():
    said = f"GET /api/v1/invitations/{new_id()}"
    assert without_tokens(None, "info", {"request": said})["request"] == said


@pytest.mark.django_db
def test_a_refused_invitation_is_not_in_the_log(as_, cast, caplog):
    """Its link still lets in whom it is for."""
    inviting = as_(cast.learner)
    body = {"email": "friend@example.org", "part": "mentor"}
    assert inviting.post("/api/v1/invitations", body).status_code == 201
    token = Invitation.objects.get().token
    with caplog.at_level(logging.INFO):
        answer = as_(cast.stranger).put(f"/api/v1/invitations/by-token/{token}/acceptance")
    assert answer.status_code == 403
    line = configure_logs(level="INFO", style="console")["formatters"]["line"]
    formatter = line.pop("()")(**line)
    written = [formatter.format(record) for record in caplog.records]
    assert any("/invitations/by-token/…/acceptance" in one for one in written)
    assert not any(token in one for one in written)
