"""Walks through the site as one person: every page they can reach by links, one of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page, Response
from werkzeug.exceptions import HTTPException

LEAVE_OUT = {"pages.choose_language", "pages.health", "static"}
LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.href)"


def kind_of(app: Flask, address: str) -> str | None:
    """The endpoint behind an address of ours."""
    try:
        return str(app.url_map.bind("parvis.test").match(urlsplit(address).path, method="GET")[0])
    except HTTPException:
        return None


def walk(page: Page, app: Flask, home: str, starts: list[str]) -> Iterator[Response]:
    """Open every start, and then one address of each other kind of page that is linked from there, and so on.

    Yields with the page standing on the answer. Downloads are not pages and are left out.
    """
    waiting = [f"{home}{path}" for path in starts]
    asked, seen = set(waiting), set[str]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(app, address)
        if kind is None or kind in LEAVE_OUT or _is_download(address) or (kind in seen and address not in asked):
            continue
        seen.add(kind)
        asked.discard(address)
        response = page.goto(address)
        if response is None or "text/html" not in response.headers.get("content-type", ""):
            continue
        yield response
        waiting += [link for link in page.evaluate(LINKS) if link.startswith(home)]


def _is_download(address: str) -> bool:
    last = urlsplit(address).path.rpartition("/")[2]
    return "." in last
