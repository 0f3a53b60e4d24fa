"""The tours with curl do what they say, as they stand in the documents."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.supervised import PROJECT, Supervised

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def waymark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    with Supervised(tmp_path_factory.mktemp("tours") / "var") as running:
        yield running


def walk(name: str, waymark: Supervised, where: Path) -> list[str]:
    """Run the tour of a document; return the lines it prints."""
    text = (PROJECT / name).read_text()
    found = re.search(r"<!-- tour:.*?-->\s*```sh\n(.*?)```", text, re.DOTALL)
    assert found
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", found[1]],
        cwd=where,
        env={**waymark.environment, "BASE": f"http://localhost:{waymark.port}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()


def test_from_signing_in_to_a_review(waymark: Supervised, tmp_path: Path) -> None:
    said = walk("README.md", waymark, tmp_path)
    assert said[0] == "Become a machine learning engineer"
    assert any(line.endswith("Programming in Python") for line in said)
    assert "'outcome': 'approved'" in said[-2]
    assert "**Keep the tests.**" in said[-2]
    assert int(said[-1]) > 0


def test_from_a_document_to_an_upgrade(waymark: Supervised, tmp_path: Path) -> None:
    number, errors, status, fewest, moved, second, still, sentence, taken, after, back, case = walk(
        "docs/authoring.md", waymark, tmp_path
    )
    assert (number, second, still, back) == ("1", "2", "1", "1")
    assert "unknown-prerequisite" in errors
    assert "'line': 3" in errors
    assert (status, after) == ("complete", "complete")
    assert "'leaves'" in fewest
    assert "'temperature'" in moved
    assert "1 that you reached carries over" in sentence
    assert "'can_undo': True" in taken
    assert case == "Brew tea that people ask for again"
