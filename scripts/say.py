"""What the commands tell the person in front of them: one line a step, one clear sentence when they stop."""

from __future__ import annotations

import sys
from typing import NoReturn


def say(line: str) -> None:
    """Tell what happens."""
    print(line, flush=True)  # noqa: T201  The terminal is the page of these commands.


def give_up(sentence: str) -> NoReturn:
    """Say what is wrong and what to do, and stop with exit code 1."""
    sys.exit(sentence)
