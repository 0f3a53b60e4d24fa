"""Texts of elsewhere, made to fit."""

import re
import unicodedata
from typing import Final

_BAD: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPACES: Final = re.compile(r" *[\x00-\x1f\x7f]+ *")
_NOT_KEY: Final = re.compile(r"[^a-z0-9]+")
_MAX_KEY: Final = 64


def clean(value: object) -> str:
    """A text without what the format refuses, stripped; "" for what is no text."""
    return _BAD.sub("", value).strip() if isinstance(value, str) else ""


def line(text: str, longest: int) -> str:
    """The text on one line, cut at a word if it is longer than `longest` characters."""
    flat = _SPACES.sub(" ", text).strip()
    if len(flat) <= longest:
        return flat
    cut = (
        flat[: longest - 1].rsplit(" ", 1)[0] if " " in flat[: longest - 1] else flat[: longest - 1]
    )
    return cut.rstrip() + "…"


def key_from(text: str) -> str:
    """A key that resembles the text; "" if nothing of it can be in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_KEY.sub("-", plain)[:_MAX_KEY].strip("-")
