"""What the environment may say about mail, and how the broker is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS",
         "EMAIL_USE_SSL")  # fmt: skip


def settings_with(**environment):
    """Read the settings in a process of their own; return NAMES, or why not."""
    show = (
        "import json; from backend import settings as s; "
        f"print(json.dumps([getattr(s, n, None) for n in {NAMES!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", show],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout) if done.stdout else done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", [None] * 6),
        ("smtp://mail.test", ["mail.test", 25, "", "", False, False]),
        ("smtp://mail.test:2525", ["mail.test", 2525, "", "", False, False]),
        ("smtp+tls://me:p%40ss@mail.test", ["mail.test", 587, "me", "p@ss", True, False]),
        ("smtps://me%40x.test:s@mail.test", ["mail.test", 465, "me@x.test", "s", False, True]),
    ],
)
def test_mail_servers(url, expected):
    assert settings_with(EMAIL_URL=url) == expected


@pytest.mark.parametrize(
    ("url", "said"),
    [("imap://mail.test", "EMAIL_URL begins with 'imap'"), ("smtp://", "names no host")],
)
def test_what_is_no_mail_server_is_refused_at_the_start(url, said):
    assert said in settings_with(EMAIL_URL=url)
