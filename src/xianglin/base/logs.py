"""One JSON line per log record, each with the request's id. Personal data is never logged: ids only."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

from . import clock

_hidden: list[re.Pattern[str]] = []


def hide_after(prefix: str) -> None:
    """Addresses that begin so end in a secret: no logger writes what follows, as a path or within a query."""
    slash = "(?:/|%2F)"
    written = slash.join(re.escape(part) for part in prefix.split("/"))
    _hidden.append(re.compile(rf"({written})[^\s\"'\\<>&?#]+", re.IGNORECASE))


def without_secrets(line: str) -> str:
    for pattern in _hidden:
        line = pattern.sub(r"\1…", line)
    return line


class _Line:
    """The finished line is searched, whoever wrote it: messages, paths and tracebacks alike."""

    def __init__(self) -> None:
        self.render = structlog.processors.JSONRenderer(ensure_ascii=False)

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> str:
        return without_secrets(str(self.render(logger, name, event)))


def _time(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Real time with its zone: logs of several machines are read together."""
    event["timestamp"] = clock.real_now().isoformat(timespec="milliseconds")
    return event


def formatter() -> logging.Formatter:
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _time,
    ]
    if not structlog.is_configured():  # a second time would leave the loggers in use with the first one's processors
        structlog.configure(
            processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
            logger_factory=structlog.stdlib.LoggerFactory(),
            wrapper_class=structlog.stdlib.BoundLogger,
            cache_logger_on_first_use=True,
        )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _Line(),
        ],
    )
