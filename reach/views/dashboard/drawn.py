"""What all pages of figures show beside their own: period, scope and filters, and where one goes from there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from werkzeug.wrappers import Response

from foundation import clock
from foundation.i18n import _
from foundation.web import draw
from reach.queries.naming import scope_said
from reach.rules import periods
from reach.rules.amounts import written
from reach.rules.dimensions import LABELS
from reach.rules.filters import Filters
from reach.rules.indicators import INDICATORS, SOURCES, Unit
from reach.rules.lines import NAMES, open_to
from reach.rules.periods import Span
from reach.rules.stepping import after, around, is_countable
from reach.views.dashboard.asked import Asked
from reach.views.dashboard.pictures import SMALL


def page(template: str, wish: Asked, status: int = 200, **more: Any) -> Response:
    span = wish.filters.span if wish.filters else None
    return draw(
        template, status, wish=wish, form=wish.form, scope_said=scope_said(wish.scope), span=span, said=periods.said,
        steps=_steps(wish.filters) if wish.filters else None, so_far=span is not None and span.last >= clock.today(),
        not_begun=span is not None and span.first > clock.today(), indicators=INDICATORS, sources=SOURCES,
        written=written, Unit=Unit, small=SMALL,
        dimensions=[(NAMES[one], LABELS[one]) for one in open_to(wish.scope)], **more,
    )  # fmt: skip


def _steps(filters: Filters) -> dict[str, Any]:
    """Where the links to other periods lead: the one before, the one after, and other lengths around these days."""

    def to(span: Span) -> dict[str, str] | None:
        return replace(filters, span=span).to_address() if is_countable(span) else None

    words = (_("Month"), _("Quarter"), _("Year"), _("School year"))
    lengths = zip(words, around(filters.span), strict=True)
    return {
        "before": to(filters.span.before), "after": to(after(filters.span)),
        "lengths": [(said, to(span), span == filters.span) for said, span in lengths],
        "all": {"periode": filters.to_address()["periode"]},
    }  # fmt: skip
