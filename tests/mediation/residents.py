"""A resident at the pages of the booking, with the strict test client."""

from __future__ import annotations

import html
import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from foundation.db import db
from mediation.models import Appointment
from mediation.service.links import path_to
from tests.mediation.booking_wishes import TEN

NAME = {"given_name": "Nadia", "family_name": "Benali"}
ANSWERS = {**NAME, "phone": "06 12 34 56 78", "companions": "0"}


def links(response: TestResponse, to: str) -> list[str]:
    """Addresses of the links of a page that begin with `to`, in page order."""
    return [html.unescape(found) for found in re.findall(rf'href="({re.escape(to)}[^"]*)"', response.text)]


def action(response: TestResponse, to: str = "/") -> str:
    """Address of the first form whose action begins with `to`."""
    found = re.search(rf'<form[^>]*action="({re.escape(to)}[^"]*)"', response.text)
    assert found, response.text
    return html.unescape(found.group(1))


def place(cast: Any, start: str = "20260312T0900Z", **more: Any) -> dict[str, Any]:
    """The parameters of paperwork at the library, Thursday at ten."""
    return {"motif": cast.ids["paperwork"], "ou": cast.ids["library"], "debut": start} | more


def to_check(client: FlaskClient, cast: Any, answers: dict[str, str] | None = None, **more: Any) -> TestResponse:
    """Everything answered, up to the page that shows it once more."""
    client.get("/rendez-vous/qui", query_string=place(cast, **more))
    typed = client.post("/rendez-vous/qui", query_string=place(cast, **more), data=answers or ANSWERS)
    assert typed.status_code == 303, typed.text
    return client.get(typed.headers["Location"])


def book(client: FlaskClient, cast: Any, answers: dict[str, str] | None = None, **more: Any) -> Appointment:
    """The whole way; the appointment as the database holds it."""
    done = client.post(action(to_check(client, cast, answers, **more), "/rendez-vous/confirmer"))
    assert done.status_code == 303, done.text
    code = done.headers["Location"].split("/")[2]
    db.session.rollback()
    return db.session.scalars(select(Appointment).where(Appointment.code == code)).one()


def own(appointment: Appointment, rest: str = "") -> str:
    """Address of a page of one's own appointment."""
    return path_to(appointment) + rest


__all__ = ["ANSWERS", "NAME", "TEN", "action", "book", "links", "own", "place", "to_check"]
