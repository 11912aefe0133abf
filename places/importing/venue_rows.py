"""One row of a venue file → the columns of `Venue`, with what was put right on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from places.clean.codes import clean_postcode
from places.clean.contact import clean_websites
from places.clean.text import one_line, paragraphs, shortened, slug
from places.hours.read import read_hours
from places.importing.location import (
    Facts,
    commune_name,
    read_emails,
    read_insee,
    read_phone,
    read_point,
    read_siret,
)
from places.importing.report import Remark, RowRefusedError, Trouble
from places.standard import matching
from places.standard.labels import LISTS

SUMMARY_LENGTH = 280
Reader = Callable[[Any, list[Remark]], Any]


def read_venue(raw: dict[str, Any], source: str) -> tuple[Facts, list[Remark]]:
    """Columns of a venue and the remarks on them.

    Args:
        raw: values by column of `Venue`, as the profile of the file found them.
        source: who published the file, for rows that do not say so themselves.

    Raises:
        RowRefusedError: when the row lacks what a place must have.
    """
    if not any(one_line(value) for value in raw.values()):
        raise RowRefusedError(Trouble.NOT_A_RECORD)
    remarks: list[Remark] = []
    facts = _identity(raw, source, remarks)
    facts |= read_point(raw.get("latitude"), raw.get("longitude"), remarks)
    facts |= _contact(raw, facts["postcode"], remarks)
    facts |= _presentation(raw, remarks)
    facts |= _lists(raw, remarks)
    return facts, remarks


def _identity(raw: dict[str, Any], source: str, remarks: list[Remark]) -> Facts:
    name = one_line(raw.get("name"))
    if not name:
        raise RowRefusedError(Trouble.NO_NAME)
    commune = commune_name(raw.get("commune"))
    if not commune:
        raise RowRefusedError(Trouble.NO_COMMUNE)
    postcode = clean_postcode(raw.get("postcode"))
    if postcode is None:
        raise RowRefusedError(Trouble.BAD_POSTCODE, raw.get("postcode"), "postcode")
    address = one_line(raw.get("address"))
    source = one_line(raw.get("source")) or source
    external_id = one_line(raw.get("external_id")).removeprefix(f"{source}:")
    if not external_id:
        external_id = slug(name, address, commune)
        remarks.append(Remark(Trouble.ID_MADE_UP, external_id))
    return {
        "source": source,
        "external_id": external_id,
        "name": name,
        "commune": commune,
        "postcode": postcode,
        "insee_code": read_insee(raw.get("insee_code"), remarks),
        "address": address,
        "address_extra": one_line(raw.get("address_extra")),
        "siret": read_siret(raw.get("siret"), remarks),
    }


def _contact(raw: dict[str, Any], postcode: str, remarks: list[Remark]) -> Facts:
    return {
        "phone": read_phone(raw.get("phone"), postcode, remarks),
        "emails": read_emails(raw.get("emails"), remarks),
        "websites": _websites(raw.get("websites"), remarks),
        "accessibility_url": _first_website(raw.get("accessibility_url"), remarks),
        "booking_url": _first_website(raw.get("booking_url"), remarks),
    }


def _websites(value: Any, remarks: list[Remark]) -> list[str]:
    found, lost = clean_websites(value)
    remarks.extend(Remark(Trouble.WEBSITE_UNREAD, text) for text in lost)
    return found


def _first_website(value: Any, remarks: list[Remark]) -> str:
    return next(iter(_websites(value, remarks)), "")


def _presentation(raw: dict[str, Any], remarks: list[Remark]) -> Facts:
    hours, read = read_hours(raw.get("opening_hours"))
    remarks.extend(Remark(Trouble.HOURS_UNREAD, part, "opening_hours") for part in read.unread)
    summary = one_line(raw.get("summary"))
    details = paragraphs(raw.get("details"))
    if len(summary) > SUMMARY_LENGTH:
        remarks.append(Remark(Trouble.SHORTENED, summary, "summary"))
        details = details or summary
    return {
        "opening_hours": hours,
        "summary": shortened(summary, SUMMARY_LENGTH),
        "details": details,
        "access_notes": paragraphs(raw.get("access_notes")),
        "parent_structure": one_line(raw.get("parent_structure")),
        "updated_on": read_day(raw.get("updated_on"), remarks),
    }


def read_day(value: Any, remarks: list[Remark]) -> date | None:
    """A day written as 2024-04-02, with or without a time, or as 02/04/2024."""
    text = one_line(value)
    for length, shape in ((10, "%Y-%m-%d"), (10, "%d/%m/%Y")):
        try:
            return datetime.strptime(text[:length], shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if text:
        remarks.append(Remark(Trouble.DATE_UNREAD, text, "updated_on"))
    return None


def _lists(raw: dict[str, Any], remarks: list[Remark]) -> Facts:
    facts: Facts = {column: [] for column in LISTS}
    for column in LISTS:
        found, lost = matching.labels(column, raw.get(column))
        remarks.extend(Remark(Trouble.LABEL_UNKNOWN, item, column) for item in lost)
        for target, labels in found.items():
            facts[target].extend(label for label in labels if label not in facts[target])
    facts["kinds"] = matching.kinds(raw.get("kinds"))
    facts["other_labels"] = matching.plain_list(raw.get("other_labels"))
    return facts
