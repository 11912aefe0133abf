"""What makes no sense is refused with a page that helps, and nothing is written."""

from __future__ import annotations

import io

import pytest

from foundation.db import transaction
from tests.mediation.booking_wishes import booked, counts
from tests.mediation.residents import ANSWERS, action, own, place, to_check

pytestmark = pytest.mark.usefixtures("stopped_clock")
UNKNOWN = "999999"


def refused(response, *statuses):
    """A page with a way on, and the status of the person's mistake."""
    assert response.status_code in (statuses or range(400, 500)), response.status_code
    assert "<h1" in response.text
    return response


@pytest.mark.parametrize(("path", "query"), [
    ("/rendez-vous/lieu", {"motif": UNKNOWN}),
    ("/rendez-vous/lieu", {"motif": "deux"}),
    ("/rendez-vous/lieu", {"motif": "²"}),
    ("/rendez-vous/lieu", {"motif": "9" * 40}),
    ("/rendez-vous/lieu", {"motif": "-1"}),
    ("/rendez-vous/jour", {"motif": "1", "ou": UNKNOWN}),
    ("/rendez-vous/jour", {"motif": "1", "ou": "lune"}),
    ("/rendez-vous/jour", {"motif": "1", "ou": "video"}),
    ("/rendez-vous/jour", {"motif": "1", "ou": "1", "jour": "demain"}),
    ("/rendez-vous/jour", {"motif": "1", "ou": "1", "jour": "2026-02-30"}),
    ("/rendez-vous/jour", {"motif": "1", "ou": "1", "jour": "9999-12-31"}),
    ("/rendez-vous/jour", {"motif": "1", "ou": "1", "apres": "0001-01-01"}),
    ("/rendez-vous/qui", {"motif": "1", "ou": "1", "debut": "2026-03-12 10:00"}),
    ("/rendez-vous/qui", {"motif": UNKNOWN, "ou": "1", "debut": "20260312T0900Z"}),
    ("/rendez-vous/verifier", {"motif": "1", "ou": "1", "debut": "99999999T9999Z"}),
    ("/lieux", {"quartier": "x"}),
    ("/lieux", {"page": "0x2"}),
])  # fmt: skip
def test_an_address_that_makes_no_sense(client, cast, path, query):
    before = counts()
    refused(client.get(path, query_string=query))
    assert counts() == before


@pytest.mark.parametrize("path", ["/rendez-vous/qui", "/rendez-vous/confirmer"])
def test_a_form_without_its_token_writes_nothing(client, cast, path):
    before = counts()
    refused(client.post(path, query_string=place(cast), data=ANSWERS, forged=True), 400)
    refused(client.post(path, query_string=place(cast), data=ANSWERS | {"csrf_token": "made.up"}, forged=True), 400)
    assert counts() == before


@pytest.mark.parametrize("rest", ["/deplacer", "/annuler"])
def test_no_appointment_is_changed_without_a_token(client, cast, rest):
    appointment = booked(cast)
    before = counts()
    path = own(appointment, rest)
    refused(client.post(path, data={"debut": "20260312T1300Z"}, forged=True), 400)
    assert counts() == before


@pytest.mark.parametrize("debut", ["", "demain", "20260312", "20260230T0900Z", "x" * 5000])
def test_a_move_to_no_time_at_all(client, cast, debut):
    appointment = booked(cast)
    client.get(own(appointment, "/deplacer"))
    before = counts()
    refused(client.post(own(appointment, "/deplacer"), data={"debut": debut}), 400)
    assert counts() == before


def test_a_time_that_is_not_offered_leads_to_those_that_are(client, cast):
    client.get("/mon-rendez-vous")
    before = counts()
    page = refused(to_check(client, cast, start="20260312T0901Z"), 409)
    assert page.text.count('action="/rendez-vous/confirmer') == 3
    assert counts() == before


@pytest.mark.parametrize("field", ["given_name", "family_name", "phone", "email", "remark"])
def test_a_field_of_half_a_million_letters(client, cast, field):
    client.get("/rendez-vous/qui", query_string=place(cast))
    before = counts()
    refused(client.post("/rendez-vous/qui", query_string=place(cast), data=ANSWERS | {field: "x" * 500_000}), 422)
    assert counts() == before


def test_ten_megabytes(client, cast):
    client.get("/rendez-vous/qui", query_string=place(cast))
    before = counts()
    refused(client.post("/rendez-vous/qui", query_string=place(cast), data=ANSWERS | {"remark": "x" * 10_000_000}), 413)
    assert counts() == before


@pytest.mark.parametrize("companions", ["-1", "6", "1000000000000", "deux", ""])
def test_a_number_of_companions_that_is_not_offered(client, cast, companions):
    client.get("/rendez-vous/qui", query_string=place(cast))
    refused(client.post("/rendez-vous/qui", query_string=place(cast), data=ANSWERS | {"companions": companions}), 422)


@pytest.mark.parametrize("body", [b"family_name=%ff%fe", b"family_name=%ed%a0%80"])
def test_letters_that_are_none(client, cast, body):
    client.get("/rendez-vous/qui", query_string=place(cast))
    before = counts()
    path = f"/rendez-vous/qui?motif={cast.ids['paperwork']}&ou={cast.ids['library']}&debut=20260312T0900Z"
    sent = body + b"&csrf_token=" + client.token.encode()
    refused(
        client.open(path, method="POST", input_stream=io.BytesIO(sent), content_length=len(sent),
                    content_type="application/x-www-form-urlencoded", forged=True),
        400,
    )  # fmt: skip
    assert counts() == before


@pytest.mark.parametrize("path", ["/rendez-vous?d=%ff", "/r/%00/x", "/r/é/é", "/rendez-vous/lieu?rue=%ff&motif=1"])
def test_addresses_that_are_not_text(client, cast, path):
    refused(client.get(path))


def test_an_answer_in_markup_is_shown_as_it_was_written(client, cast):
    page = to_check(client, cast, {"family_name": "<script>alert(1)</script>", "companions": "0"})
    assert "<script>alert" not in page.text


def test_a_service_switched_off_meanwhile(client, cast):
    check = to_check(client, cast)
    with transaction():
        cast.paperwork.active = False
    before = counts()
    refused(client.post(action(check, "/rendez-vous/confirmer")), 404)
    assert counts() == before


@pytest.mark.parametrize("path", ["/rendez-vous/confirmer", "/rendez-vous/lieu", "/mon-rendez-vous"])
def test_a_page_asked_the_wrong_way(client, cast, path):
    refused(client.open(path, method="PUT"), 400, 405)
