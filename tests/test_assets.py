"""The style sheet and the scripts: small, and right in both writing directions."""

from __future__ import annotations

import gzip
import re

from tests.house import ROOT, files, read

STYLES = [file for file in files() if file.parts[0] == "static" and file.suffix == ".css"]
SCRIPTS = [file for file in files() if file.parts[0] == "static" and file.suffix == ".js"]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|(?:min-|max-)?(?:width|height)|left|right|top|bottom"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
# What stands in the condition of a media query, or is a value that has no logical name.
CONDITIONS = re.compile(r"@(?:media|supports|page)[^{]*\{")


def test_the_style_sheet_is_one_file_of_at_most_8_kb():
    [style] = STYLES
    assert len(gzip.compress((ROOT / style).read_bytes(), 9)) <= 8 * 1024


def test_all_scripts_together_have_at_most_4_kb():
    assert sum(len(gzip.compress((ROOT / script).read_bytes(), 9)) for script in SCRIPTS) <= 4 * 1024


def test_the_style_sheet_knows_start_and_end_but_not_left_and_right():
    for style in STYLES:
        rules = CONDITIONS.sub("{", re.sub(r"/\*.*?\*/", "", read(style), flags=re.S))
        assert PHYSICAL.findall(rules) == []


def test_the_style_sheet_loads_nothing():
    for style in STYLES:
        assert "@import" not in read(style)
        assert not re.search(r"url\(\s*[\"']?(?!data:)", read(style))


def test_readers_who_ask_for_it_get_less_movement_stronger_borders_and_paper():
    text = "".join(read(style) for style in STYLES)
    for query in ("prefers-reduced-motion", "prefers-color-scheme: dark", "forced-colors", "@media print"):
        assert query in text, query
