"""What people do without a network arrives later, as they typed it."""

import pytest
from playwright.sync_api import expect

from progress.models import Evidence
from tests.factories import make_enrollment, make_person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_link_added_without_a_network_waits_and_is_sent(visit, post):
    person = make_person("Lin Learner")
    make_enrollment(person)
    lin = visit()
    lin.sign_in(person)
    lin.go("/milestones/python-programming")
    lin.reads("Evidence")
    lin.context.set_offline(True)
    lin.press("Link")
    lin.fill("Link", "git.example.org/lin/notebook")
    lin.fill("What it shows", "My notebook")
    lin.press("Add it")
    lin.reads("1 piece waits on this device")
    lin.follow("1 piece waits")
    lin.reads("Evidence: My notebook")
    lin.reads("https://git.example.org/lin/notebook")
    lin.context.set_offline(False)
    lin.sees("All is sent")
    expect(lin.page.get_by_text("My notebook")).to_have_count(0)
    assert Evidence.objects.get().url == "https://git.example.org/lin/notebook"
