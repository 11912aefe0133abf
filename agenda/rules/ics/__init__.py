"""Busy time out of a calendar file that somebody else wrote: nothing in it may stop the rest."""

from agenda.rules.ics.reading import MOST_PERIODS as MOST_PERIODS
from agenda.rules.ics.reading import Ignored as Ignored
from agenda.rules.ics.reading import Imported as Imported
from agenda.rules.ics.reading import Reason as Reason
from agenda.rules.ics.reading import busy_times as busy_times
