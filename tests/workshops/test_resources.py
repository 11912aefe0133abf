"""Lesson sheets: links, and files that can do no harm."""

from __future__ import annotations

import pytest

from accounts.models import Account
from foundation import audit
from foundation.db import db, in_transaction
from foundation.scope import NotInYourStructure
from tests.workshops.given import count, programme, reread
from workshops.models import ProgrammeResource
from workshops.rules.resources import (
    MOST_BYTES,
    MOST_SHEETS,
    LinkOrFile,
    NoLabel,
    NotALink,
    NotWhatItSays,
    Sheet,
    TooBig,
    TooManySheets,
    UnknownFile,
    check_sheet,
    is_link,
    kept_name,
    media_type,
)
from workshops.service import resources

LINK = Sheet("Tutoriel", url="https://scratch.mit.edu/ideas")
FILE = Sheet("", file_name="Fiche 1.pdf", content=b"%PDF-1.7")


def add(cast, found, sheet, who="mediator"):
    account_id = cast.ids[who]
    return in_transaction(lambda: resources.add(found.id, sheet, db.session.get_one(Account, account_id)))


@pytest.mark.parametrize("sheet", [LINK, FILE, Sheet("X", file_name="jeu.SB3", content=b"PK")])
def test_links_and_files_are_fine(sheet):
    check_sheet(sheet, 0)


@pytest.mark.parametrize(
    ("sheet", "refusal", "field"),
    [
        (Sheet("Rien"), LinkOrFile, "url"),
        (Sheet("Tout", "https://a.fr", "a.pdf", b"x"), LinkOrFile, "url"),
        (Sheet(" ", "https://a.fr"), NoLabel, "label"),
        (Sheet("X", "javascript:alert(1)"), NotALink, "url"),
        (Sheet("X", "scratch.mit.edu"), NotALink, "url"),
        (Sheet("X", file_name="a.pdf", content=b"x" * (MOST_BYTES + 1)), TooBig, "file"),
        (Sheet("X", file_name="a.html", content=b"<script>"), UnknownFile, "file"),
        (Sheet("X", file_name="a.svg", content=b"<svg>"), UnknownFile, "file"),
        (Sheet("X", file_name="a.pdf", content=b"<script>"), NotWhatItSays, "file"),
        (Sheet("X", file_name="a.PNG", content=b"%PDF-1.7"), NotWhatItSays, "file"),
        (Sheet("X", file_name="sans nom", content=b"x"), UnknownFile, "file"),
    ],
)
def test_what_nobody_could_open_is_refused_at_its_field(sheet, refusal, field):
    with pytest.raises(refusal) as refused:
        check_sheet(sheet, 0)
    assert refused.value.field == field


def test_twenty_are_enough():
    check_sheet(LINK, MOST_SHEETS - 1)
    with pytest.raises(TooManySheets):
        check_sheet(LINK, MOST_SHEETS)


@pytest.mark.parametrize("url", ["http://[", "https://", "https://a b.fr", "ftp://a.fr", "//a.fr", ""])
def test_what_is_no_link(url):
    assert not is_link(url)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Fiche 1.pdf", "Fiche 1.pdf"),
        ("C:\\Users\\x\\Fiche.pdf", "Fiche.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b<c>\x00.pdf', "abc.pdf"),
        (f"{'é' * 200}.pdf", f"{'é' * 116}.pdf"),
        ("fiche\u202efdp.sb3", "fichefdp.sb3"),
        ("mémo\u200b\ue000.pdf", "mémo.pdf"),
        ("...", ""),
    ],
)
def test_names_are_kept_without_what_could_harm(sent, kept):
    assert kept_name(sent) == kept


def test_a_file_is_served_as_what_it_is():
    assert media_type("Fiche.PDF") == "application/pdf"


def test_a_link_is_kept(cast):
    found = programme(cast)
    add(cast, found, LINK)
    (one,) = reread(found).resources
    assert (one.label, one.url, one.content, one.team_only) == (
        "Tutoriel",
        "https://scratch.mit.edu/ideas",
        None,
        False,
    )
    assert audit.history(f"programme:{found.id}")[0].action == "programme.resource_added"


def test_a_file_without_a_label_is_called_by_its_name(cast):
    found = programme(cast)
    add(cast, found, FILE)
    (one,) = reread(found).resources
    assert (one.label, one.file_name, one.media_type) == ("Fiche 1.pdf", "Fiche 1.pdf", "application/pdf")
    assert (one.content, one.url) == (b"%PDF-1.7", None)


def test_it_is_taken_away_for_good(cast):
    found = programme(cast)
    one = add(cast, found, LINK)
    actor_id = cast.ids["mediator"]
    in_transaction(lambda: resources.remove(found.id, one.id, db.session.get_one(Account, actor_id)))
    assert count(ProgrammeResource) == 0


def test_one_of_another_programme_or_structure_is_not_touched(cast):
    found, other = programme(cast), programme(cast, structure="association")
    one = add(cast, found, LINK)
    manager_id = cast.ids["manager"]
    with pytest.raises(NotInYourStructure):
        in_transaction(lambda: resources.remove(other.id, one.id, db.session.get_one(Account, manager_id)))
    with pytest.raises(NotInYourStructure):
        add(cast, other, LINK)
    assert count(ProgrammeResource) == 1
