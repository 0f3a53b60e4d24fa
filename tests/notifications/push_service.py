"""A push service as browsers have one, on this machine: over TLS, it opens what it is given."""

import json
import os
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone
from py_vapid import Vapid02
from py_vapid.jwt import decode as decode_jwt

from backend.outgoing import Client
from notifications.commands.subscribe_to_push import subscribe_to_push
from notifications.push.keys import encode, server_key
from notifications.push.way import Push
from notifications.sending import send_due
from tests.certificates import certificate
from tests.notifications.acts import LATER

HOST = "localhost"
SUBSCRIPTIONS = "/api/v1/push-subscriptions"


class Browser:
    """What a browser keeps to itself, and what it gives out."""

    def __init__(self, endpoint: str):
        self.endpoint = endpoint
        self.private_key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)

    @property
    def keys(self):
        point = self.private_key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return {"p256dh": encode(point), "auth": encode(self.secret)}

    @property
    def body(self):
        return {"endpoint": self.endpoint, "keys": self.keys}

    def opens(self, sealed: bytes):
        """What the page's worker reads of a message."""
        return json.loads(
            http_ece.decrypt(sealed, private_key=self.private_key, auth_secret=self.secret)
        )

    def subscribed(self, person, service, now=None):
        """Let it ring for `person`."""
        subscription, _ = subscribe_to_push(
            person=person,
            endpoint=self.endpoint,
            **self.keys,
            label="Firefox · Linux",
            way_out=service.client,
            now=now or timezone.now(),
        )
        return subscription


@dataclass
class PushService:
    """Keeps what it got; `answers` is path → (status, headers), and 201 else."""

    file: Path
    port: int = 0
    got: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    hanging: threading.Event = field(default_factory=threading.Event)
    """While it is set nobody gets an answer."""

    @property
    def at(self):
        return f"{HOST}:{self.port}"

    def browser(self, path="/push/one") -> Browser:
        return Browser(f"https://{self.at}{path}")

    @property
    def client(self):
        return Client(
            internal_hosts={self.at}, context=ssl.create_default_context(cafile=str(self.file))
        )

    def send(self, *, now=LATER, client=None, limit=20):
        """Send what is due at `now`, and say how many were claimed."""
        way = Push(client or self.client, server_key(now=now))
        return send_due(way=way, clock=lambda: now, limit=limit)

    @property
    def last(self):
        return self.got[-1]


@contextmanager
def push_service(folder: Path):
    """Run one."""
    file = certificate(folder, HOST)
    service = PushService(file)
    stopping = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.got.append((self.path, dict(self.headers), body))
            while service.hanging.is_set() and not stopping.is_set():
                time.sleep(0.05)
            status, headers = service.answers.get(self.path, (201, {}))
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_):
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def vouched(headers):
    """What a VAPID header says of its sender (RFC 8292), once its signature holds."""
    assert Vapid02.verify(headers["Authorization"])
    parts = dict(
        part.strip().split("=", 1)
        for part in headers["Authorization"].removeprefix("vapid ").split(",")
    )
    return parts["k"], decode_jwt(parts["t"], parts["k"])
