"""Pathways as text, from the command line and through the API; and other people's frameworks."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import progress
from progress.commands.load_pathway import load_pathway
from progress.document import parse_yaml
from progress.models import Edition, Pathway
from tests.factories import MLE, NOW, make_edition, make_person

pytestmark = pytest.mark.django_db
FILE = Path(progress.__file__).parent / "pathways" / f"{MLE}.yaml"
PATHWAYS = "/api/v1/pathways"


def run(*arguments):
    out = StringIO()
    call_command("pathway", *arguments, stdout=out)
    return out.getvalue()


def test_what_is_exported_is_the_same_edition_when_it_comes_back(as_, tmp_path):
    assert run("import", str(FILE)) == f"{MLE}: edition 1 published\n"
    exported = run("export", f"{MLE}@1")
    again = tmp_path / "again.yaml"
    again.write_text(exported)
    assert run("import", str(again)) == f"{MLE}: edition 1 already there\n"
    assert run("export", MLE) == exported
    assert run("diff", str(FILE), MLE) == "nothing differs\n"
    by_api = as_(None).get(f"{PATHWAYS}/{MLE}/editions/1/document").json()
    assert by_api == {"slug": MLE, "number": 1, "document": exported}
    assert Edition.objects.count() == 1


def test_a_document_is_checked_line_by_line(tmp_path):
    assert run("check", str(FILE)) == f"{MLE}: 26 milestones, nothing wrong\n"
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("format: 1\nslug: wrong\ntitle: 7\n")
    with pytest.raises(CommandError, match="line 3: title"):
        run("check", str(wrong))
    with pytest.raises(CommandError, match="can't be read"):
        run("check", str(tmp_path / "nowhere.yaml"))
    with pytest.raises(CommandError, match="no edition"):
        run("export", "nowhere@3")


def test_a_diff_names_what_differs(tmp_path):
    changed = tmp_path / "changed.yaml"
    changed.write_text(FILE.read_text().replace("title: Problem-solving", "title: Solving it"))
    said = run("diff", str(FILE), str(changed))
    assert said.startswith('~ problem-solving: title: "Problem-solving" → "Solving it"')


def test_the_same_through_the_api(as_):
    edition = make_edition()
    me = as_(make_person())
    checked = me.post("/api/v1/document-checks", {"document": FILE.read_text()})
    assert checked.json()["milestone_count"] == 26
    wrong = me.post("/api/v1/document-checks", {"document": "format: 1\nslug: 5\n"})
    assert wrong.status_code == 422
    assert ("slug", 2) in [(error["field"], error["line"]) for error in wrong.json()["errors"]]
    changed = FILE.read_text().replace("title: Problem-solving", "title: Solving it")
    load_pathway(document=parse_yaml(changed), now=NOW)
    found = me.get(f"{PATHWAYS}/{MLE}/editions/1/difference/2").json()
    assert found["changed"] == [
        {"key": "problem-solving", "title": "Solving it", "fields_changed": ["title"]}
    ]
    assert edition.pathway.editions.count() == 2


def test_a_framework_goes_out_and_comes_back_as_a_draft(as_):
    make_edition()
    me = as_(make_person())
    out = me.get(f"{PATHWAYS}/{MLE}/editions/1/case").json()
    assert out["package"]["CFDocument"]["title"] == "Become a machine learning engineer"
    assert {a["associationType"] for a in out["package"]["CFAssociations"]} >= {
        "isChildOf",
        "precedes",
    }
    assert out["notes"]
    draft = me.post("/api/v1/case-drafts", {"package": out["package"], "slug": "from-case"})
    assert draft.status_code == 200, draft.content
    assert draft.json()["notes"]
    assert Pathway.objects.count() == 1
    made = me.post(PATHWAYS, {"document": draft.json()["document"]})
    assert made.status_code == 201, made.content
    again = me.get(f"{PATHWAYS}/from-case/editions/1/case").json()["package"]
    assert {item["identifier"] for item in again["CFItems"]} == {
        item["identifier"] for item in out["package"]["CFItems"]
    }


@pytest.mark.parametrize("package", [{}, {"CFDocument": 5}, {"CFItems": []}])
def test_what_is_no_package(as_, package):
    answer = as_(make_person()).post("/api/v1/case-drafts", {"package": package})
    assert (answer.status_code, answer.json()["code"]) == (422, "document-refused")
    assert not Pathway.objects.exists()
