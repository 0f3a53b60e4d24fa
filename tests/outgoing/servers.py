"""Real servers on loopback that answer as they like, also in ways that no framework would."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

Handler = Callable[[socket.socket, str], None]


def answer(
    body: bytes = b"", *, status: str = "200 OK", length: int | None = None, **headers: str
) -> bytes:
    """An answer as bytes; `content_type=` is the header Content-Type."""
    fields = {"Content-Length": str(len(body) if length is None else length)} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(status=status, location=location)


@dataclass
class Server:
    """Calls `handler(connection, head of the request)` for each connection, in a thread."""

    handler: Handler | bytes
    context: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    heads: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Server":
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._socket = socket.create_server((self.host, 0), family=family)
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        with suppress(OSError):
            socket.create_connection(self._socket.getsockname()[:2], timeout=1).close()
        self._thread.join(5)
        self._socket.close()

    @property
    def at(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.at}"

    def _accept(self) -> None:
        while not self.stopping.is_set():
            connection, _ = self._socket.accept()
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(1)  # no more: the rest is the handler's to read
                    if not piece:
                        return
                    head += piece
                self.heads.append(head.decode("latin-1"))
                if isinstance(self.handler, bytes):
                    connection.sendall(self.handler)
                else:
                    self.handler(connection, self.heads[-1])
