"""How the product logs: one line per event on stdout, with request id, without secrets."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_NAME = re.compile(
    r"pass(word|phrase)|secret|token|cookie|authori[sz]ation|api.?key|otp", re.I
)
SECRET_VALUE = re.compile(r"((?:Bearer|Token|Basic)\s+)\S+|(\w+://[^:/@\s]*:)[^@\s]+(?=@)", re.I)
SECRET_PLACE = re.compile(
    r"(/(?:invitations|reset/key|mail/stop|confirm-email|login/code/confirm)/)[^/?#\s\"'<>]+"
)
ESCALATES = re.compile(r"/escalations/new/")
WHOSE = ("user_id", "ip", "user_agent")
QUERY = re.compile(r"\?\S*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
HIDDEN = "[hidden]"


def hide_secrets(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hide values under telling names, credentials and keys inside text, queries of addresses."""
    for name, value in event.items():
        event[name] = _without_secrets(name, value)
    if isinstance(event.get("request"), str):
        event["request"] = QUERY.sub("", event["request"])
    return event


def _without_secrets(name: str, value: Any) -> Any:
    if SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, dict):
        return {str(key): _without_secrets(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_secrets("", inner) for inner in value]
    if isinstance(value, str):
        text = SECRET_VALUE.sub(lambda m: f"{m[1] or m[2]}{HIDDEN}", value)
        return SECRET_PLACE.sub(rf"\1{HIDDEN}", text)
    return value


def keep_to_one_line(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Write control signs out, so that nobody's text can pass for a line of the log."""
    for name, value in event.items():
        if isinstance(value, str) and name != "exception":
            event[name] = CONTROL.sub(lambda sign: repr(sign[0])[1:-1], value)
    return event


def hide_who_escalates(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Leave out whose request it is where somebody escalates: no line of it says who that was."""
    if ESCALATES.search(str(event.get("request", ""))):
        structlog.contextvars.unbind_contextvars(*WHOSE)
        for name in WHOSE:
            event.pop(name, None)
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    hide_who_escalates,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.format_exc_info,
    hide_secrets,
]


# Libraries that tell more than anybody asked.
QUIETER = {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}}


def logging_to_stdout(*, level: str, shape: str) -> dict[str, Any]:
    """Return Django's LOGGING, and set structlog up to speak through it.

    `shape` is json (one object per line, for machines) or plain (for a terminal).
    """
    formatter = structlog.stdlib.ProcessorFormatter
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, formatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    ending: list[Any] = [structlog.processors.JSONRenderer()]
    if shape == "plain":
        ending = [keep_to_one_line, structlog.dev.ConsoleRenderer(colors=False)]
    lines = {
        "()": formatter,
        "foreign_pre_chain": SHARED,
        "processors": [formatter.remove_processors_meta, *ending],
    }
    stdout = {
        "class": "logging.StreamHandler",
        "stream": "ext://sys.stdout",
        "formatter": "lines",
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"stdout": stdout},
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "security": {"level": "INFO"},  # told at every level
            **QUIETER,
        },
    }
