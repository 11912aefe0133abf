"""The browser of the tests: the one on this machine, else one that is installed now, else a sentence that says how.

`python -m tests.browser.chrome` makes sure that there is one. CHROME names another than those looked for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BUNDLES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
HOW = (
    "No Chromium was found and none could be installed: install Chromium or Google Chrome (on Debian: apt install"
    " chromium), or name one with CHROME=/path/to/it, then run make test again."
)


def find() -> str | None:
    """Path of a Chromium or Chrome on this machine."""
    if named := os.environ.get("CHROME"):
        return named if Path(named).is_file() else shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((path for path in (*BUNDLES, _playwrights_own()) if Path(path).is_file()), None)


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> None:
    """Debian's package when we may install it, else the one that Playwright keeps for itself."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _attempt(["apt-get", "update", "-qq"], quiet)
        _attempt(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet)
    if find() is None:
        _attempt([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _attempt(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


def launch(playwright: Playwright) -> Browser:
    """Start it: without its own sandbox for root, to whom Chromium refuses it."""
    arguments = ["--disable-dev-shm-usage", "--disable-gpu", "--lang=fr"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=find(), args=arguments)


def main() -> None:
    if find() is None:
        print("Installing a Chromium for the browser tests, once …", flush=True)  # noqa: T201
        install()
    if find() is None:
        sys.exit(HOW)


if __name__ == "__main__":
    main()
