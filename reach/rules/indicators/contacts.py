"""People, contacts and hours, and how they compare with inhabitants, in words."""

from __future__ import annotations

from foundation.i18n import _l
from reach.rules.indicators.indicator import Indicator, Source, Unit

CONTACTS = (
    Indicator(
        key="people",
        label=_l("People reached"),
        definition=_l("Residents who took part in something, each once in the period."),
        counts=_l(
            "Everybody named in an activity record, with whichever mediator, place or activity; also people who "
            "were forgotten since, and two files merged into one count as one person."
        ),
        does_not_count=_l(
            "People whom nobody named: a head-count is never made into people. Appointments without an activity record."
        ),
        records=Source.RECORDS,
        unit=Unit.PEOPLE,
    ),
    Indicator(
        key="first_timers",
        label=_l("New people"),
        definition=_l("People reached whose very first contact lies in the period; in a line by month, in that month."),
        counts=_l(
            "The first contact of all, with any structure and in any activity, as the records stand today: "
            "after corrections and merges."
        ),
        does_not_count=_l("Somebody who comes for the first time to one structure and was seen by another one before."),
        records=Source.RECORDS,
        unit=Unit.PEOPLE,
    ),
    Indicator(
        key="returning",
        label=_l("People who came back"),
        definition=_l("People reached who had a contact before the period; in a line by month, before that month."),
        counts=_l("All people reached who are not new: with the new ones they add up to the people reached."),
        does_not_count=_l("Somebody who came several times, but for the first time within the period."),
        records=Source.RECORDS,
        unit=Unit.PEOPLE,
    ),
    Indicator(
        key="contacts",
        label=_l("Contacts"),
        definition=_l("How often somebody took part: one for each person and for each head in each activity record."),
        counts=_l("People by name, and heads of groups that nobody named. Lines of contacts add up to the total."),
        does_not_count=_l(
            "Whoever came along with somebody without being counted; appointments that were not kept, and "
            "cancelled sessions."
        ),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="anonymous",
        label=_l("Of these, heads without a name"),
        definition=_l("Heads of groups that were counted and not named."),
        counts=_l("Each head once in each activity record, by gender where that was told."),
        does_not_count=_l("Ages and neighbourhoods of these heads: nobody knows them, they are under “not known”."),
        records=Source.RECORDS,
        unit=Unit.HEADS,
    ),
    Indicator(
        key="hours",
        label=_l("Hours"),
        definition=_l("Time that activities lasted."),
        counts=_l("The length of each activity record once, however many people took part."),
        does_not_count=_l(
            "Travel and preparation. In lines by age, gender or neighbourhood of residence, a group counts in "
            "each line in which somebody is: these lines may add up to more than the total."
        ),
        records=Source.RECORDS,
        unit=Unit.HOURS,
    ),
    Indicator(
        key="rate",
        label=_l("Reach rate"),
        definition=_l("People reached per 1,000 inhabitants."),
        counts=_l(
            "People by the neighbourhood they lived in that day, against its inhabitants, with the year these "
            "were counted. For the territory: the mean of the neighbourhoods, weighted by inhabitants."
        ),
        does_not_count=_l(
            "People whose neighbourhood is not known or who live outside; neighbourhoods whose population is "
            "not known have no rate."
        ),
        records=Source.RECORDS_POPULATION,
        unit=Unit.RATE,
    ),
    Indicator(
        key="not_located",
        label=_l("Not located"),
        definition=_l("Share of the people reached whose neighbourhood is not known."),
        counts=_l("People of whom nobody told where they live; it is shown beside each map."),
        does_not_count=_l("People known to live outside of the territory: they have a line of their own."),
        records=Source.RECORDS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="unevenness",
        label=_l("Gap between neighbourhoods"),
        definition=_l(
            "Part of the contacts that would have to be with people of other neighbourhoods for all to have "
            "their share (index of dissimilarity: from 0 per cent, even, to 100 per cent, uneven)."
        ),
        counts=_l(
            "Half the sum of the gaps between each neighbourhood's share of contacts and its share of inhabitants."
        ),
        does_not_count=_l("Contacts that are not located, and neighbourhoods whose population is not known."),
        records=Source.RECORDS_POPULATION,
        unit=Unit.SHARE,
    ),
)
