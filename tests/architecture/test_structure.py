"""The shape of the code, where the linters do not look."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("backend", "accounts", "progress", "notifications")
LONGEST = 320
VAGUE = {"utils", "util", "helpers", "common", "misc", "services", "managers", "core", "base"}


def sources():
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def test_files_are_short():
    found = {str(p.relative_to(ROOT)): lines(p) for p in sources()}
    del found["backend/settings.py"]  # one file on purpose: every setting in one place
    long = {path: n for path, n in found.items() if n > LONGEST}
    assert not long


def lines(path):
    return len(path.read_text().splitlines())


def test_names_say_something():
    assert not [str(p) for p in sources() if p.stem in VAGUE or p.parent.name in VAGUE]


def commands():
    return [
        path
        for path in (ROOT / "progress" / "commands").glob("*.py")
        if path.stem != "__init__" and "guards" not in path.stem
    ]


@pytest.mark.parametrize("path", commands(), ids=lambda path: path.stem)
def test_a_command_is_one_use_case(path):
    """A function of the file's name, keyword-only, that is told the time if it writes one."""
    tree = ast.parse(path.read_text())
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    command = functions[path.stem]
    assert not command.args.args
    assert command.args.kwonlyargs


@pytest.mark.parametrize("path", list(sources()), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_domain_reads_no_clock(path):
    """Only views, commands of manage.py, tasks and processes look at the clock; others are told."""
    parts = path.relative_to(ROOT).parts
    readers = {"api", "management", "oauth", "pages"}
    if parts[0] == "backend" or readers & set(parts) or "tasks" in path.stem:
        return
    calls = [
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    assert not {"now", "utcnow", "today", "localdate", "localtime"} & set(calls)
