"""What somebody behind a counter does with its pages."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TABLET = {"price": "150", "device_kind": "tablet", "serial": "sn 12"}


def hidden(page: TestResponse) -> dict[str, str]:
    """The hidden fields of a page, as the browser would send them."""
    return hidden_in(page.get_data(as_text=True))


def hidden_in(text: str) -> dict[str, str]:
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', text)
    pairs = (re.search(r'name="([^"]*)"[^>]*value="([^"]*)"', one) for one in found)
    return {pair[1]: pair[2] for pair in pairs if pair and pair[1] != "csrf_token"}


def asked(shop: FlaskClient, code: str, **typed: str) -> TestResponse:
    """The page on which the amounts are agreed to."""
    begun = hidden(shop.get(f"/partenaire/cheque/{code}"))
    return agreed(shop, shop.post(f"/partenaire/cheque/{code}", data={**begun, **typed}))


def agreed(shop: FlaskClient, answer: TestResponse) -> TestResponse:
    """The page with the amounts to which an answer leads; any other answer as it is."""
    return shop.get(answer.location) if "/verifier" in (answer.location or "") else answer


def changed(shop: FlaskClient, page: TestResponse) -> TestResponse:
    """The sale again, from the page with the amounts."""
    way = re.search(r'<a class="button quiet" href="([^"]*/cheque/[^"]*)"', page.get_data(as_text=True))
    assert way
    return shop.get(way[1].replace("&amp;", "&"))


def confirmed(shop: FlaskClient, code: str, page: TestResponse) -> TestResponse:
    return shop.post(f"/partenaire/cheque/{code}/encaisser", data=hidden(page))


def words(page: TestResponse) -> str:
    """What is read on a page, with plain spaces."""
    text = re.sub(
        r"<[^>]+>", " ", page.get_data(as_text=True).partition("<main")[2].partition(">")[2].partition("</main>")[0]
    )
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
