"""The set of drawings for questions and answers: lines on a square of 48, drawn alike on screen and on paper.

Each drawing is one path of absolute M, L, H, V, C and Z (a subset of SVG's), y downwards.
"""

from __future__ import annotations

from foundation.i18n import _l

SIDE = 48
ROUND = 0.5523
"""How far the handles of a curve stand off for a quarter of a circle of radius 1."""


def _ring(x: float, y: float, radius: float) -> str:
    """A circle around x, y."""
    k = round(radius * ROUND, 2)
    left, right, top, foot = x - radius, x + radius, y - radius, y + radius
    return (
        f"M{left} {y}C{left} {y - k} {x - k} {top} {x} {top}C{x + k} {top} {right} {y - k} {right} {y}"
        f"C{right} {y + k} {x + k} {foot} {x} {foot}C{x - k} {foot} {left} {y + k} {left} {y}Z"
    )


PICTURES = {
    "tablet": "M12 5H36C38 5 39 6 39 8V40C39 42 38 43 36 43H12C10 43 9 42 9 40V8C9 6 10 5 12 5ZM21 37H27",
    "touch": "M20 29V13C20 9 26 9 26 13V24L35 27C37 28 38 29 37 32L34 43H22L13 33C11 30 15 27 17 29L20 32"
    "M13 16C12 2 34 2 33 16",
    "mouse": "M24 5C32 5 36 11 36 19V28C36 38 31 43 24 43C17 43 12 38 12 28V19C12 11 16 5 24 5ZM24 5V20M12 20H36",
    "keyboard": "M4 13H44V36H4ZM11 20H13M18 20H20M25 20H27M32 20H37M11 29H15M20 29H31M36 29H37",
    "wifi": "M6 20C16 9 32 9 42 20M13 28C19 21 29 21 35 28" + _ring(24, 36, 2.5),
    "search": _ring(20, 20, 13) + "M30 30L43 43",
    "mail": "M5 11H43V37H5ZM5 13L24 28L43 13",
    "form": "M10 5H30L38 13V43H10ZM30 5V13H38M17 21H31M17 28H31M17 35H25",
    "folder": "M5 11H18L23 17H43V39H5Z",
    "lock": "M10 21H38V43H10ZM16 21V15C16 3 32 3 32 15V21M24 29V35",
    "camera": "M5 15H15L18 9H30L33 15H43V39H5Z" + _ring(24, 26, 7.5),
    "call": "M4 7H44V34H4ZM15 42H33M24 34V42M15 34C15 25 33 25 33 34" + _ring(24, 18, 5),
    "music": "M18 37V11L40 6V32M18 19L40 14" + _ring(12.5, 37, 5.5) + _ring(34.5, 32, 5.5),
    "blocks": "M6 7H13C14 11 20 11 21 7H39V20H21C20 24 14 24 13 20H6Z"
    "M6 20V34H13C14 38 20 38 21 34H33V20M6 34V43H42V34H33",
    "play": _ring(24, 24, 19) + "M19 15L34 24L19 33Z",
    "loop": "M9 22C11 7 31 5 37 17M38 7V18H27M39 26C37 41 17 43 11 31M10 41V30H21",
    "cat": "M9 7L18 14H30L39 7V28C39 46 9 46 9 28ZM18 25V27M30 25V27M20 34C22 36 26 36 28 34M3 30L9 31M45 30L39 31",
    "bug": "M24 13C32 13 35 21 35 28C35 37 30 43 24 43C18 43 13 37 13 28C13 21 16 13 24 13ZM24 13V43"
    "M18 14L13 6M30 14L35 6M13 24H4M35 24H44M14 34L6 41M34 34L42 41",
    "talk": "M5 7H43V33H25L14 43V33H5ZM14 17H34M14 24H26",
    "clock": _ring(24, 24, 19) + "M24 12V24L32 30",
    "family": _ring(13, 12, 5.5) + _ring(35, 12, 5.5) + _ring(24, 27, 4)
    + "M4 42V31C4 20 17 19 20 23M44 42V31C44 20 31 19 28 23"
    "M15 43C15 32 33 32 33 43",
}  # fmt: skip
"""By the name that a question keeps."""

PICTURE_NAMES = {
    "tablet": _l("Tablet"),
    "touch": _l("Finger on a screen"),
    "mouse": _l("Mouse"),
    "keyboard": _l("Keyboard"),
    "wifi": _l("Connection"),
    "search": _l("Magnifying glass"),
    "mail": _l("Letter"),
    "form": _l("Form"),
    "folder": _l("Folder"),
    "lock": _l("Padlock"),
    "camera": _l("Camera"),
    "call": _l("Video call"),
    "music": _l("Music"),
    "blocks": _l("Blocks of a program"),
    "play": _l("Start"),
    "loop": _l("Repetition"),
    "cat": _l("Cat"),
    "bug": _l("Beetle"),
    "talk": _l("Speech bubble"),
    "clock": _l("Clock"),
    "family": _l("Family"),
}

ANSWERS = {
    1: _ring(17, 11, 5.5) + "M17 17V32M17 32L10 44M17 32L24 44M17 22L9 30M17 22L25 30"
    "M32 13C32 6 42 6 42 13C42 17 37 17 37 22M37 28V29",
    2: _ring(13, 11, 5.5) + _ring(35, 11, 5.5) + "M13 17V32M13 32L7 44M13 32L19 44M35 17V32M35 32L29 44M35 32L41 44"
    "M13 21L24 29L35 21M13 21L4 29M35 21L44 29",
    3: _ring(17, 11, 5.5) + "M17 17V32M17 32L10 44M17 32L24 44M17 22L8 16M17 22L26 16"
    + _ring(38, 25, 3.5) + "M38 29V37M38 37L34 44M38 37L42 44M38 32L32 29M38 32L43 35",
    4: _ring(24, 14, 5.5) + "M24 20V33M24 33L16 44M24 33L32 44M24 24L12 12M24 24L36 12",
}  # fmt: skip
"""Drawings of the four answers: somebody puzzled; hand in hand; helped from afar; alone, arms raised."""
