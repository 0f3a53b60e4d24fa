"""How often somebody may ask: a limit for each person, app and address, over all web processes.

By the generic cell rate algorithm (GCRA, ITU-T I.371): of each asker one instant is kept, at which
all of their quota will be back. It is compared and moved in one step inside of Redis, so that
requests at the same moment can't slip through together. A quota may be used at once, and comes
back evenly. Without Redis nobody is limited: a request then waits for it once in a while, and
otherwise goes on.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from math import ceil
from typing import Any, Final

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils import timezone
from redis import Redis
from redis.backoff import NoBackoff
from redis.commands.core import Script
from redis.exceptions import RedisError
from redis.retry import Retry
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

log = structlog.get_logger(__name__)

WINDOW: Final = timedelta(minutes=1)
PATIENCE: Final = 0.2
"""Seconds that a request waits for Redis."""
AWAY_FOR: Final = 5.0
"""Seconds that nobody asks it again after it did not answer."""
_MICRO: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

# All in microseconds. An instant beyond the window was written by a clock that ran ahead of ours.
_ASK = """
local now, interval, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = tonumber(redis.call('GET', KEYS[1]))
if not full or full < now or full > now + window then full = now end
if full + interval - now > window then return {0, full - now} end
full = full + interval
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return {1, full - now}
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests a minute; `name` is what the headers call it."""

    name: str
    quota: int

    @property
    def interval(self) -> timedelta:
        """In which one request comes back."""
        return WINDOW / self.quota


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an asker stands after a request: whether it is allowed, and when all is back."""

    limit: Limit
    allowed: bool
    full_in: timedelta

    @property
    def remaining(self) -> int:
        """How many requests are left now."""
        return max((WINDOW - self.full_in) // self.limit.interval, 0)

    @property
    def retry_in(self) -> timedelta:
        """How long until the next request is allowed."""
        return max(self.full_in + self.limit.interval - WINDOW, timedelta(0))

    def write(self, response: Response) -> None:
        """Say it in the headers of draft-ietf-httpapi-ratelimit-headers-10."""
        name, seconds = self.limit.name, int(WINDOW.total_seconds())
        response["RateLimit-Policy"] = f'"{name}";q={self.limit.quota};w={seconds}'
        back = ceil(self.full_in.total_seconds())
        response["RateLimit"] = f'"{name}";r={self.remaining};t={back}'


class Limits(BaseThrottle):
    """DRF's throttle: leaves what it found in `view.standing`, None if there is no limit."""

    standing: Standing | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; return whether it is allowed."""
        limit, asker = _asker(request)
        self.standing = ask(limit, asker, now=timezone.now()) if limit.quota else None
        view.standing = self.standing
        return self.standing is None or self.standing.allowed

    def wait(self) -> float | None:
        """Return the seconds until the next request is allowed."""
        return self.standing.retry_in.total_seconds() if self.standing else None


def ask(limit: Limit, asker: str, *, now: datetime) -> Standing | None:
    """Count a request of `asker` and return where they stand, None while Redis is away."""
    if _Redis.away_until > time.monotonic():
        return None
    arguments = [one // _MICRO for one in (now - _EPOCH, limit.interval, WINDOW)]
    try:
        allowed, full_in = _script()(keys=[f"waymark:limit:{limit.name}:{asker}"], args=arguments)
    except RedisError as exc:
        _Redis.away_until = time.monotonic() + AWAY_FOR
        log.warning("limits_away", error=type(exc).__name__)
        return None
    return Standing(limit, bool(allowed), full_in * _MICRO)


def _asker(request: Request) -> tuple[Limit, str]:
    """An app does not use up what its person has at the screen, nor one person's app another's."""
    signed_in, anonymous = settings.REQUESTS_A_MINUTE, settings.ANONYMOUS_REQUESTS_A_MINUTE
    if not request.user.is_authenticated:
        return Limit("address", anonymous), str(get_adapter().get_client_ip(request._request))
    if request.auth is None:
        return Limit("person", signed_in), str(request.user.pk)
    token: Any = request.auth
    return Limit("app", signed_in), f"{token.application_id}:{request.user.pk}"


class _Redis:
    away_until = 0.0


@cache
def _script() -> Script:
    client = Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
    return client.register_script(_ASK)
