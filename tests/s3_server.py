"""A storage that speaks as much S3 as Waymark needs, in this process, and keeps it in memory."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: ClassVar[dict[str, bytes]] = {}
    broken: ClassVar[bool] = False

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        headers.setdefault("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path.partition("/")[2].partition("/")[2])

    def _body(self) -> bytes:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return raw
        found = b""
        while True:
            head, _, raw = raw.partition(b"\r\n")
            size = int(head.partition(b";")[0], 16)
            if size == 0:
                return found
            found, raw = found + raw[:size], raw[size + 2 :]

    def do_PUT(self) -> None:
        body = self._body()
        if self.broken:
            return self._answer(503)
        self.objects[self._key()] = body
        return self._answer(200, ETag='"x"')

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if self.broken:
            return self._answer(503)
        if not self._key():
            return self._list()
        found = self.objects.get(self._key())
        if found is None:
            return self._answer(404)
        return self._answer(200, found, ETag='"x"', Last_Modified="Sun, 22 Nov 2026 12:00:00 GMT")

    def do_DELETE(self) -> None:
        self.objects.pop(self._key(), None)
        self._answer(204)

    def _list(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        prefix, rows, folders = asked.get("prefix", ""), [], set()
        for key in sorted(self.objects):
            if key.startswith(prefix):
                head, slash, _ = key.removeprefix(prefix).partition("/")
                if slash and asked.get("delimiter"):
                    folders.add(prefix + head + "/")
                else:
                    rows.append(f"<Contents><Key>{escape(key)}</Key></Contents>")
        rows += [f"<CommonPrefixes><Prefix>{escape(f)}</Prefix></CommonPrefixes>" for f in folders]
        body = (
            f"<ListBucketResult><IsTruncated>false</IsTruncated>{''.join(rows)}</ListBucketResult>"
        )
        self._answer(200, body.encode(), Content_Type="application/xml")


class S3Server:
    """A running server: its address, and what lies in it by key."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.objects = _Handler.objects

    def break_down(self, broken: bool) -> None:
        """From now on answer 503, or answer again."""
        _Handler.broken = broken


@contextlib.contextmanager
def s3_server() -> Iterator[S3Server]:
    """Run one."""
    _Handler.objects, _Handler.broken = {}, False
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield S3Server(server)
    finally:
        server.shutdown()
        server.server_close()
