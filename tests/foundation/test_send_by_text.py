"""Text messages over a real HTTP gateway."""

from __future__ import annotations

import pytest

from foundation.outbox.delivery import Deferred, Parcel, Rejected, Unreachable
from foundation.outbox.texting import Texter
from tests.foundation.post import free_port, gateway

PARCEL = Parcel(7, "+33639980021", "", "RDV confirmé à 9h00", None, "fr")


def test_the_gateway_gets_number_text_and_token():
    with gateway() as (received, url):
        Texter(url, "secret").deliver(PARCEL)
    assert received[0]["json"] == {"to": "+33639980021", "text": "RDV confirmé à 9h00"}
    assert received[0]["headers"]["Authorization"] == "Bearer secret"
    assert received[0]["headers"]["Idempotency-Key"] == "parvis-message-7"


def test_without_a_token_none_is_sent():
    with gateway() as (received, url):
        Texter(url, "").deliver(PARCEL)
    assert "Authorization" not in received[0]["headers"]


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (400, Rejected), (404, Rejected), (422, Rejected), (302, Rejected), (401, Unreachable), (403, Unreachable),
        (408, Deferred), (429, Deferred), (500, Deferred), (503, Deferred),
    ],
)  # fmt: skip
def test_the_gateway_s_answer_decides(status, failure):
    with gateway(status) as (received, url), pytest.raises(failure) as caught:
        Texter(url, "secret").deliver(PARCEL)
    assert len(received) == 1
    assert caught.value.reason == f"HTTP {status}"


def test_a_gateway_that_is_away_is_unreachable():
    with pytest.raises(Unreachable):
        Texter(f"http://127.0.0.1:{free_port()}/", "").deliver(PARCEL)


def test_only_web_addresses_are_taken():
    with pytest.raises(ValueError, match="SMS_URL"):
        Texter("file:///etc/passwd", "")
