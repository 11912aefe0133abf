"""The sentences of messages about loans, in the language at hand: what happened, and what to do next."""

from __future__ import annotations

from equipment.models import Handing, Reservation, ReservationState
from equipment.rules.kits import Lendable
from equipment.rules.news import OFFERING, News
from equipment.rules.notices import NoticeKind
from foundation.i18n import _, day, daytime, local, short_day, wall_clock
from foundation.outbox.wording import tight_clock
from foundation.period import Period


def span(period: Period) -> str:
    """`mardi 24 novembre, 9 h 00 – 12 h 00`; over several days, from when until when."""
    if local(period.start).date() == local(period.end).date():
        hours = f"{wall_clock(period.start)} – {wall_clock(period.end)}"
        return _("%(day)s, %(hours)s", day=day(period.start), hours=hours)
    return _("from %(start)s until %(end)s", start=daytime(period.start), end=daytime(period.end))


def subject(reservation: Reservation, news: News, kit: str) -> str:
    """What it is about; with the helpline behind it, a whole text message. `kit` is its name, cut if need be."""
    back = news.kind in {NoticeKind.RETURN_SOON, NoticeKind.LATE, NoticeKind.LATE_HERE}
    instant = reservation.ends_at if back else reservation.starts_at
    when = _("%(day)s, %(time)s", day=short_day(instant), time=tight_clock(instant))
    sentences = {
        NoticeKind.RESERVED: _("Kit reserved: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.ASKED: _("Reservation to be accepted: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.TO_ANSWER: _("Please answer a reservation: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.APPROVED: _("Reservation accepted: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.REFUSED: _("Reservation declined: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.ANSWERED: _("Answer to your reservations: %(kit)s", kit=kit),
        NoticeKind.MOVED: _("Reservation changed: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.CANCELLED: _("Reservation cancelled: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.RETURN_SOON: _("Reminder, kit due back: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.LATE: _("Kit late, due back on %(when)s: %(kit)s", kit=kit, when=when),
        NoticeKind.LATE_HERE: _("Kit not back, due on %(when)s: %(kit)s", kit=kit, when=when),
        NoticeKind.NEXT_IS_LATE: _("Your kit may be late: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.NOT_READY: _("Your kit may not be ready: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.IS_BACK: _("Your kit is back in time: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.SHORT: _("Your kit can not go out: %(kit)s, %(when)s", kit=kit, when=when)
        if news.blocked
        else _("Fewer devices work in your kit: %(kit)s, %(when)s", kit=kit, when=when),
        NoticeKind.WHOLE: _("Your kit is complete again: %(kit)s, %(when)s", kit=kit, when=when),
    }
    return sentences[news.kind]


def lead(reservation: Reservation, news: News) -> str:
    """What happened."""
    if news.kind is NoticeKind.SHORT and news.kit is not None:
        return _short(reservation, news.kit)
    if news.kind is NoticeKind.CANCELLED:
        return _cancelled(news)
    if news.kind is NoticeKind.MOVED:
        return _moved(reservation, news)
    sentences = {
        NoticeKind.RESERVED: _("the kit is reserved for you."),
        NoticeKind.ASKED: _(
            "we have your reservation. It has to be accepted; the kit is kept for you until then, and we write again."
        ),
        NoticeKind.TO_ANSWER: _("this reservation waits for your yes or no; the kit is kept for it until then."),
        NoticeKind.APPROVED: _("your reservation is accepted."),
        NoticeKind.REFUSED: _("your reservation can not be met: %(reason)s", reason=news.reason),
        NoticeKind.ANSWERED: _("this is the answer to your reservations, date by date."),
        NoticeKind.RETURN_SOON: _("the kit that you have is due back soon. Other people are waiting for it."),
        NoticeKind.LATE: _("the kit that you have was due back and is not here yet. Other people are waiting for it."),
        NoticeKind.LATE_HERE: _(
            "this kit was due back and is not here. Whoever has it has been written to, if possible."
        ),
        NoticeKind.NEXT_IS_LATE: _("the kit that you reserved has not come back from the loan before yours."),
        NoticeKind.NOT_READY: _("the kit that you reserved came back late: it may not be charged in time."),
        NoticeKind.IS_BACK: _("the kit that we told you was late has come back: it will be ready for you."),
        NoticeKind.WHOLE: _("the kit that we warned you about is ready again: it serves all that you asked for."),
    }
    return sentences[news.kind]


def ask(reservation: Reservation, news: News) -> str:
    """What to do next, before the address of the page."""
    fetched = reservation.homeward is Handing.DELIVERED
    if news.kind in OFFERING:
        return _offer(reservation, news)
    look = _("Look at it, change it or cancel it here:")
    sentences = {
        NoticeKind.TO_ANSWER: _("Say yes or no here:"),
        NoticeKind.REFUSED: _("Choose another kit or another time here:"),
        NoticeKind.RETURN_SOON: _("Check that nothing is missing, and have it ready: we come and fetch it.")
        if fetched
        else _("Check that nothing is missing, and bring it back in time. The list of what is in it:"),
        NoticeKind.LATE: _("Have it ready and call us, so that we can fetch it.")
        if fetched
        else _("Bring it back today, or call us if you can not."),
        NoticeKind.LATE_HERE: _("Call them if they do not answer. The loan, and who comes next:"),
        NoticeKind.CANCELLED: _("Reserve another kit here:"),
    }
    return sentences.get(news.kind, look)


def _offer(reservation: Reservation, news: News) -> str:
    if reservation.purpose_of:
        return _("Change what the session takes along, or move it. The kit:")
    if news.offered:
        return _("Take another kit in one press, or keep this one:")
    if reservation.units_wanted:  # those with a few devices fewer are on the page
        return _(
            "No other kit with so many devices is free then. "
            "Keep this one, or look at smaller kits and other times here:"
        )
    return _("No other kit is free then. Keep this one, choose another time or cancel it here:")


def _short(reservation: Reservation, kit: Lendable) -> str:
    if not kit.goes_out:
        return _(
            "the kit that you reserved stays here until it is repaired: %(working)s of its %(units)s devices work.",
            working=kit.working, units=kit.units,
        )  # fmt: skip
    return _(
        "%(working)s of the %(units)s devices of the kit that you reserved work; you asked for %(wanted)s.",
        working=kit.working, units=kit.units, wanted=reservation.units_wanted,
    )  # fmt: skip


def _cancelled(news: News) -> str:
    if news.by_borrower:
        return _("you cancelled this reservation. The kit is free for others.")
    if news.by_colleague:
        return _("a colleague of yours cancelled this reservation. The kit is free for others.")
    if news.reason:
        return _("we have to cancel this reservation: %(reason)s", reason=news.reason)
    return _("we have to cancel this reservation. We are sorry.")


def _moved(reservation: Reservation, news: News) -> str:
    changed = _("your reservation has changed; this is how it stands now.")
    if reservation.state is ReservationState.REQUESTED:
        changed = _("your reservation has changed and has to be accepted again; this is how it stands now.")
    return f"{changed} {news.reason}".strip()
