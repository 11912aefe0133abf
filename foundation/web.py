"""Pages: the form base, refusals drawn in place, redirects after a write, and pages for what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Field, FieldList, FormField

from foundation.db import db
from foundation.errors import Refused
from foundation.formwords import HOUSE_WORDS, HouseWords
from foundation.i18n import _, _l
from foundation.storable import is_storable, storable

log = structlog.get_logger()
MAX_REQUEST_BYTES = 12 * 1024 * 1024
MAX_FORM_BYTES = 1024 * 1024
"""For typed text; files may fill the rest of a request."""
_REQUOTED = re.compile("%[89A-F][0-9A-F]")
"""What werkzeug leaves of bytes that are not UTF-8: it writes them as an address would."""


class BaseForm(FlaskForm):
    """Shape of what a page sends; the rules of the business are not here.

    WTForms speaks in the words of the house; a refusal of the whole request is kept in `refusals`.
    """

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> HouseWords:
            return HOUSE_WORDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[str] = []

    def faults(self) -> list[tuple[Field | None, str]]:
        """(field, sentence) of all that is wrong, in page order; the field is None for the whole request."""
        found: list[tuple[Field | None, str]] = [(None, sentence) for sentence in self.refusals]
        for field in self:
            found.extend(_faults_of(field))
        return found


def stripped(value: str | None) -> str | None:
    """Filter of a text field: without the spaces that a telephone's keyboard adds around an address."""
    return value.strip() if value else value


def _faults_of(field: Field) -> Iterator[tuple[Field, str]]:
    """What is wrong with a field, and within it each at the very field: whoever follows the link can mend it there."""
    if isinstance(field, FormField):
        inner = list(field.form)
    else:
        inner = list(field) if isinstance(field, FieldList) else []
        own: list[Any] = list(field.errors)
        yield from ((field, str(error)) for error in own if not isinstance(error, list | tuple | dict))
    for one in inner:
        yield from _faults_of(one)


def refuse(form: BaseForm, refused: Refused) -> None:
    """Write a refusal beside the field it belongs to, or above the form."""
    field = form._fields.get(refused.field) if refused.field else None
    if field is None:
        form.refusals.append(str(refused))
    else:
        field.errors = [*field.errors, str(refused)]


def draw(template: str, status: int = 200, **context: Any) -> Response:
    """Render a page with its status."""
    return make_response(render_template(template, **context), status)


def see_other(endpoint: str, **values: Any) -> AnyResponse:
    """After a write: 303, so that going back or reloading never writes twice."""
    return redirect(url_for(endpoint, **values), code=303)


def safe_next(default: str) -> str:
    """The local page that the request wants to go on to; `default` when it names another site, or nothing."""
    wanted = request.values.get("next", "")
    elsewhere = not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or any(c in wanted for c in "\r\n\t")
    return default if elsewhere else wanted


_SENTENCES = {
    400: (_l("This request can not be read"), _l("Go back, check what was typed and send it again.")),
    403: (_l("This page is not for you"), _l("Your role does not open it. Ask your administrator if you need it.")),
    404: (_l("This page does not exist"), _l("The address may be incomplete, or what it showed was removed.")),
    405: (_l("This page can not be used this way"), _l("Start again from the home page.")),
    409: (_l("Somebody was faster"), _l("What you chose has just been taken. Choose again.")),
    413: (_l("This is too big"), _l("Send at most 10 MB.")),
    422: (_l("This can not be done"), _l("Go back and correct what was typed.")),
    429: (_l("Too many tries"), _l("Wait a few minutes, then try again.")),
    500: (_l("Something broke on our side"), _l("Nothing was lost that you had saved. Try again in a moment.")),
    503: (_l("Too many people at once"), _l("Nothing was written. Try again in a moment.")),
}


def init_app(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _broken)
    app.before_request(_refuse_unreadable)


def problem(status: int, title: str | None = None, advice: str | None = None) -> Response:
    """A page that says what went wrong and what to do; never more than the person needs."""
    known = _SENTENCES.get(status, _SENTENCES[400 if status < 500 else 500])
    return draw("problem.html", status, title=title or known[0], advice=advice or known[1])


def _refuse_unreadable() -> Response | None:
    """Text that is not UTF-8, or a NUL in an address, is refused here: PostgreSQL would refuse it much later.

    What was typed into a form loses what can not be stored instead, and nobody has to type the rest again. Refused is
    a typed form too long for anybody to have typed it, too; werkzeug looks at the size of multipart forms only.
    """
    if request.endpoint == "static":
        return None
    if request.mimetype == "application/x-www-form-urlencoded" and (request.content_length or 0) > MAX_FORM_BYTES:
        return problem(413)
    sent = [request.path, *request.args.keys(), *request.args.values()]
    if request.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        _keep_storable()
        sent += [text for pair in request.form.items(multi=True) for text in pair]
    return problem(400) if any(map(_is_unreadable, sent)) else None


def _keep_storable() -> None:
    """For all forms of the house at once, and for what is read without one."""
    typed = list(request.form.items(multi=True))
    if not all(is_storable(value) for _name, value in typed):
        request.form = ImmutableMultiDict((name, storable(value)) for name, value in typed)


def _is_unreadable(text: str) -> bool:
    if "\x00" in text or "\ufffd" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return True
    if not _REQUOTED.search(text):
        return False
    try:
        unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        return True
    return False


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return problem(error.code)


def _forged(error: CSRFError) -> Response:
    return problem(400, _("This form is too old"), _("Go back, load the page again and send the form once more."))


def _refused(refused: Refused) -> Response:
    db.session.rollback()
    known = _SENTENCES.get(refused.status, _SENTENCES[422])
    return problem(refused.status, str(refused.title or known[0]), str(refused))


def _database_busy(error: OperationalError) -> Response:
    """The write lock was not to be had in time, or the database is away: nothing was written, and we say so."""
    db.session.rollback()
    log.warning("database unavailable", kind=type(error.orig).__name__)
    response = problem(503)
    response.headers["Retry-After"] = "5"
    return response


def _unstorable(error: DataError) -> Response:
    """A number or text that no column can hold; the forms catch what people type, this catches the rest."""
    db.session.rollback()
    return problem(400)


def _broken(error: Exception) -> Response:
    db.session.rollback()
    log.error("request failed", endpoint=request.endpoint, exc_info=error)
    return problem(500)
