"""A real Chromium for the browser tests: `python -m tests.browser` finds or installs one.

As a pytest plugin it gives tests the fixture `chromium`, the path of the program, and skips those
marked `browser` where there is none; with CI set that is a failure, since nobody would notice.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--disable-background-networking", "--disable-dev-shm-usage")
INSTALL_SECONDS = 600
MISSING = (
    "No Chromium: the browser tests are not run. Install one (Debian: apt install chromium; "
    "elsewhere: .venv/bin/playwright install --with-deps chromium) and run them again."
)


def launch_arguments() -> list[str]:
    """Arguments for every launch; Chromium's sandbox does not work as root."""
    return [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@cache
def find() -> str | None:
    """Return a Chromium from CHROMIUM, PATH or Playwright's own, or None; CHROMIUM= means none."""
    if "CHROMIUM" in os.environ:
        return os.environ["CHROMIUM"] or None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def works(path: str | None) -> bool:
    """Whether it opens a page: a program on PATH may be a stub, or lack a library."""
    if path is None:
        return False
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=launch_arguments())
            browser.new_page().close()
            browser.close()
    except Error:
        return False
    return True


def install() -> str | None:
    """Install a Chromium by Playwright, else by apt where we may; return its path, or None."""
    playwright = [sys.executable, "-m", "playwright"]
    attempts: list[tuple[str, Callable[[], bool]]] = [
        ("Chromium with Playwright", lambda: _run([*playwright, "install", "chromium"])),
    ]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [
            (
                "Chromium's libraries with apt",
                lambda: _run([*playwright, "install-deps", "chromium"]),
            ),
            ("Chromium with apt", _install_by_apt),
        ]
    for how, attempt in attempts:
        _say(f"Installing {how} …")
        find.cache_clear()
        if attempt() and works(find()):
            return find()
    return None


def _install_by_apt() -> bool:
    return _run(["apt-get", "-qq", "update"]) and _run(
        ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", "chromium"]
    )


def _run(argv: Sequence[str]) -> bool:
    try:
        done = subprocess.run(
            argv,
            stdout=sys.stderr,
            timeout=INSTALL_SECONDS,
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _say(str(error))
        return False
    return done.returncode == 0


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; see also `launch_arguments`."""
    path = find()
    if path is None:
        pytest.skip(MISSING)
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser; with CI set, refuse to run at all."""
    marked = [item for item in items if item.get_closest_marker("browser")]
    if not marked or find() is not None:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(MISSING)
    for item in marked:
        item.add_marker(pytest.mark.skip(reason=MISSING))


def main() -> int:
    """Print the path of a Chromium that works, installing one if need be; 1 when there is none."""
    path = find()
    if not works(path):
        path = install()
    if path is None:
        _say("\n" + "=" * 78 + f"\n{MISSING}\n" + "=" * 78 + "\n")
        return 1
    sys.stdout.write(path + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
