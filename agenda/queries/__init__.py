"""Reads of the ledger of time: timetables, slots, holds, calendar. Other features enter here."""

from agenda.queries.calendar import calendar_day as calendar_day
from agenda.queries.calendar import calendar_days as calendar_days
from agenda.queries.calendar import public_holidays as public_holidays
from agenda.queries.calendar import school_calendar_reaches as school_calendar_reaches
from agenda.queries.calendar import school_holiday as school_holiday
from agenda.queries.feeds import feeds_of as feeds_of
from agenda.queries.holds import holds_between as holds_between
from agenda.queries.holds import holds_of as holds_of
from agenda.queries.slots import Slot as Slot
from agenda.queries.slots import free_slots as free_slots
from agenda.queries.stranded import booked_by_day as booked_by_day
from agenda.queries.timetable import timetables as timetables
from agenda.queries.timetable import what_stands_in_the_way as what_stands_in_the_way
from agenda.queries.timetable import why_not_free as why_not_free
