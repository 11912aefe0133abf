"""The page of open data: which versions there are, what is in them, what may be done with them; and the dictionary."""

from __future__ import annotations

from flask import Response

from foundation.i18n import in_language
from foundation.pages import town_name
from foundation.security import public
from foundation.web import draw
from reach.queries import open_data as queries
from reach.rules import periods
from reach.rules.frozen import Content
from reach.rules.open_data.columns import COLUMNS
from reach.rules.open_data.describing import LATEST, LICENCE, LICENCE_NAME, Version, source
from reach.rules.open_data.rows import FIGURES
from reach.rules.suppression.picture import SMALL
from reach.views.open_data.blueprint import address, bp
from reach.views.open_data.dictionary import dictionary

PART = ":"
"""In the key of an indicator that is one part of what others count, as `theme:email`."""
SHOWN = 12
"""Versions with links; the catalogue names all."""


@bp.get("")
@public
def index() -> Response:
    """Without any report published yet, it says so."""
    versions = queries.versions()
    return draw(
        "reach/open_data/index.html", versions=versions[:SHOWN], town=town_name(), said=periods.said,
        source=_named(*queries.found(versions[0].name)) if versions else "", columns=COLUMNS[FIGURES],
        stays=address(LATEST, f"{FIGURES}.csv"), licence=LICENCE, licence_name=LICENCE_NAME, latest=LATEST,
        small=SMALL,
    )  # fmt: skip


@bp.get("/dictionnaire")
@public
def words() -> Response:
    """Without the parts, each theme, answer or kind of referral, which the file has. Raises: NoSuchVersion"""
    version, content = queries.found(LATEST)
    with in_language(version.language):
        lines = [line for line in dictionary(content) if PART not in line["indicateur"]]
    return draw("reach/open_data/words.html", version=version, lines=lines)


def _named(version: Version, content: Content) -> str:
    """As the version names itself, whoever reads."""
    with in_language(version.language):
        return source(version, content)
