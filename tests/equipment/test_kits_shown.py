"""On the page of a kit: its photo, for those who may see it; what is counted, one press more or fewer."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from equipment.models import Borrowers, Kit, Supply
from equipment.rules import photos
from equipment.rules.details import Leaving
from equipment.service import kits
from foundation.db import db, transaction
from foundation.security import Role
from tests.cast import sign_in
from tests.equipment.given import host_of_home, host_of_school, kit
from tests.equipment.shelves import act, reread
from tests.equipment.test_kits_photo import picture
from tests.mediation.planning import account_in, value_of
from tests.workshops.pages import main_of

pytestmark = pytest.mark.usefixtures("stopped_clock")


def page_of(made: Kit, rest: str = "") -> str:
    return f"/equipe/materiel/mallettes/{made.id}{rest}"


def sent(content: bytes, name: str = "mallette.jpg", **more):
    return {"photo": (BytesIO(content), name), "alt": "Mallette ouverte", **more}


def with_photo(client, cast, **changes) -> Kit:
    made = kit(units=0, **changes)
    sign_in(client, cast.manager)
    assert client.post(page_of(made, "/photo"), data=sent(picture())).status_code == 303
    return made


def supplies() -> list[tuple[str, int, int]]:
    db.session.rollback()
    return [(one.label, one.count, one.minimum) for one in db.session.scalars(select(Supply).order_by(Supply.id))]


def mice(client, cast, **changes) -> tuple[Kit, str]:
    """A kit with three mice, and the address of them."""
    made = kit(units=0, **changes)
    sign_in(client, cast.manager)
    client.post(page_of(made, "/fournitures"), data={"label": "Souris", "count": "3", "minimum": "2"})
    supply_id = db.session.scalars(select(Supply.id)).one()
    return made, page_of(made, f"/fournitures/{supply_id}")


def test_a_photo_is_sent_and_shown(client, cast):
    made = with_photo(client, cast)
    page = client.get(page_of(made)).get_data(as_text=True)
    assert 'alt="Mallette ouverte"' in page
    answer = client.get(page_of(made, "/photo"))
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert Image.open(BytesIO(answer.get_data())).size == (64, 48)
    again = client.get(page_of(made, "/photo"), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_a_photo_without_words_says_whose_it_is(client, cast):
    made = kit(units=0)
    sign_in(client, cast.manager)
    client.post(page_of(made, "/photo"), data=sent(picture("WEBP"), alt=""))
    assert 'alt="Photo de la mallette Mallette bleue"' in client.get(page_of(made)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choisissez une photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "JPEG, PNG ou WebP"),
        (b"\xff\xd8\xff\xe0 not a photo", "JPEG, PNG ou WebP"),
    ],
)
def test_what_is_no_photo_is_refused_beside_its_field(client, cast, content, sentence):
    made = kit(units=0)
    sign_in(client, cast.manager)
    response = client.post(page_of(made, "/photo"), data=sent(content))
    assert (response.status_code, sentence in main_of(response)) == (422, True)
    assert value_of(response.get_data(as_text=True), "alt") == "Mallette ouverte"
    assert reread(made.id).photo_type == ""


def test_one_that_is_too_big_is_read_no_further(client, cast, monkeypatch):
    monkeypatch.setattr(photos, "MOST_BYTES", 100)
    monkeypatch.setattr("equipment.views.kits.photos.MOST_BYTES", 100)
    made = kit(units=0)
    sign_in(client, cast.manager)
    response = client.post(page_of(made, "/photo"), data=sent(picture(size=(600, 600))))
    assert (response.status_code, "trop lourde" in main_of(response)) == (422, True)


def test_words_that_are_too_long_are_kept_and_refused(client, cast):
    made = kit(units=0)
    sign_in(client, cast.manager)
    assert client.post(page_of(made, "/photo"), data=sent(picture(), alt="x" * 161)).status_code == 422
    assert reread(made.id).photo_type == ""


def test_a_photo_is_taken_away(client, cast):
    made = with_photo(client, cast)
    client.post(page_of(made, "/photo/retirer"))
    assert client.get(page_of(made, "/photo")).status_code == 404
    assert reread(made.id).photo_type == ""


def test_borrowers_see_the_photos_of_kits_that_they_may_reserve(client, cast):
    made = with_photo(client, cast, borrowers=Borrowers.SCHOOLS)
    host_of_school(cast)
    sign_in(client, cast.host)
    assert client.get(page_of(made, "/photo")).status_code == 200
    host_of_home(cast)
    assert client.get(page_of(made, "/photo")).status_code == 404


def test_others_see_no_photo(client, cast):
    made = with_photo(client, cast, structure_id=cast.ids["town"], borrowers=Borrowers.STAFF)
    sign_in(client, account_in(cast, "association", Role.MEDIATOR))
    assert client.get(page_of(made, "/photo")).status_code == 404
    sign_in(client, cast.prescriber)
    assert client.get(page_of(made, "/photo")).status_code == 403
    act(kits.retire, made.id, Leaving(), who=cast.ids["manager"])
    host_of_school(cast)
    sign_in(client, cast.host)
    assert client.get(page_of(made, "/photo")).status_code == 404


def test_a_mediator_sends_no_photo(client, cast):
    made = kit(units=0, structure_id=cast.ids["town"])
    sign_in(client, cast.mediator)
    assert client.post(page_of(made, "/photo"), data=sent(picture())).status_code == 403


def test_supplies_are_counted_press_by_press(client, cast):
    made, address = mice(client, cast)
    sign_in(client, cast.mediator)
    for step in ("moins", "moins", "plus", "moins"):
        answer = client.post(f"{address}/compter", data={"pas": step})
        assert answer.headers["Location"].endswith(page_of(made, "#fournitures"))
    assert supplies() == [("Souris", 1, 2)]
    assert "moins de 2" in main_of(client.get(page_of(made)))


def test_there_are_never_fewer_than_none(client, cast):
    made, address = mice(client, cast)
    with transaction():
        db.session.scalars(select(Supply)).one().count = 0
    page = client.get(page_of(made)).get_data(as_text=True)
    assert "disabled" in page
    refused = client.post(f"{address}/compter", data={"pas": "moins"})
    assert (refused.status_code, supplies()) == (422, [("Souris", 0, 2)])
    assert "Il y a un problème" in main_of(refused)


def test_a_press_of_nothing_counts_nothing(client, cast):
    _made, address = mice(client, cast)
    client.post(f"{address}/compter", data={"pas": "mille"})
    assert supplies() == [("Souris", 3, 2)]


def test_a_manager_names_and_changes_what_is_counted(client, cast):
    made, address = mice(client, cast)
    assert value_of(client.get(f"{address}/modifier").get_data(as_text=True), "count") == "3"
    client.post(f"{address}/modifier", data={"label": "Souris sans fil", "count": "9", "minimum": "", "consumable": ""})
    assert supplies() == [("Souris sans fil", 9, 0)]
    assert client.post(f"{address}/modifier", data={"label": "", "count": "9"}).status_code == 422
    again = client.post(page_of(made, "/fournitures"), data={"label": "souris sans fil", "count": "1"})
    assert (again.status_code, "déjà des fournitures de ce nom" in main_of(again)) == (409, True)
    client.post(page_of(made, "/fournitures"), data={"label": "Câbles", "count": ""})
    twice = client.post(f"{address}/modifier", data={"label": "Câbles", "count": "1"})
    assert twice.status_code == 409
    client.post(f"{address}/retirer")
    assert supplies() == [("Câbles", 0, 0)]


@pytest.mark.parametrize("wrong", [{"label": ""}, {"count": "-1"}, {"count": "beaucoup"}, {"minimum": "10001"}])
def test_what_can_not_be_counted_is_said(client, cast, wrong):
    made = kit(units=0)
    sign_in(client, cast.manager)
    response = client.post(page_of(made, "/fournitures"), data={"label": "Piles", "count": "4"} | wrong)
    assert (response.status_code, supplies()) == (422, [])
    assert "<details open>" in response.get_data(as_text=True)


def test_nobody_counts_in_another_kit_or_structure(client, cast):
    _made, address = mice(client, cast, structure_id=cast.ids["town"])
    other = kit("B", units=0)
    supply = address.rsplit("/", 1)[1]
    assert client.post(page_of(other, f"/fournitures/{supply}/compter"), data={"pas": "plus"}).status_code == 404
    assert client.get(page_of(other, f"/fournitures/{supply}/modifier")).status_code == 404
    sign_in(client, account_in(cast, "association", Role.MEDIATOR))
    assert client.post(f"{address}/compter", data={"pas": "plus"}).status_code == 404
    sign_in(client, cast.mediator)
    for path in ("/modifier", "/retirer"):
        assert client.post(f"{address}{path}", data={"label": "Rats"}).status_code == 403
    assert supplies() == [("Souris", 3, 2)]
