"""What the pages of workshops say of kits: which can be asked for, which is held, whether it goes out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from equipment.models import Condition, Item, Reservation
from foundation.db import db, transaction
from tests.equipment.given import kit, reserved
from tests.mediation.planning import carried
from tests.workshops.given import WEDNESDAY, count, hours, planned, programme
from tests.workshops.pages import as_mediator, dates_form, main_of
from workshops.models import WorkshopSession

pytestmark = pytest.mark.usefixtures("stopped_clock")
ONE = {"kits-0-kind": "tablettes", "kits-0-count": "1"}
TABLETS = {"Tablettes": 1}


def dates_of(cast, **changes):
    return f"/equipe/ateliers/{programme(cast, **changes).id}/dates"


def shown(client, session):
    return main_of(client.get(f"/equipe/ateliers/seances/{session.id}"))


class TestBeforePlanning:
    def test_the_preview_names_the_kit_of_each_date(self, client, cast):
        kit("Mallette bleue")
        as_mediator(cast, client)
        said = main_of(client.post(dates_of(cast), data=dates_form(cast, **ONE)))
        assert said.count("Mallettes qui seront réservées : Mallette bleue") == 3

    @pytest.mark.parametrize("press", ["preview", "plan"])
    def test_a_kind_that_nobody_has_is_refused_beside_the_kits(self, client, cast, press):
        kit("Mallette bleue"), kit("Dash", kind="Robots")
        as_mediator(cast, client)
        typed = dates_form(cast, **{"kits-0-kind": "Tablette", "kits-0-count": "2", "do": press})
        refused = client.post(dates_of(cast), data=typed)
        assert refused.status_code == 422
        assert "Aucune mallette n’est de la sorte « Tablette ». Il y a : Robots, Tablettes." in main_of(refused)
        assert 'href="#kits"' in refused.get_data(as_text=True)
        assert count(WorkshopSession) == 0

    def test_and_so_it_is_on_the_page_of_one_session(self, client, cast):
        kit()
        (session,) = planned(cast, programme(cast), kits=TABLETS)
        as_mediator(cast, client)
        place = f"lieu:{cast.ids['library']}:{cast.ids['room']}"
        typed = {"title": "", "team": [str(cast.ids["mediator"])], "place": place, "equipment_note": ""}
        address = f"/equipe/ateliers/seances/{session.id}/modifier"
        refused = client.post(address, data={**typed, "kits-0-kind": "Licornes", "kits-0-count": "3"})
        assert refused.status_code == 422
        assert "« Licornes »" in main_of(refused)

    def test_without_kits_it_names_none(self, client, cast):
        kit("Mallette bleue")
        as_mediator(cast, client)
        assert "seront réservées" not in main_of(client.post(dates_of(cast), data=dates_form(cast)))

    def test_a_kit_out_of_reach_is_told_at_the_preview_and_refused_at_the_press(self, client, cast):
        kit(structure_id=cast.ids["association"])
        as_mediator(cast, client)
        address = dates_of(cast)
        page = client.post(address, data=dates_form(cast, **ONE)).get_data(as_text=True)
        assert page.count("aucune n’est prêtée à la structure de cet atelier") == 3
        assert "aucune mallette n’est libre" in page
        assert "une personne ou une salle" not in page
        forced = {name: value for name, value in carried(page).items() if name != "left_out"}
        refused = client.post(address, data=forced | {"do": "plan"})
        assert refused.status_code == 409
        assert "aucune mallette n’est libre" in main_of(refused)

    def test_the_date_on_which_the_kit_is_taken_names_none(self, client, cast):
        blue = kit("Mallette bleue")
        reserved(blue.id, hours(WEDNESDAY + timedelta(weeks=1)), cast.ids["mediator"])
        as_mediator(cast, client)
        said = main_of(client.post(dates_of(cast), data=dates_form(cast, **ONE)))
        assert said.count("seront réservées : Mallette bleue") == 2
        assert "À 1 date, aucune mallette n’est libre" in said


class TestWhatIsProposed:
    def test_only_kinds_that_the_programme_can_get(self, client, cast):
        kit("A", kind="Tablettes")
        kit("B", kind="Robots", structure_id=cast.ids["association"])
        kit("C", kind="Ordinateurs portables", structure_id=cast.ids["town"])
        as_mediator(cast, client)
        page = client.get(dates_of(cast)).get_data(as_text=True)
        assert '<option value="Tablettes">' in page
        assert '<option value="Ordinateurs portables">' in page
        assert '<option value="Robots">' not in page
        assert '<option value="Appareils photo">' not in page

    def test_a_usual_kind_that_only_others_have_is_not_proposed(self, client, cast):
        kit(kind="Tablettes", structure_id=cast.ids["association"])
        as_mediator(cast, client)
        page = client.get(dates_of(cast)).get_data(as_text=True)
        assert '<option value="Tablettes">' not in page
        assert '<option value="Appareils photo">' in page


class TestThePageOfASession:
    def test_it_names_the_kit_that_is_held(self, client, cast):
        blue = kit("Mallette bleue")
        (session,) = planned(cast, programme(cast), kits=TABLETS)
        as_mediator(cast, client)
        said = shown(client, session)
        assert "Mallette bleue" in said
        assert blue.code in said
        assert "Bloquée" not in said

    def test_it_says_that_the_kit_is_blocked(self, client, cast):
        blue = kit("Mallette bleue", minimum_units=3)
        (session,) = planned(cast, programme(cast), kits=TABLETS)
        broken(blue)
        as_mediator(cast, client)
        assert "Bloquée : 2 sur 3" in shown(client, session)

    def test_without_a_kit_it_says_nothing_of_kits(self, client, cast):
        kit("Mallette bleue")
        (session,) = planned(cast, programme(cast))
        as_mediator(cast, client)
        assert "Mallette" not in shown(client, session)

    @pytest.mark.parametrize(
        ("kits", "said"), [(TABLETS, "L’équipe, la salle et les mallettes"), ({}, "la salle sont")]
    )
    def test_after_cancelling_it_says_what_is_free_again(self, client, cast, kits, said):
        kit()
        (session,) = planned(cast, programme(cast), kits=kits)
        as_mediator(cast, client)
        client.post(f"/equipe/ateliers/seances/{session.id}/annuler", data={"reason": ""})
        assert said in shown(client, session)
        assert db.session.scalar(select(func.count()).select_from(Reservation)) == len(kits)


def broken(blue):
    """One of its devices does not work any more."""
    with transaction():
        item = db.session.scalars(select(Item).where(Item.kit_id == blue.id)).first()
        item.condition = Condition.DAMAGED
