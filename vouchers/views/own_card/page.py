"""The number of the card or the code of a voucher, and the year of birth; then what is left, where and until when."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.service import TooManyTries
from foundation import clock, pages
from foundation.codes import read_code
from foundation.errors import Refused
from foundation.i18n import phone
from foundation.links import is_secret_of, secret_of
from foundation.security import public
from foundation.web import draw, refuse, see_other
from people import proving
from vouchers.forms.own_card import OwnCardForm
from vouchers.models import Card
from vouchers.queries import wallet
from vouchers.queries.offers import is_anything_on_show
from vouchers.rules.codes import CARD_LENGTH
from vouchers.rules.labels import DEVICES
from vouchers.rules.own_card import STOPS, NotOpened, SlowedDown, read_either

bp = Blueprint("own_card", __name__, url_prefix="/ma-carte")


@bp.get("")
@public
def find() -> Response:
    """`?numero=` is what the square of a card leads with."""
    number = read_code(request.args.get("numero", "")[:40], CARD_LENGTH)
    return _asking(OwnCardForm(formdata=None, data={"number": number}))


@bp.post("")
@public
def open_card() -> AnyResponse:
    """Guessing is slowed down for each card, and gently for each network address. A slip of the pen is no guess."""
    form = OwnCardForm()
    if not form.validate():
        return _asking(form, 422)
    try:
        card = proving.opened(
            wallet.opened_by, read_either(form.number.data or ""), form.year.data, purpose="card",
            address=request.remote_addr or "", unknown=NotOpened, year=True,
        )  # fmt: skip
    except TooManyTries as refused:
        slowed = SlowedDown(str(refused), phone(pages.town_helpline()))
        refuse(form, slowed)
        return _asking(form, slowed.status)
    except Refused as refused:
        refuse(form, refused)
        return _asking(form, refused.status)
    return see_other("own_card.show", number=card.number, secret=secret_of(_subject(card)))


@bp.get("/<number>/<secret>")
@public
def show(number: str, secret: str) -> AnyResponse:
    """For whoever has just proved who they are; the address is good until the card is replaced."""
    read = read_code(number, CARD_LENGTH)
    card = wallet.opened_by(read) if read else None
    if card is None or not is_secret_of(_subject(card), secret):
        form = OwnCardForm(formdata=None)
        refuse(form, NotOpened())
        return _asking(form, 404)
    today = clock.today()
    lines, on_offer = wallet.lines(card, today), is_anything_on_show(today)
    return draw(
        "vouchers/own/show.html", card=card, lines=lines, today=today, on_offer=on_offer, devices=DEVICES, stops=STOPS
    )


def _asking(form: OwnCardForm, status: int = 200) -> Response:
    return draw("vouchers/own/find.html", status, form=form, on_offer=is_anything_on_show(clock.today()))


def _subject(card: Card) -> str:
    return f"card-link:{card.id}:{card.number}"
