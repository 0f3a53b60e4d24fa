"""Ringing: offered politely, and what the worker of the page does with what is pushed."""

import json

import pytest
from playwright.sync_api import expect

from tests.factories import make_enrollment, make_person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTIFICATIONS = """async () => {
  const { getNotifications } = ServiceWorkerRegistration.prototype;
  const found = await getNotifications.call(await navigator.serviceWorker.ready);
  return found.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
}"""
CLICK = """async (url) => {
  await self.registration.showNotification("Click me", { tag: "click", data: { url } });
  const [notification] = await self.registration.getNotifications({ tag: "click" });
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


@pytest.fixture
def lin(visit, post):
    """A learner whose browser may show notifications."""
    person = make_person("Lin Learner")
    make_enrollment(person)
    visitor = visit(service_workers="allow", permissions=["notifications"])
    visitor.sign_in(person)
    visitor.go("/")
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return visitor


def pushed(visitor, text):
    """Have the browser's own push machinery wake the worker with `text`."""
    session = visitor.context.new_cdp_session(visitor.page)
    registrations = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    visitor.page.wait_for_timeout(300)
    session.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": visitor.address,
            "registrationId": registrations[-1]["registrationId"],
            "data": text,
        },
    )


def shown(visitor, wanted):
    """Wait until `wanted` holds of the notifications, and return them; after a while, as they are.

    Asked here, not by the page: Playwright takes the promise of a function for its answer.
    """
    for _ in range(150):
        found = visitor.page.evaluate(NOTIFICATIONS)
        if wanted(found):
            break
        visitor.page.wait_for_timeout(100)
    return found


def test_what_is_pushed_is_shown_and_leads_to_pages_of_ours_only(lin):
    said = {"title": "Something new on Waymark", "url": "/inbox?a=1", "tag": "n1"}
    pushed(lin, json.dumps(said))
    (first,) = shown(lin, bool)
    assert first == {
        "title": "Something new on Waymark",
        "body": "",
        "tag": "n1",
        "data": {"url": "/inbox?a=1"},
    }
    pushed(lin, json.dumps(said | {"title": "Again"}))
    again = shown(lin, lambda found: [one["title"] for one in found] == ["Again"])
    assert [one["title"] for one in again] == ["Again"]  # it takes the other's place
    for number, url in enumerate(
        ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/api/v1/me", 7]
    ):
        pushed(lin, json.dumps({"title": "x", "url": url, "tag": f"bad{number}"}))
    pushed(lin, "no JSON at all")
    rest = [one for one in shown(lin, lambda found: len(found) == 7) if one["tag"] != "n1"]
    assert {one["data"]["url"] for one in rest} == {"/"}
    assert {one["title"] for one in rest} == {"x", "Waymark"}


def test_a_click_leads_an_open_window_there_without_loading_it_anew(lin):
    lin.page.evaluate("window.kept = 'still here'")
    worker = lin.context.service_workers[0]
    worker.evaluate(CLICK, "/inbox")
    expect(lin.page.get_by_role("heading", name="Inbox", level=1)).to_be_visible()
    assert lin.page.evaluate("window.kept") == "still here"


def test_nobody_is_asked_before_they_said_yes(visit, post):
    person = make_person("Lin Learner")
    make_enrollment(person)
    visitor = visit()
    visitor.context.add_init_script(
        "window.asked = 0;"
        "const ask = Notification.requestPermission.bind(Notification);"
        "Notification.requestPermission = () => { window.asked += 1; return ask(); };"
    )
    visitor.sign_in(person)
    for path in ("/", "/map", "/inbox", "/profile", "/profile/telling"):
        visitor.go(path)
    visitor.reads("On your devices")
    assert visitor.page.evaluate("window.asked") == 0
