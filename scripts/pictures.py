"""Take the pictures of docs/pictures again, from the demonstration town: `make pictures`.

It starts Parvis on a database of its own in a temporary folder and looks at it with the browser of the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from demo.staff import PASSWORD, SHOWN
from foundation import clock
from foundation.security import Role
from scripts.run import ROOT, SECONDS_TO_START
from scripts.say import give_up, say
from tests.browser import chrome

FOLDER = ROOT / "docs" / "pictures"
PORT = 8377
HOME = f"http://127.0.0.1:{PORT}"
DESK, PHONE = (1280, 900), (360, 740)
LARGEST_BYTES = 150_000


@dataclass(frozen=True)
class Picture:
    """One page to show: where, how large, in which language, and seen by whom (None: a resident)."""

    name: str
    path: str
    size: tuple[int, int] = DESK
    language: str = "fr"
    role: Role | None = None
    clicks: tuple[str, ...] = ()
    dark: bool = False


def working_day() -> str:
    """Today, or the Monday that comes: nobody receives on a Sunday."""
    today = clock.now().date()
    return (today + timedelta(days=max(0, 7 - today.weekday()) if today.weekday() > 4 else 0)).isoformat()


PICTURES = (
    Picture("home", "/"),
    Picture("home-phone-arabic", "/", PHONE, "ar"),
    Picture("book-what-phone", "/rendez-vous", PHONE),
    Picture("book-when", "/rendez-vous", clicks=(".pick a", ".pick a")),
    Picture("book-when-phone-dark", "/rendez-vous", PHONE, clicks=(".pick a", ".pick a"), dark=True),
    Picture("places", "/lieux", (1280, 640)),
    Picture("day", f"/equipe/journee/{working_day()}", role=Role.MEDIATOR),
    Picture("record", "/equipe/comptes-rendus/nouveau?anonyme=1", role=Role.MEDIATOR),
    Picture("desk", "/equipe/rendez-vous/nouveau", role=Role.PRESCRIBER),
    Picture("calendars", "/equipe/calendriers", role=Role.MANAGER),
    Picture("workshops", "/ateliers"),
    Picture("programme-phone", "/ateliers", PHONE, clicks=("main a[href^='/ateliers/']",)),
    Picture("kits", "/equipe/materiel/semaine", role=Role.MANAGER),
    Picture("my-kits", "/hote/mallettes", role=Role.HOST),
    Picture("campaign", "/equipe/campagnes/2", role=Role.MANAGER),
    Picture("statement", "/releves", role=Role.PARTNER, clicks=("main table a",)),
    Picture("counter-phone", "/partenaire", PHONE, role=Role.PARTNER),
    Picture("reach", f"/equipe/portee?periode={clock.now().year - 1}", role=Role.MANAGER),
    Picture("neighbourhoods", "/quartiers"),
    Picture("attendance", "/equipe/ateliers/jour", role=Role.MEDIATOR, clicks=("main a[href$='/presence']",)),
)


@contextmanager
def town() -> Iterator[None]:
    """The demonstration town on a port of its own, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="parvis-pictures-") as folder:
        settings = {**os.environ, "PARVIS_VAR": folder, "DATABASE_URL": "", "PORT": str(PORT), "BASE_URL": HOME}
        with subprocess.Popen([sys.executable, "-m", "scripts.run"], cwd=ROOT, env=settings) as running:
            try:
                _wait(running)
                yield
            finally:
                running.terminate()


def _wait(running: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + 2 * SECONDS_TO_START
    while time.monotonic() < last and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{HOME}/sante", timeout=5):  # noqa: S310  Our own address.
                return
        except (URLError, OSError):
            time.sleep(0.5)
    give_up("The demonstration town did not start; the lines above say why.")


def take(browser: Browser, picture: Picture) -> None:
    """Write one PNG."""
    context = browser.new_context(
        viewport={"width": picture.size[0], "height": picture.size[1]},
        locale={"fr": "fr-FR", "ar": "ar-DZ"}[picture.language],
        color_scheme="dark" if picture.dark else "light",
        base_url=HOME,
    )
    page = context.new_page()
    if picture.role:
        _sign_in(page, picture.role)
    page.goto(picture.path)
    for link in picture.clicks:
        page.locator(link).first.click()
        page.wait_for_load_state()
    target = FOLDER / f"{picture.name}.png"
    page.screenshot(path=target)
    context.close()
    say(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1000} kB")
    if target.stat().st_size > LARGEST_BYTES:
        give_up(f"{target.name} is larger than {LARGEST_BYTES // 1000} kB: show less.")


def _sign_in(page: Page, role: Role) -> None:
    page.goto("/connexion")
    page.locator("#email").fill(SHOWN[role].email)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_load_state()


def main() -> None:
    if chrome.find() is None:
        give_up(chrome.HOW)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with town(), sync_playwright() as playwright:
        browser = chrome.launch(playwright)
        for picture in PICTURES:
            take(browser, picture)
        browser.close()


if __name__ == "__main__":
    main()
