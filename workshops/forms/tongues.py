"""What a field says to the browser of the language that is written into it."""

from __future__ import annotations

ENGLISH = {"lang": "en", "dir": "ltr"}
ARABIC = {"lang": "ar", "dir": "rtl"}
