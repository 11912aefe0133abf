"""Lesson sheets on the page of a programme: added, fetched, removed."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.workshops.given import count, programme, reread
from tests.workshops.pages import as_mediator, as_stranger, main_of
from workshops.models import ProgrammeResource

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def found(cast):
    return programme(cast)


@pytest.fixture
def address(found):
    return f"/equipe/ateliers/{found.id}/fiches"


def sheet(**changes):
    return {"label": "Tutoriel", "url": "https://scratch.mit.edu/ideas", "file": (BytesIO(b""), "")} | changes


def a_file(content=b"%PDF-1.7 fiche", name="Fiche 1.pdf", **changes):
    return {"label": "", "url": "", "file": (BytesIO(content), name)} | changes


def test_a_link_is_added_and_removed(client, cast, found, address):
    as_mediator(cast, client)
    client.post(address, data=sheet(team_only="y"))
    (one,) = reread(found).resources
    assert (one.url, one.team_only) == ("https://scratch.mit.edu/ideas", True)
    assert "Tutoriel équipe seulement" in main_of(client.get(f"/equipe/ateliers/{found.id}"))
    client.post(f"{address}/{one.id}/retirer")
    assert count(ProgrammeResource) == 0


def test_a_file_comes_back_as_a_download_of_its_own_kind(client, cast, found, address):
    as_mediator(cast, client)
    client.post(address, data=a_file())
    (one,) = reread(found).resources
    response = client.get(f"{address}/{one.id}")
    assert response.data == b"%PDF-1.7 fiche"
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (sheet(url=""), "soit un lien, soit un fichier"),
        (sheet(url="javascript:alert(1)"), "https://"),
        (sheet(label=""), "Écrivez le nom de la fiche."),
        (sheet(label="x" * 121), "120"),
        (a_file(url="https://a.fr"), "soit un lien, soit un fichier"),
        (a_file(name="page.html"), "Envoyez un PDF"),
        (a_file(content=b"x" * (5 * 1024 * 1024 + 1)), "5 Mo au plus"),
    ],
)
def test_a_fault_is_said_on_the_page(client, cast, address, data, sentence):
    as_mediator(cast, client)
    for name, value in data.items():
        if name == "file":
            value[0].seek(0)
    response = client.post(address, data=data | {"file": (BytesIO(data["file"][0].getvalue()), data["file"][1])})
    assert response.status_code == 422
    assert sentence in main_of(response)
    assert count(ProgrammeResource) == 0


def test_one_that_is_not_there_is_unknown(client, cast, address):
    as_mediator(cast, client)
    client.post(address, data=sheet())
    assert client.get(f"{address}/1").status_code == 404, "a link has nothing to download"
    assert client.get(f"{address}/4711").status_code == 404
    assert client.post(f"{address}/4711/retirer").status_code == 404


def test_another_structure_neither_sees_nor_adds(client, cast, found, address):
    as_mediator(cast, client)
    client.post(address, data=a_file())
    (one,) = reread(found).resources
    as_stranger(cast, client)
    assert client.get(f"{address}/{one.id}").status_code == 404
    assert client.post(address, data=sheet()).status_code == 404
    assert client.post(f"{address}/{one.id}/retirer").status_code == 404
    assert count(ProgrammeResource) == 1


def test_a_sheet_is_renamed_and_translated_later(client, cast, found, address):
    as_mediator(cast, client)
    client.post(address, data=sheet())
    (one,) = reread(found).resources
    assert 'value="Tutoriel"' in client.get(f"{address}/{one.id}/nom").get_data(as_text=True)
    said = {"label": "Premiers pas", "label_en": "First steps", "label_ar": ""}
    assert client.post(f"{address}/{one.id}/nom", data=said).status_code == 303
    (one,) = reread(found).resources
    assert (one.label, one.translations, one.url) == (
        "Premiers pas", {"en": {"label": "First steps"}}, "https://scratch.mit.edu/ideas",
    )  # fmt: skip
    for wrong in ({"label": ""}, {"label": "x" * 121}, {"label_en": "x" * 121}, {"label": "2 85 05 78 006 084 91"}):
        assert client.post(f"{address}/{one.id}/nom", data=said | wrong).status_code == 422
    assert reread(found).resources[0].label == "Premiers pas"


def test_a_sheet_of_others_is_not_renamed(client, cast, found, address):
    as_mediator(cast, client)
    client.post(address, data=sheet())
    (one,) = reread(found).resources
    other = programme(cast)
    assert client.post(f"/equipe/ateliers/{other.id}/fiches/{one.id}/nom", data={"label": "Moi"}).status_code == 404
    as_stranger(cast, client)
    assert client.get(f"{address}/{one.id}/nom").status_code == 404
    assert client.post(f"{address}/{one.id}/nom", data={"label": "Moi"}).status_code == 404
    assert reread(found).resources[0].label == "Tutoriel"
