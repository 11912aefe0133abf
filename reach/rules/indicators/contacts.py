"""People, contacts and hours, and how they compare with inhabitants, in words."""

from __future__ import annotations

from foundation.i18n import _l
from reach.rules.indicators.indicator import Indicator, Source, Unit

CONTACTS = (
    Indicator(
        key="people",
        label=_l("People reached"),
        definition=_l("Residents who took part in at least one activity, each counted once in the period."),
        counts=_l(
            "Everyone named in an activity record, whatever the mediator, place or activity, including "
            "people whose file has since been anonymised. Two files merged into one count as one person."
        ),
        does_not_count=_l(
            "People nobody named: a head-count is never turned into people. Appointments without an activity record."
        ),
        records=Source.RECORDS,
        unit=Unit.PEOPLE,
    ),
    Indicator(
        key="first_timers",
        label=_l("New people"),
        definition=_l(
            "People reached whose first ever contact falls within the period; in monthly lines, within that month."
        ),
        counts=_l(
            "The first contact with any structure and in any activity, as the records stand today, after "
            "corrections and merges."
        ),
        does_not_count=_l("Someone new to one structure whom another structure had already seen."),
        records=Source.RECORDS,
        unit=Unit.PEOPLE,
    ),
    Indicator(
        key="returning",
        label=_l("People who came back"),
        definition=_l("People reached who had a contact before the period; in monthly lines, before that month."),
        counts=_l(
            "All people reached who are not new: together with the new people, they add up to the people reached."
        ),
        does_not_count=_l("Someone who came several times, but for the first time within the period."),
        records=Source.RECORDS,
        unit=Unit.PEOPLE,
    ),
    Indicator(
        key="contacts",
        label=_l("Contacts"),
        definition=_l("Number of attendances: one for each person, named or only counted, in each activity record."),
        counts=_l(
            "People known by name, and members of groups who were only counted. Lines of contacts add up to the total."
        ),
        does_not_count=_l(
            "People who came along with someone and were not counted; missed appointments and cancelled sessions."
        ),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="anonymous",
        label=_l("Of these, people counted without a name"),
        definition=_l("Members of groups who were counted but not named."),
        counts=_l("Each of them once in each activity record, by gender where that was recorded."),
        does_not_count=_l("Their ages and neighbourhoods, which nobody knows: they are under “not known”."),
        records=Source.RECORDS,
        unit=Unit.HEADS,
    ),
    Indicator(
        key="hours",
        label=_l("Hours"),
        definition=_l("Duration of the activities."),
        counts=_l("The duration of each activity record once, however many people took part."),
        does_not_count=_l(
            "Travel and preparation. By age, gender or neighbourhood of residence, a group counts in every "
            "line that has one of its members: these lines may add up to more than the total."
        ),
        records=Source.RECORDS,
        unit=Unit.HOURS,
    ),
    Indicator(
        key="rate",
        label=_l("Reach rate"),
        definition=_l("People reached per 1,000 inhabitants."),
        counts=_l(
            "People by the neighbourhood they lived in on the day, compared with its inhabitants; the year "
            "of that population is shown. For the territory: the mean of the neighbourhoods, weighted by "
            "inhabitants."
        ),
        does_not_count=_l(
            "People whose neighbourhood is not known or who live outside the territory. A neighbourhood "
            "whose population is not known has no rate."
        ),
        records=Source.RECORDS_POPULATION,
        unit=Unit.RATE,
    ),
    Indicator(
        key="not_located",
        label=_l("Not located"),
        definition=_l("Share of the people reached whose neighbourhood is not known."),
        counts=_l("People whose neighbourhood was not recorded. This share is shown beside each map."),
        does_not_count=_l("People known to live outside the territory: they have a line of their own."),
        records=Source.RECORDS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="unevenness",
        label=_l("Gap between neighbourhoods"),
        definition=_l(
            "Share of the contacts that would have to move to other neighbourhoods for each to have the "
            "same share of contacts as of inhabitants (index of dissimilarity: from 0 per cent, even, to "
            "100 per cent, uneven)."
        ),
        counts=_l(
            "Half the sum of the gaps between each neighbourhood's share of contacts and its share of inhabitants."
        ),
        does_not_count=_l(
            "Contacts whose neighbourhood is not known, and neighbourhoods whose population is not known."
        ),
        records=Source.RECORDS_POPULATION,
        unit=Unit.SHARE,
    ),
)
