"""Answers sent in fewer bytes, where that gives nothing away."""

from __future__ import annotations

import gzip

from flask import Response, request

WORTH_IT = 1000
"""Bytes; less than that travels in one packet anyway."""


def compressed(response: Response) -> Response:
    """`response` compressed when the browser can read that.

    Only for answers that hold no secret: their length would tell it to whoever can make the browser ask again and
    again (BREACH). So never for a page with a form that posts, or of somebody who is signed in.
    """
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0 and len(response.get_data()) >= WORTH_IT:
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
