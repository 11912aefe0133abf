"""Verbs of the ledger of time. Other features enter here; each verb runs in the caller's transaction."""

from agenda.refusals import AlreadyHeld as AlreadyHeld
from agenda.refusals import NoSuchRecord as NoSuchRecord
from agenda.refusals import ResourceInactive as ResourceInactive
from agenda.refusals import WouldStrand as WouldStrand
from agenda.service.absences import add_absence as add_absence
from agenda.service.absences import change_absence as change_absence
from agenda.service.absences import delete_absence as delete_absence
from agenda.service.calendar import add_calendar_day as add_calendar_day
from agenda.service.calendar import change_calendar_day as change_calendar_day
from agenda.service.calendar import remove_calendar_day as remove_calendar_day
from agenda.service.calendar import restore_calendar_day as restore_calendar_day
from agenda.service.calendar import seed_calendar as seed_calendar
from agenda.service.feeds import add_feed as add_feed
from agenda.service.feeds import feed_failed as feed_failed
from agenda.service.feeds import import_busy_time as import_busy_time
from agenda.service.feeds import remove_feed as remove_feed
from agenda.service.ledger import hold as hold
from agenda.service.ledger import lock as lock
from agenda.service.ledger import move as move
from agenda.service.ledger import release as release
from agenda.service.openings import add_opening as add_opening
from agenda.service.openings import change_opening as change_opening
from agenda.service.openings import delete_opening as delete_opening
from agenda.service.openings import end_opening as end_opening
from agenda.service.resources import add_resource as add_resource
from agenda.service.resources import change_resource as change_resource
