"""Pages of workshops for everybody: the agenda, a programme, what calendars and other sites read, the poster."""

from __future__ import annotations

from foundation import clock, pages
from foundation.i18n import _l
from workshops.queries import public
from workshops.views.public import agenda, feeds, poster, programme
from workshops.views.public.blueprint import bp

__all__ = ["agenda", "bp", "feeds", "poster", "programme"]

pages.add_to_menu("open_workshops.agenda", _l("Workshops"), 15, residents=True, lights_on=("open_workshops",))
pages.add_door(
    "open_workshops.agenda",
    _l("Come to a workshop"),
    _l("Coding clubs, courses and open days, for all ages."),
    order=15,
    picture="workshops/public/door.svg",
    shown=lambda: public.is_anything_on(clock.now()),
)
