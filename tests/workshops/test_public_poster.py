"""The poster: what it says, on one sheet, and where its square leads."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from foundation.db import db, transaction
from foundation.pdf import Sheet
from tests.cast import NOW
from tests.workshops.enrolments import opened, sessions_of
from workshops.models import Enrolment, ProgrammeAudience, ProgrammeState, SessionState, WorkshopSession

pytestmark = pytest.mark.usefixtures("stopped_clock")
LONG = "Apprendre ensemble à ne plus craindre les démarches en ligne, une après-midi après l’autre, sans se presser"


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """All that is written on paper meanwhile, the squares too."""
    told: list[str] = []
    write, square = Sheet.write, Sheet.square

    def note_text(sheet, text, *args, **named):
        told.append(text)
        write(sheet, text, *args, **named)

    def note_square(sheet, content, *args):
        told.append(f"square {content}")
        square(sheet, content, *args)

    monkeypatch.setattr(Sheet, "write", note_text)
    monkeypatch.setattr(Sheet, "square", note_square)
    return told


@pytest.fixture
def lowest(monkeypatch) -> list[float]:
    """How far above the lower edge each sheet ends that is drawn meanwhile, in points."""
    ends: list[float] = []
    finished = Sheet.finished

    def note(sheet):
        ends.append(sheet.y)
        return finished(sheet)

    monkeypatch.setattr(Sheet, "finished", note)
    return ends


def poster(client, programme, query=""):
    answer = client.get(f"/ateliers/{programme.id}/affiche.pdf{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
        return str(pdf.docinfo["/Title"])


def test_it_says_what_for_whom_where_when_and_how_to_register(cast, client, written):
    club = opened(cast, title="Club Scratch", audience=ProgrammeAudience.CHILDREN, age_min=8, age_max=12)
    assert poster(client, club) == "Club Scratch"
    for words in ("Rives-sur-Aure", "Enfants, de 8 à 12 ans", "Médiathèque du Port", "Gratuit"):
        assert words in written
    assert any(line.startswith("mercredi 18 mars") for line in written)
    assert any(line.startswith("appelez le 06") for line in written)
    assert f"square http://parvis.test/ateliers/{club.id}/inscription" in written
    assert f"parvis.test/ateliers/{club.id}" in written


def test_many_dates_and_long_words_still_fit_one_sheet(cast, client, written, lowest):
    poster(client, opened(cast, sessions=20, title=LONG, description=LONG * 9))
    assert "et 16 autres dates" in written
    assert lowest[0] > 20


def test_a_drop_in_tells_to_come_and_one_that_was_called_off_is_left_out(cast, client, written):
    event = opened(cast, sessions=2, enrolment=Enrolment.DROP_IN)
    with transaction():
        db.session.get_one(WorkshopSession, sessions_of(event)[0].id).state = SessionState.CANCELLED
    poster(client, event)
    assert any("venez, tout simplement" in line for line in written)
    assert not any(line.startswith("mercredi 18 mars") for line in written)
    assert any(line.startswith("mercredi 25 mars") for line in written)


@pytest.mark.parametrize(
    "changes", [{"enrolment": Enrolment.DROP_IN}, {"registration_opens_at": NOW + timedelta(days=1)}]
)
def test_its_square_leads_to_the_programme_where_nobody_registers_yet(cast, client, written, changes):
    event = opened(cast, **changes)
    poster(client, event)
    assert f"square http://parvis.test/ateliers/{event.id}" in written


def test_it_is_written_in_the_language_of_the_address(cast, client, written):
    course = opened(cast, translations={"ar": {"title": "ورشة الصور"}})
    assert poster(client, course, "?langue=ar") == "ورشة الصور"
    assert "مجاناً" in written
    assert poster(client, course) == "Atelier photo"


def test_there_is_none_of_what_the_public_does_not_see(cast, client):
    draft = opened(cast, state=ProgrammeState.DRAFT, first=NOW + timedelta(days=1))
    assert client.get(f"/ateliers/{draft.id}/affiche.pdf").status_code == 404


def titled(cast, **changes):
    """Six dates of which each has its own subject."""
    event = opened(cast, sessions=6, **changes)
    with transaction():
        for one in sessions_of(event):
            db.session.get_one(WorkshopSession, one.id).title = f"Sujet {one.number}"
    return event


@pytest.mark.parametrize(
    ("changes", "told"), [({"enrolment": Enrolment.SESSION}, True), ({"enrolment": Enrolment.CYCLE}, False)]
)
def test_where_one_chooses_a_date_each_says_what_it_is_about(cast, client, written, changes, told):
    poster(client, titled(cast, **changes))
    assert ("Sujet 1" in written) is told


@pytest.mark.parametrize(("title", "description"), [("Photo", "Court."), ("Photo", LONG * 9), (LONG, LONG * 9)])
def test_subjects_leave_room_for_the_square(cast, client, lowest, title, description):
    poster(client, titled(cast, title=title, description=description))
    assert lowest[0] > 20
