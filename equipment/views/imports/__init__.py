"""The register of equipment as files: out, and in again."""

from __future__ import annotations

from equipment.views.imports import exporting, importing  # noqa: F401  they hang routes on bp
from equipment.views.imports.blueprint import bp

__all__ = ["bp"]
