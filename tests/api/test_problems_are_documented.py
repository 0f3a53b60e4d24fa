"""docs/problems.md lists every code there is, with its status, and none that isn't."""

import re
from pathlib import Path

from django.urls import get_resolver
from rest_framework.exceptions import APIException

from backend import errors
from backend.api import problems

ROOT = Path(__file__).parents[2]
ABSTRACT = {errors.DomainError, *problems._DOMAIN_STATUS}


def below(kind):
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def in_the_code():
    assert get_resolver().url_patterns  # everything that can be raised has been imported
    found = dict.fromkeys(problems._TITLES, None)
    for kind in set(below(errors.DomainError)) - ABSTRACT:
        found[kind.code] = next(
            s for k, s in problems._DOMAIN_STATUS.items() if issubclass(kind, k)
        )
    for kind in below(APIException):
        if hasattr(kind, "problem_code"):
            found[kind.problem_code] = kind.status_code
    return found


def in_the_docs():
    text = (ROOT / "docs" / "problems.md").read_text()
    rows = re.findall(r"^\| `([\w-]+)` \| (\d+)", text, re.MULTILINE)
    return {code: int(status) for code, status in rows}


def test_every_code_is_documented_and_every_documented_code_exists():
    said, real = in_the_docs(), in_the_code()
    assert set(said) == set(real)
    assert {code: said[code] for code, status in real.items() if status} == {
        code: int(status) for code, status in real.items() if status
    }


def test_every_refusal_has_words_of_its_own():
    kinds = set(below(errors.DomainError)) - ABSTRACT
    assert not [kind for kind in kinds if "code" not in vars(kind) or "title" not in vars(kind)]
    assert len({kind.code for kind in kinds}) == len(kinds)
