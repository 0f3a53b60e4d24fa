"""A mail server for measuring: writes the Message-ID of each mail to a file, then answers 250.

.venv/bin/python -m bench.sink FILE      prints its port; runs until terminated
"""

import asyncio
import email
import json
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Keep:
    """Writes down what it receives."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the Message-ID, then say so."""
        message = email.message_from_bytes(envelope.content)
        self._file.write(json.dumps(str(message["Message-ID"])) + "\n")
        self._file.flush()
        return "250 OK"


async def main() -> None:
    """Listen on a free port of the loopback interface."""
    keep = Keep(Path(sys.argv[1]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keep, hostname="sink.test"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
