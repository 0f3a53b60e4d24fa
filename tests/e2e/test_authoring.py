"""Writing a pathway: errors at their lines, what an edition would change, and publishing it."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.baking import document, make_author, make_baker
from tests.e2e.people import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DOCUMENT = "The document, in YAML or JSON"


@pytest.fixture
def author(visit, post):
    """Somebody at a desk who has not written anything yet."""
    visitor = visit(viewport=DESK)
    visitor.sign_in(make_author())
    visitor.go("/profile")
    visitor.follow("Write a pathway")
    visitor.sees("Write a pathway")
    return visitor


def test_errors_stand_beside_their_lines_and_nothing_is_lost(author):
    wrong = document().replace('"kind": "at_least"', '"kind": "at_most"')
    wrong = wrong.replace('"effort_hours": 4', '"effort_hours": "four"')
    author.fill(DOCUMENT, wrong)
    author.press("Publish edition 1")
    complaints = author.page.locator(".told.wrong li")
    expect(complaints.first).to_be_visible()
    line = wrong[: wrong.index('"effort_hours": "four"')].count("\n") + 1
    expect(author.page.locator(".editor b", has_text=str(line))).to_have_text(str(line))
    author.press(f"Line {line}")
    selected = author.page.evaluate("String(getSelection())")
    assert selected.strip() == '"effort_hours": "four",'
    assert author.page.get_by_label(DOCUMENT).input_value() == wrong


def test_a_document_becomes_a_pathway_and_an_edition_after_a_look_at_its_impact(author):
    author.fill(DOCUMENT, document())
    author.press("Publish edition 1")
    author.sees("Bake good bread")
    author.reads("Only you and your co-authors find it.")
    author.page.get_by_label("Who finds it").select_option("public")
    author.reads("Everybody finds it when they choose a way.")

    changed = json.loads(document(title="Bake better bread"))
    bread = changed["stages"][1]["milestones"]
    bread.append({**bread[-1], "key": "bagels", "title": "Bagels"})
    author.fill(DOCUMENT, json.dumps(changed))
    author.press("See what it changes")
    impact = author.page.locator(".impact")
    expect(impact).to_contain_text("Nobody walks this pathway yet.")
    expect(impact).to_contain_text("1 milestone addedBagels")
    author.press("Publish edition 2")
    author.sees("Bake better bread")
    author.reads("Edition 2, 8 milestones")
    author.follow("Write a pathway")
    expect(author.page.locator(".row-link")).to_have_text(
        "Bake better breadEdition 2, 8 milestones, public"
    )


def test_the_impact_tells_how_many_learners_there_are(visit, post):
    enrollment = make_baker()
    visitor = visit()
    visitor.sign_in(enrollment.pathway.owner)
    visitor.go("/author/bake-bread")
    changed = json.loads(document())
    del changed["stages"][0]["milestones"][1]
    visitor.fill(DOCUMENT, json.dumps(changed))
    visitor.press("See what it changes")
    visitor.reads("1 learner walks this pathway.")
    visitor.reads("1 milestone removed")
    visitor.page.get_by_label(DOCUMENT).press_sequentially(" ")
    expect(visitor.page.get_by_role("button", name="Publish edition 2")).to_have_count(0)
