"""Structured logs: one line an event, with the id of the request that caused it."""

import re
from typing import Any

import structlog
from structlog.typing import EventDict

SECRETS_IN_PATHS = re.compile(
    r"(/(?:act|calendar|unsubscribe|reset|verify|invitations/by-token)/|(?<!/api/v1)/invitations/)"
    r"[^/?\s]+"
)


def without_tokens(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Leave out of paths what would let a reader of the log act, or read, as somebody else.

    They stand in what the request was, and in Django's own lines about answers such as a 403.
    """
    for name in ("request", "event"):
        if name in event:
            event[name] = SECRETS_IN_PATHS.sub(r"\1…", str(event[name]))
    return event


def configure_logs(*, level: str, style: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING for it.

    `level` is a name such as INFO; `style` is `json` (a line of JSON each) or `console` (for
    people). Raises ValueError for another style.
    """
    if style not in {"json", "console"}:
        raise ValueError(f"LOG_FORMAT is {style!r}; it can be json or console.")
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        without_tokens,
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
