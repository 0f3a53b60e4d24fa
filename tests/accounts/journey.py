"""The two sides of an OAuth journey: a person in a browser, and an app. Both speak HTTP only."""

import base64
import hashlib
import html
import json
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD

CALLBACK = "https://app.example/callback"


class Browser(Client):
    """A browser with cookies, that must bring the CSRF token like a real one."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def send(self, method, path, data=None, **headers):
        """Send JSON with the CSRF token, the way the web client does."""
        if "csrftoken" not in self.cookies:
            self.get("/_allauth/browser/v1/config")
        return self.generic(
            method,
            path,
            b"" if data is None else json.dumps(data),
            content_type="application/json",
            headers={"X-CSRFToken": self.cookies["csrftoken"].value, **headers},
        )

    def sign_in(self, person: User) -> "Browser":
        answer = self.send(
            "POST", "/_allauth/browser/v1/auth/login", {"email": person.email, "password": PASSWORD}
        )
        assert answer.status_code == 200, answer.content
        return self

    def submit(self, page, **changes):
        """Press a button of the consent page: post its fields, as they are or tampered with."""
        hidden = r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?'
        fields = {
            html.unescape(name): html.unescape(value)
            for name, value in re.findall(hidden, page.content.decode())
        }
        fields = {k: v for k, v in {**fields, **changes}.items() if v is not None}
        return self.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], fields)


@dataclass
class RemoteApp:
    """Somebody else's program."""

    client_id: str
    client_secret: str | None = None
    redirect_uri: str = CALLBACK
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    http: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def authorize_url(self, scope: str | None = "profile:read", **changes) -> str:
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": scope,
            "state": "s t/ate",
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
            **changes,
        }
        return "/o/authorize/?" + urlencode({k: v for k, v in query.items() if v is not None})

    def redeem(self, code: str, **changes):
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
        }
        return self._token(**{**form, **changes})

    def refresh(self, refresh_token: str, **changes):
        return self._token(grant_type="refresh_token", refresh_token=refresh_token, **changes)

    def revoke(self, token: str, **changes):
        return self.http.post("/o/revoke_token/", self._form(token=token, **changes))

    def get(self, path: str, access_token: str):
        return self.http.get(path, headers={"Authorization": f"Bearer {access_token}"})

    def post(self, path: str, access_token: str, body: dict):
        headers = {"Authorization": f"Bearer {access_token}"}
        return self.http.post(path, body, content_type="application/json", headers=headers)

    def _token(self, **data):
        return self.http.post("/o/token/", self._form(**data))

    def _form(self, **data):
        data = {"client_id": self.client_id, "client_secret": self.client_secret, **data}
        return {k: v for k, v in data.items() if v is not None}


def register(browser: Browser, **changes) -> RemoteApp:
    """Register an app as whoever is signed in."""
    body = {
        "name": "Trail Log",
        "redirect_uris": [CALLBACK],
        "scopes": ["profile:read", "progress:read"],
        "kind": "public",
        **changes,
    }
    answer = browser.send("POST", "/api/v1/apps", body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    return RemoteApp(made["client_id"], made["client_secret"], made["redirect_uris"][0])


def sent_back(response) -> dict[str, str]:
    """Return what the app receives at its redirect URI."""
    assert response.status_code == 302, response.content
    return {k: v[0] for k, v in parse_qs(urlsplit(response["Location"]).query).items()}


def allow(browser: Browser, app: RemoteApp, scope: str | None = "profile:read", **changes) -> str:
    """Let `app` in; return the code."""
    page = browser.get(app.authorize_url(scope, **changes))
    assert page.status_code == 200, page.content
    return sent_back(browser.submit(page, allow="true"))["code"]


def connect(browser: Browser, app: RemoteApp, scope: str | None = "profile:read") -> dict:
    """Let `app` in and redeem the code; return the tokens."""
    answer = app.redeem(allow(browser, app, scope))
    assert answer.status_code == 200, answer.content
    return answer.json()
