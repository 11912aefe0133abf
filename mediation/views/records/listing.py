"""Lists of records and their export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, request

from accounts.current import staff
from activity import queries
from activity.models import ActivityRecord, AgeBand, Aspect, Theme
from activity.queries import Filter
from activity.rules.ages import gender_unknown
from activity.rules.labels import ACTIVITY_KINDS, AGE_BANDS, ASPECTS, AUTONOMIES, CHANNELS, THEMES
from foundation.errors import Unknown
from foundation.fields import row_id
from foundation.i18n import _, _l, local
from foundation.labels import choices, labels
from foundation.security import Role, allow
from foundation.tables import XLSX_TYPE, csv_lines, xlsx_bytes
from foundation.web import draw
from mediation.queries.presences import mediators
from mediation.views.records.blueprint import READERS, bp
from people.models import Gender
from people.words import GENDERS

LAST_PAGE = 100_000
KINDS = ("csv", "xlsx")
YEARS = range(2000, 2100)


class NoSuchTable(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such file. Choose a spreadsheet or CSV."))


def _day(name: str) -> date | None:
    """A day of the address; what is none, or of no year in which anything was recorded, does not filter."""
    try:
        named = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return named if named.year in YEARS else None


def _theme() -> Theme | None:
    wanted = request.args.get("theme", "")
    return Theme(wanted) if wanted in {theme.value for theme in Theme} else None


def _filter() -> Filter:
    """One's own records; for a manager those of the structure, or of one of its mediators."""
    actor = staff()
    manages = actor.has(Role.MANAGER)
    wanted = request.args.get("mediateur", type=row_id) if manages else actor.id
    return Filter(
        mediator_id=wanted,
        structure_id=actor.structure_id if manages else None,
        first=_day("du"),
        last=_day("au"),
        theme=_theme(),
    )


@bp.get("/equipe/comptes-rendus")
@allow(*READERS)
def mine() -> Response:
    wanted, actor = _filter(), staff()
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    kept = {name: value for name in ("du", "au", "theme", "mediateur") if (value := request.args.get(name))}
    return draw(
        "records/list.html",
        shown=queries.page(wanted, number),
        wanted=wanted,
        kept=kept,
        mediators=mediators(actor.structure_id) if actor.has(Role.MANAGER) else [],
        writes=actor.has(Role.MEDIATOR),
        themes=choices(THEMES),
        theme_words=THEMES,
        Aspect=Aspect,
        labels=lambda record: labels(THEMES, record.values(Aspect.THEME)),
    )


@bp.get("/equipe/comptes-rendus/export.<kind>")
@allow(*READERS)
def export(kind: str) -> Response:
    """The filtered records, a line each, without names nor notes."""
    if kind not in KINDS:
        raise NoSuchTable
    header, rows = _header(), (_row(record) for record in queries.every(_filter()))
    if kind == "csv":
        body: Any = "".join(csv_lines(header, rows))
        response = Response(body, mimetype="text/csv")
    else:
        response = Response(xlsx_bytes({_("Records"): (header, rows)}), mimetype=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="comptes-rendus.{kind}"'
    return response


def _header() -> list[str]:
    return [
        _("Day"), _("Time"), _("Length in minutes"), _("Kind"), _("Mediator"), _("Service"), _("How"), _("Place"),
        _("Themes"), _("Procedures"), _("Device used"), _("Autonomy"), _("Referred to"), _("People"),
        _("Of whom not named"), *(str(words) for words in GENDERS.values()),
        *(str(band) for band in AGE_BANDS.values()), _("First time"),
    ]  # fmt: skip


def _row(record: ActivityRecord) -> list[Any]:
    """Genders count those not named too, as far as they were told; ages only those named."""
    at, named = local(record.started_at), record.participants

    def said(*aspects: Aspect) -> list[str]:
        return [" | ".join(labels(ASPECTS[aspect], record.values(aspect))) for aspect in aspects]

    return [
        at.date().isoformat(), f"{at:%H:%M}", record.duration_minutes, str(ACTIVITY_KINDS[record.kind]),
        record.mediator.name, record.label, str(CHANNELS[record.channel]), record.venue.name if record.venue else "",
        *said(Aspect.THEME, Aspect.PROCEDURE, Aspect.EQUIPMENT),
        str(AUTONOMIES[record.autonomy]) if record.autonomy else "", *said(Aspect.REFERRAL),
        len(named) + record.anonymous_count, record.anonymous_count, *_genders(record),
        *(sum(1 for one in named if one.age_band is band) for band in AgeBand),
        sum(1 for one in named if one.first_time),
    ]  # fmt: skip


def _genders(record: ActivityRecord) -> Iterator[int]:
    told = {
        Gender.FEMININE: record.anonymous_feminine,
        Gender.MASCULINE: record.anonymous_masculine,
        Gender.NOT_COMMUNICATED: gender_unknown(
            record.anonymous_count, record.anonymous_feminine, record.anonymous_masculine
        ),
    }
    for gender in GENDERS:
        yield told[gender] + sum(1 for one in record.participants if one.gender is gender)
