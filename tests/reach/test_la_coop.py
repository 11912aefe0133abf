"""Activity records in La Coop's columns: a line a contact, in its words, and as many as the figures count."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.models import (
    ActivityKind,
    AgeBand,
    Aspect,
    Autonomy,
    Channel,
    Equipment,
    Procedure,
    Referral,
    Theme,
)
from foundation.db import db, transaction
from foundation.tables import csv_lines
from people import service as people
from people.models import Gender, Status
from reach.queries import records
from reach.queries.contacts import counted
from reach.rules.filters import Filters, Side
from reach.rules.la_coop import words
from reach.rules.la_coop.lines import COLUMNS, Attendee, Spot, Told, lines, typed
from reach.rules.scope import TERRITORY, Scope
from tests.reach.asking import MARCH, PARIS, of
from tests.reach.lives import STEPS, Town
from tests.reach.test_contacts_property import NARROWED, SPANS, kept, scopes
from tests.reach.test_topics import meeting, met
from workshops.models import Level

AT = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
LIBRARY = Spot("Médiathèque", "2 quai du Port", "Port-Navalo", "56640", "56240")


def told(*attendees, **more):
    given = {
        "id": 12, "kind": ActivityKind.INDIVIDUAL, "mediator": "", "started_at": AT, "created_at": AT,
        "updated_at": AT, "minutes": 45, "channel": Channel.VENUE, "spot": LIBRARY, "at_a_venue": True,
        "label": "Prise en main", "autonomy": None, "level": None, "values": {},
    } | more  # fmt: skip
    return Told(**given, attendees=attendees)


def read(record):
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines(record, PARIS)]


def one(*attendees, **more):
    [line] = read(told(*attendees or [Attendee(Gender.FEMININE)], **more))
    return line


def exported(filters, scope=TERRITORY, *, limit=3, names=False):
    """All lines of all pages."""
    found, after = [], 0
    while after is not None:
        page = records.page(filters, scope, after, limit, names=names)
        found += [dict(zip(COLUMNS, line, strict=True)) for told in page.records for line in lines(told, PARIS)]
        after = page.last_id
    db.session.rollback()
    return found


def test_days_are_those_of_the_wall_clock():
    line = one()
    assert (line["Date"], line["Enregistré le"]) == ("29/03/2026", "29/03/2026 à 00:30")


def test_what_was_never_changed_has_no_last_change():
    assert one()["Dernière modification le"] == ""
    assert one(updated_at=AT.replace(day=30))["Dernière modification le"] == "31/03/2026 à 01:30"


def test_a_person_alone_is_one_and_a_group_is_numbered():
    assert one()["Participants"] == 1
    group = read(told(*[Attendee(Gender.NOT_COMMUNICATED)] * 3, kind=ActivityKind.GROUP))
    assert [line["Participants"] for line in group] == ["1/3", "2/3", "3/3"]


def test_stars_are_written_letter_by_letter_for_programs():
    csv_line = "".join(csv_lines(COLUMNS, [list(one(autonomy=Autonomy.PARTLY_AUTONOMOUS).values())])).splitlines()[1]
    assert ";2/3;" in csv_line


def test_who_is_filtered_out_is_counted_and_has_no_line():
    group = [Attendee(Gender.FEMININE, kept=False), Attendee(Gender.MASCULINE)]
    assert one(*group, kind=ActivityKind.GROUP)["Participants"] == "2/2"
    assert read(told(Attendee(Gender.FEMININE, kept=False))) == []


def test_values_are_told_in_la_coops_words():
    values = {
        Aspect.THEME: [Theme.EMAIL, Theme.PROCEDURES],
        Aspect.PROCEDURE: [Procedure.WORK],
        Aspect.EQUIPMENT: [Equipment.NONE],
        Aspect.REFERRAL: [Referral.MEDIATION_PLACE],
    }
    line = one(Attendee(Gender.FEMININE, AgeBand.FROM_70, Status.RETIRED), values=values, autonomy=Autonomy(
        "partly_autonomous"
    ))  # fmt: skip
    assert line["Thématique(s) d’accompagnement"] == (
        "E-mail\nAide aux démarches administratives\nTravail - Formation - Entreprise"
    )
    assert line["Matériel numérique utilisé"] == "Pas de matériel"
    assert (line["Bénéficiaire réorienté"], line["Structure de redirection"]) == (
        "Oui", "Autre structure de médiation numérique",
    )  # fmt: skip
    assert line["Niveau d’autonomie (ou de l’atelier)"] == "2/3"
    assert [line[f"{name} du bénéficiaire"] for name in ("Genre", "Tranche d’âge", "Statut")] == [
        "Féminin", "70 ans et plus", "Retraité",
    ]  # fmt: skip


def test_a_group_has_a_name_and_a_level_and_is_sent_nowhere():
    line = one(kind=ActivityKind.GROUP, level=Level.ADVANCED)
    assert line["Nom de l’atelier"] == "Prise en main"
    assert line["Niveau d’autonomie (ou de l’atelier)"] == "3/3"
    assert line["Bénéficiaire réorienté"] == ""


@pytest.mark.parametrize(
    ("channel", "at_a_venue", "said"),
    [
        (Channel.VENUE, True, "Lieu d’activité"),
        (Channel.VENUE, False, "Autre lieu"),
        (Channel.HOME, False, "À domicile"),
        (Channel.PHONE, False, "À distance"),
        (Channel.VIDEO, False, "À distance"),
    ],
)
def test_each_channel_is_one_of_la_coops(channel, at_a_venue, said):
    assert one(channel=channel, at_a_venue=at_a_venue)["Canaux d’accompagnement"] == said


@pytest.mark.parametrize(
    ("kind", "mapping"),
    [
        (ActivityKind, words.KINDS), (Channel, words.CHANNELS), (Equipment, words.EQUIPMENT), (Theme, words.THEMES),
        (Procedure, words.PROCEDURES), (Referral, words.REFERRALS), (Autonomy, words.AUTONOMIES),
        (Level, words.LEVELS), (Gender, words.GENDERS), (AgeBand, words.AGE_BANDS), (Status, words.STATUSES),
    ],
)  # fmt: skip
def test_no_value_is_without_its_word(kind, mapping):
    assert set(mapping) == set(kind)


def test_what_is_written_here_comes_out_there(cast):
    record = met(cast, themes=frozenset({Theme.WEB}), autonomy=Autonomy.AUTONOMOUS)
    [line] = exported(of(MARCH))
    assert (line["ID CRA"], line["Nom du lieu"], line["Durée (min)"]) == (str(record.id), cast.library.name, 45)
    assert line["Code Insee du bénéficiaire"] == "99001"
    assert line["Thématique(s) d’accompagnement"] == "Navigation sur internet"


def test_nobody_is_named_unless_names_are_asked_for(cast):
    met(cast)
    [line] = exported(of(MARCH))
    [named] = exported(of(MARCH), names=True)
    assert (line["Nom du médiateur"], named["Nom du médiateur"]) == ("", cast.mediator.name)
    assert {**line, "Nom du médiateur": ""} == {**named, "Nom du médiateur": ""}
    values = " ".join(map(str, named.values()))
    assert not any(name in values for name in (cast.resident.given_name, cast.resident.family_name))


def test_heads_are_lines_of_their_gender_and_of_nothing_else(cast):
    meeting(cast, 4, anonymous_feminine=2, anonymous_masculine=1)
    found = exported(of(MARCH))
    assert len(found) == counted(of(MARCH), TERRITORY).total.contacts
    heads = [line for line in found if line["Tranche d’âge du bénéficiaire"] == "Non communiqué"]
    assert sorted(line["Genre du bénéficiaire"] for line in heads) == [
        "Féminin", "Féminin", "Masculin", "Non communiqué",
    ]  # fmt: skip
    assert {line["Commune du bénéficiaire"] for line in heads} == {""}


def test_who_was_found_to_be_in_a_record_twice_is_one_line(cast):
    met(cast, kind=ActivityKind.GROUP, person_ids=(cast.ids["resident"], cast.ids["neighbour"]))
    with transaction():
        people.merge(cast.ids["resident"], cast.ids["neighbour"], None)
    assert len(exported(of(MARCH))) == counted(of(MARCH), TERRITORY).total.contacts == 1


def test_a_mediator_exports_their_own_records_alone(cast):
    met(cast)
    mine = met(cast, 1, who="other_mediator")
    found = exported(of(MARCH), Scope(mediator_id=cast.ids["other_mediator"]))
    assert [line["ID CRA"] for line in found] == [str(mine.id)]


def test_a_filter_that_widens_the_scope_gives_nothing(cast):
    met(cast)
    assert exported(of(MARCH, mediator_id=cast.ids["mediator"]), Scope(mediator_id=cast.ids["other_mediator"])) == []


@pytest.mark.long
def test_there_are_as_many_lines_as_the_figures_count_contacts(cast):
    @settings(max_examples=15, deadline=None, derandomize=True, database=None)
    @given(STEPS, SPANS, st.tuples(NARROWED, st.integers(0, 60)), st.booleans())
    def agree(steps, span, narrowed, by_place):
        town = Town(cast)
        town.live(steps)
        db.session.rollback()
        for name, number in [("nothing", 0), narrowed]:
            chosen, _plain = kept(town, cast, name, number)
            filters = Filters(span=span, side=Side.PLACE if by_place else Side.RESIDENCE, **chosen)
            for scope, _of in scopes(cast):
                total = counted(filters, scope).total
                found = exported(filters, scope, limit=4)
                assert len(found) == total.contacts
                assert len({line["ID CRA"] for line in found}) == total.records

    agree()


def test_a_line_that_was_kept_as_text_has_its_day_and_its_numbers_again():
    [alone] = lines(told(Attendee(Gender.FEMININE)), PARIS)
    read_back = dict(zip(COLUMNS, typed([str(cell) for cell in alone]), strict=True))
    assert (read_back["Date"], read_back["Participants"], read_back["Durée (min)"]) == (date(2026, 3, 29), 1, 45)
    group = told(*[Attendee(Gender.MASCULINE)] * 2, kind=ActivityKind.GROUP)
    assert [typed([str(cell) for cell in line])[8] for line in lines(group, PARIS)] == ["1/2", "2/2"]


@pytest.mark.parametrize("day", ["", "demain"])
def test_what_is_no_line_is_not_read_back(day):
    line = [str(cell) for cell in next(lines(told(Attendee(Gender.FEMININE)), PARIS))]
    if not day:
        with pytest.raises(ValueError, match="argument"):
            typed(line[:-1])
        return
    with pytest.raises(ValueError, match=day):
        typed([day, *line[1:]])


def test_no_column_is_named_twice_and_none_tells_a_resident():
    assert len(set(COLUMNS)) == len(COLUMNS) == 31
    assert not {"Bénéficiaire", "Notes supplémentaires"} & set(COLUMNS)


def test_places_without_an_address_are_told_by_their_commune():
    line = one(spot=Spot(commune="Rives", insee="99001"), at_a_venue=False)
    assert [line[name] for name in ("Nom du lieu", "Adresse", "Commune", "Code postal", "Code Insee")] == [
        "", "", "Rives", "", "99001",
    ]  # fmt: skip
