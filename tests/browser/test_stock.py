"""A mediator counts a kit with a phone: one press a device, large enough for a thumb, with scripts and without."""

from __future__ import annotations

import pytest

from equipment.models import Condition
from foundation.db import db
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.measures import faults_of, overflow_of, small_targets_of
from tests.equipment.faults import condition_of, devices
from tests.equipment.given import kit

INDEX = "/equipe/materiel/inventaires"


def look(page):
    """Nothing for axe to say, nothing beside the page, nothing too small to be pressed."""
    assert faults_of(page) + overflow_of(page) + small_targets_of(page) == [], page.url


@pytest.mark.parametrize(("size", "javascript"), [(NARROW, True), (PHONE, False)], ids=["narrow", "plain"])
def test_a_kit_is_counted_to_its_end(site, cast, size, javascript):
    blue, green = kit(code="MAL-1", units=3), kit("Mallette verte", units=1)
    first, second, third = devices(blue.id)
    stray = green.items[0].code
    page = site.visit(INDEX, size=size, javascript=javascript, account=cast.mediator)

    def step():
        if javascript:
            look(page)

    step()
    page.locator("tr", has_text="Mallette bleue").get_by_role("button").click()
    step()
    for item_id, word in ((first, "Fonctionne"), (second, "Abîmé")):
        page.locator(f"#i{item_id}").get_by_role("button", name=word).click()
        assert page.url.endswith(f"#i{item_id}")
        assert page.locator(f"#i{item_id} [aria-pressed=true]").inner_text().startswith(word)
    page.get_by_label("Code de son étiquette").fill(stray.lower())
    page.get_by_role("button", name="Mettre sur la liste").click()
    assert page.get_by_text("appartient à Mallette verte").is_visible()
    step()
    page.get_by_role("link", name="Terminer l’inventaire").click()
    step()
    page.get_by_role("button", name="Clore l’inventaire").click()
    assert page.locator(".faults a[href='#rest_missing']").is_visible()
    step()
    page.get_by_label("Ce qui n’a pas été compté manque").check()
    page.get_by_role("button", name="Clore l’inventaire").click()
    assert page.get_by_text("4 appareils comptés · 3 écarts").is_visible()
    step()
    found = [condition_of(one) for one in (first, second, third)]
    assert found == [Condition.WORKING, Condition.DAMAGED, Condition.MISSING]


def test_by_keyboard_alone(site, cast):
    blue = kit(units=1)
    [only] = devices(blue.id)
    page = site.visit(INDEX, size=DESKTOP, account=cast.mediator)
    page.locator("table form button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/inventaires/*")
    page.locator(f"#i{only} button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#i{only}")
    page.get_by_role("link", name="Terminer l’inventaire").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/fin")
    page.get_by_role("button", name="Clore l’inventaire").focus()
    page.keyboard.press("Enter")
    page.get_by_text("aucun écart").wait_for()
    look(page)


def test_a_manager_prints_labels_and_sends_a_file_with_a_fault(site, cast):
    blue = kit(code="MAL-1", units=3)
    page = site.visit(f"/equipe/materiel/mallettes/{blue.id}/etiquettes", size=NARROW, account=cast.manager)
    look(page)
    page.get_by_label("Première étiquette").fill("99")
    page.get_by_role("button", name="Étiquettes (PDF)").click()
    assert page.locator(".faults a[href='#first']").is_visible()
    look(page)
    page.get_by_label("Première étiquette").fill("4")
    with page.expect_download() as download:
        page.get_by_role("button", name="Étiquettes (PDF)").click()
    assert download.value.suggested_filename == "etiquettes-MAL-1.pdf"
    page.goto("/equipe/materiel/import")
    look(page)
    content = b"code;type;mallette\nT-1;tablette;MAL-1\nT-2;;\n"
    file = {"name": "parc.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Fichier").set_input_files([file])
    page.get_by_role("button", name="Voir ce qu’il ferait").click()
    look(page)
    page.get_by_role("button", name="Importer").click()
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les lignes refusées").click()
    assert "T-2" in download.value.path().read_text(encoding="utf-8")
    db.session.rollback()
    assert len(devices(blue.id)) == 4
