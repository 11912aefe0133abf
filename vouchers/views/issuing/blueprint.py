"""What the pages of vouchers share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("issuing", __name__, url_prefix="/equipe")
ONE = "/cheques/<int(max=2147483647):voucher_id>"
PERSON = "/habitants/<int(max=2147483647):person_id>/cheques"
