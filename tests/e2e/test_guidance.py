"""Choosing a track by comparing, the rules on the map, and readiness for each role."""

import pytest
from playwright.sync_api import expect

from progress.commands.complete_milestone import complete_milestone
from tests.e2e.baking import make_baker
from tests.factories import NOW, make_person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def baker(visit, post):
    """A learner on wheat who has reached the first loaf and the pretzels."""
    enrollment = make_baker()
    for key in ("first-loaf", "pretzels"):
        learner = enrollment.learner
        complete_milestone(person=learner, enrollment=enrollment, milestone_key=key, now=NOW)
    visitor = visit()
    visitor.sign_in(enrollment.learner)
    visitor.go("/map")
    return visitor


def test_the_map_tells_what_counts_and_what_is_missing(baker):
    breads = baker.page.locator("section.stage", has=baker.page.get_by_text("Breads"))
    breads.get_by_text("What counts").click()
    rule = breads.locator(".rule").first
    expect(rule.locator("> .rule-sentence")).to_have_text("At least 2 of these 3: 1 of 2")
    expect(rule.locator("> ul > li").first).to_contain_text("Starter, required")
    group = rule.locator(".rule-group")
    expect(group).to_contain_text("At least 1 of these 2: 1 of 1. That is met.")
    expect(group.locator("li").last).to_contain_text("PretzelsMarked done")
    # Not on the track, so not in its rules.
    expect(group).not_to_contain_text("Dark loaf")


def test_the_shortest_way_from_here(baker):
    baker.page.get_by_text("The shortest way from here").click()
    baker.reads("2 milestones, about 8 h.")
    expect(baker.page.locator(".ahead li")).to_have_text(["Knead well2 h", "Starter6 h"])


def test_a_track_is_changed_after_comparing_and_a_clear_word(baker):
    baker.follow("Compare tracks")
    baker.sees("Compare the tracks")
    baker.reads("Choose wheat if this is your first loaf.")
    rye = baker.page.locator(".track", has_text="Rye")
    expect(rye).to_contain_text("Keeps 57% of what is verified, adds about 5 h.")
    rye.get_by_text("2 milestones that you would leave").click()
    expect(rye).to_contain_text("Pretzels")
    baker.press("Change to this track: Rye")
    expect(rye).to_contain_text("1 milestone you reached has no place there.")
    baker.press("Stay on Wheat")
    expect(baker.page.get_by_role("button", name="Change to Rye")).to_have_count(0)
    baker.press("Change to this track: Rye")
    baker.press("Change to Rye")
    baker.sees("The way")
    baker.reads("Rye track, aiming for")
    expect(baker.page.locator(".trail .name", has_text="Dark loaf")).to_be_visible()


def test_the_target_role_is_changed_beside_its_readiness(baker):
    baker.go("/progress")
    baker.sees("Ready for which role")
    baker.reads("75 points more, for about 6 h")
    baker.page.locator(".roles summary", has_text="Pastry cook").click()
    baker.press("Head for this role: Pastry cook")
    baker.reads("You head for Pastry cook now.")
    expect(baker.page.locator(".roles summary").first).to_contain_text("Pastry cook")


def test_of_several_pathways_one_is_chosen_first(visit, post):
    make_baker()
    visitor = visit()
    visitor.sign_in(make_person("Noor"))
    visitor.sees("What do you want to become?")
    visitor.page.get_by_text("Bake good bread").click()
    visitor.press("Go on")
    visitor.sees("Which way do you head?")
    visitor.page.get_by_text("Rye").first.click()
    visitor.press("Go on")
    visitor.page.get_by_text("Home baker").first.click()
    visitor.press("Go on")
    visitor.press("Set out")
    visitor.reads("Next on your way")
    visitor.follow("Map")
    visitor.reads("Bake good bread")
