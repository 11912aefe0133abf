"""Logs: one JSON line an event on standard error, without personal data."""

from __future__ import annotations

import logging
import sys

import structlog


def configure() -> None:
    """Send structlog's events to standard error as JSON lines, from level INFO."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
