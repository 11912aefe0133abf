"""Typed settings, read once from the environment; every one has a safe default."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent


DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}


def _sqlalchemy_url(url: str) -> str:
    """Name the driver: hosts hand out `postgres://`, SQLAlchemy needs `postgresql+psycopg://`.

    Raises:
        SystemExit: with one sentence, when it is no address of a database that Parvis knows. The address is not
            repeated, for it may hold a password.
    """
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    try:
        known = make_url(url).drivername in DRIVERS
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise SystemExit(
            "DATABASE_URL is no database that Parvis knows: write sqlite:////folder/parvis.db, or "
            "postgresql://user:password@host/name, or leave it out."
        )
    return url


@dataclass(frozen=True)
class Settings:
    """What a deployment may choose.

    Attributes:
        database_url: SQLAlchemy URL; SQLite under `var/` by default, PostgreSQL when the town outgrows it.
        secret_key: signs cookies and links; kept in `var/secret` when the environment names none.
        base_url: how residents reach the site, used in messages, slips and feeds (no trailing slash).
        timezone: IANA name of the territory's wall clock.
        smtp_url: `smtp://host:25`, `smtps://user:password@host` or `smtp+starttls://user:password@host:587`;
            empty: nothing is sent, messages stay readable.
        sms_url: address of the HTTP text-message gateway; empty: nothing is sent.
        sms_token: bearer token for that gateway.
        mail_from: sender of e-mails.
        proxies: how many reverse proxies stand in front and tell the visitor's address (`X-Forwarded-For`).
        feeds_from_private_addresses: mediators' calendars may be fetched from inside the town's own network.
        secure_cookies: cookies over HTTPS only; on as soon as `base_url` is HTTPS.
        var: folder of what this deployment writes beside its database.
    """

    database_url: str
    secret_key: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    timezone: str = "Europe/Paris"
    smtp_url: str = field(default="", repr=False)
    sms_url: str = ""
    sms_token: str = field(default="", repr=False)
    mail_from: str = "ne-pas-repondre@parvis.example"
    proxies: int = 0
    var: Path = ROOT / "var"
    feeds_from_private_addresses: bool = False

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")


def _secret_key(env: Mapping[str, str], var: Path) -> str:
    if key := env.get("SECRET_KEY"):
        return key
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def load(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from `env`; the process environment by default."""
    var = Path(env.get("PARVIS_VAR", ROOT / "var"))
    port = env.get("PORT", "8000")
    return Settings(
        var=var,
        database_url=_sqlalchemy_url(env.get("DATABASE_URL") or f"sqlite:///{var / 'parvis.db'}"),
        secret_key=_secret_key(env, var),
        base_url=env.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        timezone=env.get("TIMEZONE", "Europe/Paris"),
        smtp_url=env.get("SMTP_URL", ""),
        sms_url=env.get("SMS_URL", ""),
        sms_token=env.get("SMS_TOKEN", ""),
        mail_from=env.get("MAIL_FROM", "ne-pas-repondre@parvis.example"),
        proxies=int(env.get("PROXIES", "0")),
        feeds_from_private_addresses=env.get("FEEDS_FROM_PRIVATE_ADDRESSES", "") == "1",
    )
