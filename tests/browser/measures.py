"""What a page weighs and how it stands, read in the browser."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js")

# Quantiles of the method that GreenIT publishes: https://github.com/cnumr/GreenIT-Analysis
ELEMENTS = (
    0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601,
)  # fmt: skip
REQUESTS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
KILOBYTES = (
    0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06,
    2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26,
)  # fmt: skip
GRADE_A = 80


def _position(quantiles: tuple[float, ...], value: float) -> float:
    """Which quantile a value lies in, with its fraction."""
    at = min(bisect_right(quantiles, value), len(quantiles) - 1)
    low, high = list(pairwise(quantiles))[at - 1]
    return at + (value - low) / (high - low)


@dataclass(frozen=True)
class Weight:
    """What loading one page cost, with nothing in the cache."""

    elements: int
    requests: int
    size: int
    strangers: tuple[str, ...]

    @property
    def ecoindex(self) -> float:
        """100 is best; above 80 is grade A."""
        elements = _position(ELEMENTS, self.elements)
        requests = _position(REQUESTS, self.requests)
        kilobytes = _position(KILOBYTES, self.size / 1024)
        return 100 - 5 * (3 * elements + 2 * requests + kilobytes) / 6


def weigh(page: Page, address: str, home: str) -> Weight:
    """Load `address` anew and count; `home` is the origin that everything must come from."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[str] = []
    sizes: list[int] = []
    cdp.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    cdp.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="networkidle")
    elements = page.evaluate("document.querySelectorAll('*').length")
    cdp.detach()
    far = tuple(url for url in asked if not url.startswith((home, "data:")))
    return Weight(elements, len([url for url in asked if not url.startswith("data:")]), sum(sizes), far)


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _bring_axe(page: Page) -> None:
    """Straight to the browser: `page.evaluate` has half a megabyte read twice more on its way, to see what it is."""
    cdp = page.context.new_cdp_session(page)
    answer = cdp.send("Runtime.evaluate", {"expression": f"{_axe()};0"})
    cdp.detach()
    assert "exceptionDetails" not in answer, answer


def faults_of(page: Page) -> list[str]:
    """What axe finds wrong in the page as it stands: rule, where, and what to do.

    Style sheets and media are not loaded a second time for it: no rule that is on by default reads the former, and we
    have no films.
    """
    page.wait_for_load_state()
    _bring_axe(page)
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], preload: false}).then(r => r.violations)"
    )
    return [
        f"{page.url}: {one['id']} at {[node['target'][0] for node in one['nodes'][:4]]}, {len(one['nodes'])} in all: "
        + " ".join(one["nodes"][0]["failureSummary"].split())
        for one in found
    ]


PARTS = """() => {
  const whole = document.documentElement.outerHTML, main = document.querySelector('main')?.outerHTML ?? '';
  return [main, whole.replace(main, '')].map(part => [innerWidth, document.dir, part]);
}"""
WORDS = re.compile(r">[^<]*[^<\s][^<]*(?=<)")
VALUES = re.compile(r' (action|alt|aria-label|content|datetime|href|placeholder|src|title|value)="[^"]+"')
_looked_at: set[int] = set()


def new_faults_of(page: Page) -> list[str]:
    """`faults_of` a page that nobody has touched yet, unless its content and its frame were both looked at before.

    Two roles open many a page that differs in its words, numbers and addresses alone, which axe does not judge beyond
    whether they are there. Its elements, classes and names, its direction and the width of its window count.
    """
    parts = {hash((width, way, _outline(html))) for width, way, html in page.evaluate(PARTS)}
    if parts <= _looked_at:
        return []
    found = faults_of(page)
    if not found:
        _looked_at.update(parts)
    return found


def _outline(html: str) -> str:
    return re.sub(r"\d+", "0", VALUES.sub(r' \1="v"', WORDS.sub(">w", html)))


WIDE = """() => [...document.querySelectorAll('body *')].filter(one => {
  const box = one.getBoundingClientRect();
  const hidden = box.width < 2 || getComputedStyle(one).position === 'absolute';
  const scrolls = one.closest('.scroll, pre, table');
  return !hidden && !scrolls && (box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.tagName + '.' + one.className).slice(0, 5)"""


def overflow_of(page: Page) -> list[str]:
    """What makes the page wider than its window; nothing when it fits."""
    wider = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    return [f"{page.url} is too wide", *page.evaluate(WIDE)] if wider else []


TARGETS = """() => [...document.querySelectorAll(
  'button, summary, select, textarea, input:not([type=hidden],[type=radio],[type=checkbox]), nav a, .button, .choice'
)].map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && box.height < 43.5)
  .map(([one, box]) => `${one.tagName} ${one.textContent.trim().slice(0, 30)} is ${Math.round(box.height)} px high`)"""


def small_targets_of(page: Page) -> list[str]:
    """What is meant to be pressed and is lower than 44 px."""
    return [f"{page.url}: {one}" for one in page.evaluate(TARGETS)]
