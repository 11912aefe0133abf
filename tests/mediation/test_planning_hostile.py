"""Bad input to the pages of services, presences, absences and the desk: refused with a page, and nothing written."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db
from foundation.security import Role
from mediation.models import Service
from tests.cast import sign_in
from tests.mediation.booking_wishes import booked, counts
from tests.mediation.planning import absence_form, account_in, service_form, shift_form, shifts_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
HUGE = "x" * 900_000


def _pages(cast):
    """Every page that writes, with a form that it would take."""
    shift, service = cast.ids["shift"], cast.ids["paperwork"]
    appointment = booked(cast).id
    return {
        "/equipe/motifs/nouveau": service_form(),
        f"/equipe/motifs/{service}": service_form(),
        f"/equipe/motifs/{service}/arreter": {},
        f"/equipe/motifs/{service}/reprendre": {},
        f"/equipe/permanences/nouvelle?mediateur={cast.ids['mediator']}": shift_form(cast),
        f"/equipe/permanences/{shift}": shift_form(cast),
        f"/equipe/permanences/{shift}/terminer": {"last_day": "2026-12-31"},
        f"/equipe/permanences/{shift}/supprimer": {},
        f"/equipe/absences/nouvelle?mediateur={cast.ids['mediator']}": absence_form(),
        "/equipe/rendez-vous/nouveau": {"do": "check", "person_id": 1},
        "/equipe/rendez-vous/confirmer": {"person_id": 1},
        f"/equipe/rendez-vous/{appointment}/deplacer": {"do": "move"},
        f"/equipe/rendez-vous/{appointment}/annuler": {"by": "resident"},
    }


def test_a_forged_form_is_refused_everywhere(client, cast):
    pages = _pages(cast)
    sign_in(client, account_in(cast, "town", Role.ADMINISTRATOR, Role.MANAGER, Role.MEDIATOR))
    before = counts()
    for address, sent in pages.items():
        response = client.post(address, data=sent, forged=True)
        assert response.status_code == 400, address
        assert "Ce formulaire est trop ancien" in response.get_data(as_text=True)
    assert counts() == before


def test_nobody_who_did_not_sign_in_writes(client, cast):
    pages = _pages(cast)
    before = counts()
    for address, sent in pages.items():
        client.get("/connexion")
        response = client.post(address, data=sent)
        assert response.status_code == 303, address
        assert "/connexion" in response.headers["Location"]
    assert counts() == before


@pytest.mark.parametrize(("text", "status", "kept"), [("\x00", 422, 0), ("a\x00b", 303, 1)])
def test_what_no_database_holds_is_left_out_of_a_text(client, cast, text, status, kept):
    sign_in(client, cast.manager)
    assert client.post("/equipe/motifs/nouveau", data=service_form(label=text)).status_code == status
    assert len(db.session.scalars(select(Service.id).where(Service.label == "ab")).all()) == kept


def test_broken_utf8_is_refused(client, cast):
    sign_in(client, cast.manager)
    client.get("/equipe/motifs/nouveau")
    body = b"csrf_token=" + client.token.encode() + b"&label=%ff%fe"
    response = client.open(
        "/equipe/motifs/nouveau", method="POST", data=body, content_type="application/x-www-form-urlencoded",
        forged=True,
    )  # fmt: skip
    assert response.status_code == 400


@pytest.mark.parametrize("field", ["label", "description", "bring", "label_ar", "bring_en"])
def test_a_text_too_long_for_its_column_is_refused_at_its_field(client, cast, field):
    sign_in(client, cast.manager)
    response = client.post("/equipe/motifs/nouveau", data=service_form(**{field: "é" * 501}))
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"first_day": "2026-02-30"}, {"first_day": "10000-01-01"}, {"first_day": "hier"}, {"last_day": "0000-00-00"},
        {"starts": "25:00"}, {"ends": "noon"}, {"every": "1e3"}, {"every": "-1"}, {"weekdays": ["8"]},
        {"weekdays": ["x"]}, {"recurrence": "daily"}, {"place": "999"}, {"place": "1:999"}, {"place": "x:y"},
        {"service_ids": ["999999999999"]}, {"service_ids": ["x"]}, {"channels": ["smoke"]},
    ],
)  # fmt: skip
def test_impossible_presences_are_refused(client, cast, changes):
    sign_in(client, cast.mediator)
    assert client.post("/equipe/permanences/nouvelle", data=shift_form(cast, **changes)).status_code == 422
    assert len(shifts_of(cast.mediator.id)) == 1


@pytest.mark.parametrize("seen", [HUGE[:5000], "1,2,x", "-1", "9" * 50, "1;2"])
def test_a_forged_answer_cancels_nobody(client, cast, seen):
    booked(cast)
    sign_in(client, cast.mediator)
    before = counts()
    sent = absence_form(fate="cancel", seen=seen.replace(str(1), "0"))
    assert client.post("/equipe/absences/nouvelle", data=sent).status_code == 409
    assert counts() == before


def test_a_field_of_a_megabyte_is_refused(client, cast):
    sign_in(client, cast.mediator)
    response = client.post("/equipe/rendez-vous/nouveau", data={"q": HUGE * 2, "do": "search"})
    assert response.status_code in {400, 413}


@pytest.mark.parametrize("query", ["%", "_", "'; DROP TABLE person; --", "\\", "🙂", "a" * 120, "<script>"])
def test_any_search_is_only_a_search(client, cast, query):
    sign_in(client, cast.mediator)
    response = client.post("/equipe/rendez-vous/nouveau", data={"q": query, "do": "search", "service_id": 2})
    page = response.get_data(as_text=True)
    assert response.status_code in {200, 422}
    assert "<script>" not in page


@pytest.mark.parametrize("person_id", ["999", "-1", "x", "99999999999999"])
def test_nobody_unknown_is_booked_for(client, cast, person_id):
    sign_in(client, cast.mediator)
    sent = {"do": "check", "service_id": cast.paperwork.id, "venue_id": 0, "mediator_id": 0, "person_id": person_id}
    assert client.post("/equipe/rendez-vous/nouveau", data=sent).status_code in {404, 422}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_either_end_of_time_is_refused(client, cast, day):
    sign_in(client, account_in(cast, "town", Role.MANAGER))
    before = counts()
    mediator = cast.ids["mediator"]
    sent = absence_form() | {"first_day": day, "last_day": ""}
    assert client.post(f"/equipe/absences/nouvelle?mediateur={mediator}", data=sent).status_code == 422
    assert counts() == before
    question = f"/equipe/pourquoi?mediateur={mediator}&motif={cast.ids['paperwork']}&jour={day}&heure=00:00"
    assert client.get(question).status_code == 422
    assert client.get(f"/equipe/rendez-vous/nouveau?jour={day}").status_code == 200


@pytest.mark.parametrize(("path", "status"), [
    ("/equipe/messages/{}", 404), ("/equipe/calendriers?structure={}", 200),
])  # fmt: skip
def test_an_id_that_no_database_holds_finds_nothing(client, cast, path, status):
    sign_in(client, cast.administrator)
    assert client.get(path.format("9" * 20)).status_code == status
