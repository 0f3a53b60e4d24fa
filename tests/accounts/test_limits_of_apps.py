"""An app has a limit of its own for each person who let it in."""

import time_machine

from tests.accounts.journey import connect
from tests.factories import NOW


def test_an_app_does_not_use_up_what_its_person_has(settings, browser, app, walker):
    settings.REQUESTS_A_MINUTE = 2
    with time_machine.travel(NOW, tick=False):
        token = connect(browser, app)["access_token"]
        answers = [app.get("/api/v1/me", token) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[0]["RateLimit-Policy"] == '"app";q=2;w=60'
        mine = browser.get("/api/v1/me")
        assert (mine.status_code, mine["RateLimit"]) == (200, '"person";r=1;t=30')
