"""What the supervisor is told by its environment, and what it tells its children by theirs."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.errors import StartError

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Configuration:
    """One start of Waymark."""

    var: Path
    port: int
    bind_address: str
    environment: str
    database_url: str | None
    redis_url: str | None
    late_seconds: float
    """As the setting of that name: work that is due for longer is late."""
    inherited: Mapping[str, str]

    @property
    def is_production(self) -> bool:
        """Whether people depend on it: no demo people, no secret of our own making."""
        return self.environment == "production"

    @property
    def public_url(self) -> str:
        """Where people find it."""
        return self.inherited.get("PUBLIC_URL") or f"http://localhost:{self.port}"

    @property
    def logs(self) -> Path:
        """Where the children's output goes."""
        return self.var / "log"

    def for_children(self, *, database_url: str, redis_url: str) -> dict[str, str]:
        """The environment of everything that runs Django."""
        told = {
            "ENVIRONMENT": self.environment,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "PUBLIC_URL": self.public_url,
            "PYTHONUNBUFFERED": "1",
        }
        if not self.is_production and not self.inherited.get("SECRET_KEY"):
            told["SECRET_KEY"] = _own_secret(self.var / "secret-key")
        return {**self.inherited, **told}


def read(environment: Mapping[str, str]) -> Configuration:
    """Read the environment. Raises StartError for a PORT or LATE_SECONDS that is none."""
    port = environment.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004 - the ports there are
        raise StartError(f"PORT is {port!r}; it must be a number from 1 to 65535.")
    late = environment.get("LATE_SECONDS") or "300"
    if not late.isdecimal() or int(late) == 0:
        raise StartError(f"LATE_SECONDS is {late!r}; it must be a number of seconds.")
    return Configuration(
        var=Path(environment.get("VAR_DIR") or PROJECT / "var").absolute(),
        port=int(port),
        bind_address=environment.get("BIND_ADDRESS") or "127.0.0.1",
        environment=environment.get("ENVIRONMENT") or "development",
        database_url=environment.get("DATABASE_URL") or None,
        redis_url=environment.get("REDIS_URL") or None,
        late_seconds=float(late),
        inherited=dict(environment),
    )


def _own_secret(path: Path) -> str:
    """Read the secret of this installation, made at its first start."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(50)
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secret + "\n")
        unfinished.rename(path)
        return secret
