"""The web server: two processes of eight threads unless the environment says otherwise. No log of who reads what."""

from __future__ import annotations

import gc
import os
from typing import Any

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = int(os.environ.get("WEB_THREADS") or 8)
worker_class = "gthread"
preload_app = True  # One import for all processes; the database is only opened after they part.
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
loglevel = "warning"
proc_name = "parvis"
control_socket_disable = True
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1"


def when_ready(_server: Any) -> None:
    """What was loaded stays for good: the collector need not walk through it again in every process."""
    gc.freeze()
