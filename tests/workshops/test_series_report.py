"""The report to a school or care home: what it tells, what it leaves out, and who may have it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Account
from activity.models import Equipment, Theme
from foundation.db import db, in_transaction, transaction
from tests.cast import NOW, sign_in
from tests.papers import facts, sheets, text
from tests.workshops.asking import coordinator
from tests.workshops.enrolments import adult, group, opened, registered, sessions_of
from tests.workshops.pages import as_mediator, as_stranger
from tests.workshops.papers import counted, held, marked, set_on, teamed
from workshops.models import (
    Enrolment,
    KitNeed,
    Origin,
    Participant,
    Programme,
    ProgrammeKind,
    ProgrammeState,
    SessionState,
    SkillAnswer,
    SkillMoment,
    SkillQuestion,
)
from workshops.queries.series import series
from workshops.rules.attendance import Told
from workshops.service import held as closing

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def tablets(cast):
    """Four afternoons at the home, agreed upon in a visit."""
    return opened(
        cast, sessions=4, capacity=20, care_home_id=cast.ids["care_home"], kind=ProgrammeKind.CARE_HOME_SERIES,
        title="Tablettes et souvenirs", enrolment=Enrolment.CYCLE, framing_at=NOW - timedelta(days=7),
        framing_notes="Dix résidents au plus.\nUne animatrice reste.", goals="Prendre une tablette en main",
        next_steps="Une séance de rappel en septembre.",
    )  # fmt: skip


def path(programme) -> str:
    return f"/equipe/ateliers/{programme.id}/bilan.pdf"


def report(client, programme) -> bytes:
    answer = client.get(path(programme))
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return answer.data


def named(programme, count):
    """So many people whom the desk registered by name."""
    return [registered(adult(programme, number, origin=Origin.DESK)) for number in range(1, count + 1)]


def test_it_tells_the_home_what_was_agreed_and_what_took_place(cast, client, tablets):
    first, second, third, fourth = sessions_of(tablets)
    set_on(first, title="Faire connaissance")
    counted(cast, first, 8, helpers=1, done="Chacun a allumé sa tablette.")
    counted(cast, second, 9, helpers=2, done="Retour dans les rues de l’enfance.")
    held(first, second, third)
    set_on(fourth, state=SessionState.CANCELLED)
    teamed(cast, tablets, "mediator", "other_mediator")
    content = report(as_mediator(cast, client), tablets)
    lines = sheets(content)[0]
    for line in (
        "Équipe : Salima Benali, Yann Kerdoncuff",
        "Ville de Rives-sur-Aure · Bilan d’un cycle d’ateliers", "Tablettes et souvenirs", "Résidence des Tilleuls",
        "1 allée des Tilleuls, 99100 Rives-sur-Aure", "du mercredi 18 mars 2026 au mercredi 1er avril 2026",
        "Visite du mardi 3 mars 2026", "Dix résidents au plus.", "Une animatrice reste.",
        "• Prendre une tablette en main", "1 séance a été annulée.", "Une séance de rappel en septembre.",
        "Fait le mardi 10 mars 2026", "Signature et cachet",
    ):  # fmt: skip
        assert line in lines
    told = text(content)
    assert "18/03/2026\n16 h 00 – 18 h 00\n8\n1\nFaire connaissance\nChacun a allumé sa tablette." in told
    assert "25/03/2026\n16 h 00 – 18 h 00\n9\n2\nRetour dans les rues de l’enfance." in told
    assert "01/04/2026\n17 h 00 – 19 h 00\n–\nAu total\n17\n3" in told
    assert facts(content) == {
        "title": "Bilan : Tablettes et souvenirs", "language": "fr", "sheets": 1, "wide": False, "embedded": True,
    }  # fmt: skip


def test_figures_count_those_with_a_name_and_those_without_and_no_average_is_invented(cast, tablets):
    alix, noor = named(tablets, 2)
    first, second, third, _fourth = sessions_of(tablets)
    counted(cast, first, 6, helpers=1)
    marked(cast, alix, first)
    marked(cast, noor, second)
    held(first, second, third)
    told = series(tablets.id, NOW)
    assert [one.people for one in told.held] == [7, 1, None]
    assert (told.people, told.counted, told.helpers, told.to_come) == (8, 2, 1, 1)


@pytest.mark.parametrize("next_steps", ["", "Une séance de rappel en septembre."])
@pytest.mark.parametrize("lines", [14, 18, 22, 26])
def test_the_signature_never_stands_alone_on_a_sheet(cast, client, tablets, lines, next_steps):
    with transaction():
        found = db.session.get_one(Programme, tablets.id)
        found.framing_notes, found.next_steps = "\n".join(["Dix résidents."] * lines), next_steps
    first, second, _third, _fourth = sessions_of(tablets)
    counted(cast, first, 8)
    counted(cast, second, 9)
    held(first, second)
    last = sheets(report(as_mediator(cast, client), tablets))[-1]
    assert "Signature et cachet" in last
    assert (next_steps or "Au total") in last


def test_the_figures_stand_in_their_boxes(cast, client, tablets):
    first, second, third, _fourth = sessions_of(tablets)
    for one, people in ((first, 8), (second, 9), (third, 9)):
        counted(cast, one, people)
    held(first, second, third)
    told = text(report(as_mediator(cast, client), tablets))
    assert "3\nSéances\n26\nPrésences au total\n8,7\nEn moyenne par séance\n0\nAccompagnants au total" in told
    assert "1 séance est encore à venir." in told


def test_before_the_first_session_it_says_so(cast, client, tablets):
    told = text(report(as_mediator(cast, client), tablets))
    assert "Aucune séance n’a encore eu lieu." in told
    assert "4 séances sont encore à venir." in told
    assert "En moyenne" not in told


def test_equipment_is_what_records_and_kits_say_each_once(cast, client, tablets):
    first, second, _third, _fourth = sessions_of(tablets)
    teamed(cast, tablets)
    for one in (first, second):
        counted(cast, one, 5)
        set_on(one, equipment_note="Une enceinte", starts_at=one.starts_at - timedelta(days=30),
               ends_at=one.ends_at - timedelta(days=30), held_from=one.held_from - timedelta(days=30))  # fmt: skip
        told = Told(frozenset({Theme.DEVICE_START}), 120, frozenset({Equipment.TABLET, Equipment.PHONE}))
        actor = cast.ids["mediator"]
        in_transaction(
            lambda one=one, told=told, actor=actor: closing.close(
                one.id, told, now=NOW, actor=db.session.get_one(Account, actor)
            )
        )
    with transaction():
        db.session.add(KitNeed(session_id=first.id, kind="Mallette de tablettes", count=2))
    lines = sheets(report(as_mediator(cast, client), tablets))[0]
    start = lines.index("Matériel utilisé")
    assert lines[start + 1 : start + 5] == ["Téléphone", "2 × Mallette de tablettes", "Une enceinte", "Et ensuite"]


@pytest.mark.parametrize(("people", "told"), [(2, False), (3, True)])
def test_progress_is_told_when_nobody_can_be_known_by_it(cast, client, tablets, people, told):
    with transaction():
        question = SkillQuestion(programme_id=tablets.id, position=1, text="Allumer une tablette", picture="tablet")
        db.session.add(question)
        db.session.flush()
        question_id = question.id
    for one in named(tablets, people):
        with transaction():
            participant_id = db.session.query(Participant.id).filter_by(registration_id=one.id).scalar()
            for moment, value in ((SkillMoment.BEFORE, 1), (SkillMoment.AFTER, 3)):
                db.session.add(SkillAnswer(question_id=question_id, participant_id=participant_id, moment=moment,
                                           value=value, answered_at=NOW))  # fmt: skip
    written = text(report(as_mediator(cast, client), tablets))
    assert ("Allumer une tablette\n1\n3" in written) is told
    assert ("3 personnes ont répondu avant et après. 3 personnes ont progressé." in written) is told


def test_it_names_nobody_who_took_part(cast, client, tablets):
    (one,) = named(tablets, 1)
    registered(group(tablets, 6))
    marked(cast, one, sessions_of(tablets)[0])
    held(sessions_of(tablets)[0])
    told = text(report(as_mediator(cast, client), tablets))
    assert not any(words in told for words in ("Alix", "Numéro", "Bruno", "CM1", "06 39"))


def test_a_long_series_goes_on_to_a_second_sheet_with_its_heading(cast, client):
    long = opened(cast, sessions=12, care_home_id=cast.ids["care_home"], next_steps="Un rappel en septembre.\n" * 4)
    for one in sessions_of(long):
        counted(cast, one, 8, done="Trois appels en vidéo avec des petits-enfants. " * 4)
    held(*sessions_of(long))
    pages = sheets(report(as_mediator(cast, client), long))
    assert len(pages) == 2
    assert all("Ce qui a été fait" in page for page in pages)
    assert sum(line.endswith("/2026") for page in pages for line in page) == 12


def test_the_host_of_the_home_takes_it_and_no_other_host_does(cast, client, tablets):
    sign_in(client, cast.host)
    assert client.get(path(tablets)).status_code == 404
    sign_in(client, coordinator(cast))
    assert facts(report(client, tablets))["sheets"] == 1
    elsewhere = opened(cast, school_id=cast.ids["school"], kind=ProgrammeKind.CODING_CLUB)
    assert client.get(path(elsewhere)).status_code == 404
    with transaction():
        db.session.get_one(Programme, tablets.id).state = ProgrammeState.DRAFT
    assert client.get(path(tablets)).status_code == 404


def test_a_school_has_one_and_what_nobody_asked_for_has_none(cast, client):
    school = opened(cast, school_id=cast.ids["school"], kind=ProgrammeKind.CODING_CLUB)
    assert "École des Peupliers" in text(report(as_mediator(cast, client), school))
    answer = client.get(path(opened(cast)))
    assert answer.status_code == 404
    assert "demandé par une école ou un établissement" in answer.text


def test_another_structure_and_prescribers_get_none(cast, client, tablets):
    as_stranger(cast, client)
    assert client.get(path(tablets)).status_code == 404
    for role in ("prescriber", "partner"):
        sign_in(client, getattr(cast, role))
        assert client.get(path(tablets)).status_code == 403
