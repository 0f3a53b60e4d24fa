"""A newer edition in the client: what it means, putting it off, taking it, taking it back."""

import json

import pytest
from playwright.sync_api import expect

from progress.commands.complete_milestone import complete_milestone
from progress.commands.publish_edition import publish_edition
from progress.commands.read_document import read_document
from tests.e2e.baking import document, make_baker
from tests.factories import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def without_pretzels():
    """Edition 2: bagels instead of pretzels."""
    whole = json.loads(document())
    breads = whole["stages"][1]
    old = next(one for one in breads["milestones"] if one["key"] == "pretzels")
    breads["milestones"].remove(old)
    breads["milestones"].append({**old, "key": "bagels", "title": "Bagels", "effort_hours": 9})
    breads["rule"]["of"][2]["of"] = ["white-loaf", "dark-loaf", "bagels"]
    return read_document(text=json.dumps(whole))


@pytest.fixture
def baker(visit, post):
    """A learner who reached the pretzels, on the edition before the newest."""
    enrollment = make_baker()
    learner = enrollment.learner
    complete_milestone(person=learner, enrollment=enrollment, milestone_key="pretzels", now=NOW)
    publish_edition(
        pathway=enrollment.pathway, document=without_pretzels(), after=1, person=None, now=NOW
    )
    visitor = visit()
    visitor.sign_in(learner)
    return visitor


def test_an_edition_is_taken_and_taken_back_and_nothing_earned_is_lost(baker):
    baker.reads("Your pathway has a new edition")
    baker.follow("Your pathway has a new edition")
    baker.sees("Edition 2")
    baker.reads("1 milestone added")
    baker.press("Take edition 2")
    baker.reads("You are on edition 2 now.")
    baker.sees("Reached earlier")
    expect(baker.page.locator(".history")).to_contain_text("PretzelsReached.")
    expect(baker.page.locator(".trail .name", has_text="Bagels")).to_be_visible()

    baker.follow("You are on edition 2")
    baker.press("Back to edition 1")
    baker.reads("You are back on edition 1.")
    expect(baker.page.locator(".trail .name", has_text="Pretzels")).to_be_visible()
    expect(baker.page.get_by_role("heading", name="Reached earlier")).to_have_count(0)


def test_an_edition_put_off_is_quiet_but_within_reach(baker):
    baker.go("/edition")
    baker.press("Not now")
    baker.reads("It stays within reach, on the map.")
    baker.reads("There is an edition 2 of your pathway.")
    expect(baker.page.get_by_text("Your pathway has a new edition")).to_have_count(0)
    baker.follow("See what it means")
    baker.sees("Edition 2")
    expect(baker.page.get_by_role("button", name="Not now")).to_have_count(0)
