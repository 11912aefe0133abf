"""The blueprint that the pages of this folder hang on, and where its files are."""

from __future__ import annotations

from flask import Blueprint

from foundation.links import absolute

bp = Blueprint("open_data", __name__, url_prefix="/donnees-ouvertes")


def address(version: str, name: str) -> str:
    """The whole address of a file."""
    return absolute("open_data.file", version=version, name=name)
