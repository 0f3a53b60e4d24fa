"""Structured logs: one line an event, with the id of the request that caused it."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

IN_ADDRESSES = re.compile(r"(/calendar/)[^/\s]+")
"""Secrets that stand in the address of a request."""


def configure_logs(*, level: str, style: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING for it.

    `level` is a name such as INFO; `style` is `json` (a line of JSON each) or `console` (for
    people). Raises ValueError for another style.
    """
    if style not in {"json", "console"}:
        raise ValueError(f"LOG_FORMAT is {style!r}; it can be json or console.")
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _without_secrets,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    final: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if style == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.server": {"handlers": [], "propagate": True}},
    }


def _without_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take out of a line what would open something to whoever reads the log."""
    for name in ("request", "event"):
        if isinstance(event.get(name), str):
            event[name] = IN_ADDRESSES.sub(r"\1…", event[name])
    return event
