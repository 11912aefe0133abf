"""The pages of neighbourhoods for everybody: places, workshops, and only figures that were published."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Account
from foundation.db import db, in_transaction, transaction
from people.models import Residence
from places.models import Level, Neighbourhood, Placement, Venue, VenueNeighbourhood
from reach.models import PublishedReport, ReportKind
from reach.rules import periods
from reach.rules.reporting import Wanted
from reach.service import publishing
from tests.cast import NOW
from tests.counting import statements
from tests.reach.came import came
from tests.workshops.enrolments import FIRST, WEEK, opened
from workshops.models import Openness, Programme, WorkshopSession

pytestmark = pytest.mark.usefixtures("stopped_clock")
HELPED = "Habitants aidés (chaque personne une fois)"
MAY = datetime(2025, 5, 6, 10, tzinfo=UTC)
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def changed(model, id_, **values):
    with transaction():
        row = db.session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return SPACES.sub(" ", answer.get_data(as_text=True))


def address(cast, name="harbour", slug="le-port"):
    return f"/quartiers/{cast.ids[name]}-{slug}"


def publish(cast, year=2025, kind=ReportKind.YEAR, subject_id=None):
    """The report or sheet of a year, made by the jobs process."""
    wanted, manager_id = Wanted(kind, periods.year(year), "fr", subject_id), cast.ids["administrator"]
    in_transaction(lambda: publishing.publish(wanted, db.session.get_one(Account, manager_id), now=NOW))
    assert publishing.publish_next(NOW) == 1


def a_year(cast):
    """Enough people in each line that none has to be hidden."""
    came(cast, 42, at=MAY, back=15)
    came(cast, 30, area="mills", at=MAY, back=15)
    for residence in (Residence.UNKNOWN, Residence.OUTSIDE):
        came(cast, 30, residence=residence, at=MAY, back=15)


def fact(page, term):
    return re.search(rf"<dt>{re.escape(term)}</dt><dd>(.*?)</dd>", page)[1]


def test_all_neighbourhoods_are_listed_with_their_places(cast, client):
    page = read(client, "/quartiers")
    assert f'<a href="{address(cast)}"><bdi>Le Port</bdi></a><br>1 lieu vous aide' in page
    assert address(cast, "mills", "les-moulins") in page


def test_the_foot_of_each_public_page_leads_there(cast, client):
    assert '<a href="/quartiers">Quartiers</a>' in read(client, "/")


def test_a_neighbourhood_shows_its_places_with_address_telephone_and_hours(cast, client):
    page = read(client, address(cast))
    assert "Médiathèque du Port" in page
    assert "2 quai des Lampes" in page
    assert "06 39 98 00 10" in page
    assert "lundi – vendredi" in page
    assert "Atelier des Moulins" not in page


@pytest.mark.parametrize("values", [{"active": False}, {"bookable": False}])
def test_a_place_to_which_nobody_is_sent_is_not_shown(cast, client, values):
    changed(Venue, cast.ids["library"], **values)
    page = read(client, address(cast))
    assert "Médiathèque du Port" not in page
    assert "Il n’y a pas encore de lieu dans ce quartier." in page
    assert "0 lieu vous aide" in read(client, "/quartiers")


def test_workshops_there_are_shown_as_in_the_agenda(cast, client):
    opened(cast, title="Atelier photo", sessions=2)
    opened(cast, title="Entre nous", openness=Openness.STAFF)
    page = read(client, address(cast))
    assert page.count("Atelier photo") == 2
    assert "mercredi 18 mars" in page
    assert "Entre nous" not in page
    assert f'href="/ateliers?quartier={cast.ids["harbour"]}"' in page
    assert "Aucun atelier n’est annoncé ici" in read(client, address(cast, "mills", "les-moulins"))


def test_no_more_than_five_workshops_are_shown(cast, client):
    for number in range(7):
        opened(cast, title=f"Séance {number}", first=FIRST + number * WEEK)
    page = read(client, address(cast))
    assert [f"Séance {number}" in page for number in range(7)] == [True] * 5 + [False] * 2


def test_a_workshop_elsewhere_is_not_shown(cast, client):
    programme = opened(cast, title="Ailleurs")
    session = db.session.query(WorkshopSession).filter_by(programme_id=programme.id).one()
    changed(WorkshopSession, session.id, venue_id=cast.ids["workshop"])
    assert "Ailleurs" not in read(client, address(cast))
    assert "Ailleurs" in read(client, address(cast, "mills", "les-moulins"))


def test_without_a_published_report_no_figure_is_shown(cast, client):
    came(cast, 42, at=MAY)
    page = read(client, address(cast))
    assert "Aucun chiffre n’est encore publié." in page
    assert "42" not in page.split("En chiffres")[1]


def test_figures_are_those_of_the_last_published_report(cast, client):
    a_year(cast)
    publish(cast)
    page = read(client, address(cast))
    assert "D’après le bilan (2025), publié le mardi 10 mars 2026." in page
    assert fact(page, HELPED) == "42"
    assert fact(page, "Habitants") == "4 200 (2022)"
    assert fact(page, "Habitants aidés, pour 1 000 habitants") == "10,0"
    assert "n.c. : non communiqué" not in page, "where all is told, no mark is explained"


def test_what_happened_since_changes_no_figure(cast, client):
    a_year(cast)
    publish(cast)
    came(cast, 100, at=MAY + timedelta(days=1))
    changed(Neighbourhood, cast.ids["harbour"], population=10)
    page = read(client, address(cast))
    assert fact(page, HELPED) == "42"
    assert fact(page, "Habitants aidés, pour 1 000 habitants") == "10,0"


def test_a_small_number_is_not_told_and_makes_no_rate(cast, client):
    came(cast, 42, at=MAY)
    came(cast, 5, area="mills", at=MAY)
    publish(cast)
    page = read(client, address(cast, "mills", "les-moulins"))
    assert "non communiqué" in page
    assert fact(page, HELPED) == "n.c."
    assert fact(page, "Habitants") == "2 600 (2022)"
    assert "pour 1 000 habitants" not in page


def test_a_neighbourhood_drawn_after_the_report_has_no_figures(cast, client):
    came(cast, 42, at=MAY)
    publish(cast)
    with transaction():
        one = Neighbourhood(level=Level.QUARTIER, code="Q9", name="Les Prés neufs")
        db.session.add(one)
    page = read(client, f"/quartiers/{one.id}-les-pres-neufs")
    assert "Le dernier bilan (2025) ne dit rien de ce quartier." in page


def test_an_old_name_in_the_address_leads_to_the_page(cast, client):
    answer = client.get(address(cast, slug="vieux-port"))
    assert (answer.status_code, answer.location) == (301, address(cast))
    changed(Neighbourhood, cast.ids["harbour"], name="Île d’Œuvres")
    assert client.get(address(cast)).location == address(cast, slug="ile-d-oeuvres")


def test_a_name_without_letters_of_ours_has_an_address_too(cast, client):
    changed(Neighbourhood, cast.ids["harbour"], name="حي الميناء")
    assert "حي الميناء" in read(client, address(cast, slug="quartier"))


def test_there_is_no_page_of_an_iris_or_of_nothing(cast, client):
    with transaction():
        iris = Neighbourhood(level=Level.IRIS, code="I1", name="IRIS 1")
        db.session.add(iris)
    read(client, f"/quartiers/{iris.id}-iris-1", 404)
    page = read(client, "/quartiers/9999-rien", 404)
    assert "Ce quartier n’est pas dans la liste. Choisissez-en un dans la liste." in page
    assert address(cast) in page
    assert "IRIS 1" not in read(client, "/quartiers")


def test_where_no_neighbourhood_is_drawn_communes_are_shown_with_what_lies_in_them(cast, client):
    for name in ("harbour", "mills"):
        changed(Neighbourhood, cast.ids[name], level=Level.QPV)
    with transaction():
        commune = Neighbourhood(level=Level.COMMUNE, code="99001", name="Rives-sur-Aure")
        db.session.add(commune)
        db.session.flush()
        membership = VenueNeighbourhood(venue_id=cast.ids["library"], level=Level.COMMUNE, neighbourhood_id=commune.id)
        db.session.add(membership)
        library = db.session.get_one(Venue, cast.ids["library"])
        library.neighbourhood_id, library.placement = None, Placement.UNKNOWN
    assert "Médiathèque du Port" in read(client, f"/quartiers/{commune.id}-rives-sur-aure")
    assert "Le Port" not in read(client, "/quartiers")


def test_where_no_neighbourhood_is_drawn_workshops_are_found_in_their_commune(cast, client):
    opened(cast, title="Atelier photo", sessions=2)
    opened(cast, title="Ailleurs")
    session = db.session.scalars(select(WorkshopSession).join(Programme).where(Programme.title == "Ailleurs")).one()
    changed(WorkshopSession, session.id, venue_id=cast.ids["workshop"])
    for name in ("harbour", "mills"):
        changed(Neighbourhood, cast.ids[name], level=Level.QPV)
    with transaction():
        commune = Neighbourhood(level=Level.COMMUNE, code="99001", name="Rives-sur-Aure")
        db.session.add(commune)
        db.session.flush()
        membership = VenueNeighbourhood(venue_id=cast.ids["library"], level=Level.COMMUNE, neighbourhood_id=commune.id)
        db.session.add(membership)
        for name in ("library", "workshop"):
            venue = db.session.get_one(Venue, cast.ids[name])
            venue.neighbourhood_id, venue.placement = None, Placement.UNKNOWN
    page = read(client, f"/quartiers/{commune.id}-rives-sur-aure")
    assert page.count("Atelier photo") == 2
    assert "Ailleurs" not in page
    agenda = read(client, f"/ateliers?quartier={commune.id}")
    assert "Atelier photo" in agenda
    assert "Ailleurs" not in agenda
    assert "Rives-sur-Aure</option>" in agenda
    assert "Rives-sur-Aure</option>" in read(client, f"/lieux?quartier={commune.id}")


def test_the_list_tells_how_many_of_each_were_helped_as_the_last_report_does(cast, client):
    assert "habitants aidés pour" not in read(client, "/quartiers")
    a_year(cast)
    publish(cast)
    came(cast, 100, at=MAY)
    page = read(client, "/quartiers")
    assert (
        f'<a href="{address(cast)}"><bdi>Le Port</bdi></a><br>1 lieu vous aide · 10,0 habitants aidés pour 1 000'
        in page
    )
    assert "d’après le bilan (2025), publié le mardi 10 mars 2026" in page
    assert '<a href="/rapports">Tous les bilans publiés</a>' in page


def test_a_hidden_figure_is_not_in_the_list_either(cast, client):
    came(cast, 42, at=MAY)
    came(cast, 5, area="mills", at=MAY)
    publish(cast)
    page = read(client, "/quartiers")
    assert "<bdi>Les Moulins</bdi></a><br>1 lieu vous aide</li>" in page


def test_the_page_leads_to_the_report_and_to_the_sheet_of_the_neighbourhood(cast, client):
    a_year(cast)
    publish(cast)
    page = read(client, address(cast))
    whole = db.session.scalars(select(PublishedReport.id)).one()
    assert f'href="/rapports/{whole}.pdf"' in page
    assert "Le Port, " not in page
    publish(cast, kind=ReportKind.NEIGHBOURHOOD, subject_id=cast.ids["harbour"])
    sheet = db.session.scalars(select(PublishedReport.id).filter_by(kind=ReportKind.NEIGHBOURHOOD)).one()
    assert f'href="/rapports/{sheet}.pdf" lang="fr"' in read(client, address(cast))
    assert f"/rapports/{sheet}.pdf" not in read(client, address(cast, "mills", "les-moulins"))
    assert client.get(f"/rapports/{sheet}.pdf").mimetype == "application/pdf"


def test_an_empty_town_asks_to_call(client):
    assert "Aucun quartier n’est encore dans la liste." in read(client, "/quartiers")


@pytest.mark.parametrize(("language", "words"), [("en", "Next workshops here"), ("ar", "الورشات القادمة هنا")])
def test_it_is_read_in_english_and_arabic(cast, client, language, words):
    came(cast, 42, at=MAY)
    publish(cast)
    client.get(f"/langue/{language}")
    page = read(client, address(cast))
    assert words in page
    assert "Prochains ateliers" not in page
    assert "n.c. :" not in page


def test_it_is_as_many_statements_however_many_places_there_are(cast, client):
    with statements() as few:
        read(client, "/quartiers")
        read(client, address(cast))
    with transaction():
        for number in range(8):
            venue = Venue(
                external_id=f"v{number}", name=f"Lieu {number}", commune="Rives", postcode="99100",
                neighbourhood_id=cast.ids["harbour"], placement=Placement.INSIDE,
            )  # fmt: skip
            db.session.add(venue)
    with statements() as many:
        read(client, "/quartiers")
        page = read(client, address(cast))
    assert len(many) <= len(few)
    assert page.count('class="pick"') == 5
