"""The words of hours, dates and recurrences in each language: a table for each.

A further language is a further table.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How one language says it. Forms are parted by `|`; the first form is the one we write."""

    days: tuple[str, ...]
    """Monday to Sunday: short, long, further forms."""
    months: tuple[str, ...]
    """January to December."""
    ordinals: tuple[str, ...]
    """First to twelfth, as far as people write them as words, then last."""
    numbers: tuple[str, ...]
    """Two to twelve."""
    phrases: dict[str, str]
    """Kind of token to forms."""
    endings: dict[int, str]
    """What follows the digits of an ordinal; 0 is for all that aren't named."""
    patterns: dict[str, str]
    """What is only written, with gaps."""

    def form(self, kind: str) -> str:
        """Give the words that are written for a kind of token."""
        return self.phrases[kind].split("|")[0]

    def short_day(self, day: int) -> str:
        """Give the short name of a weekday, 1 for Monday."""
        return self.days[day - 1].split("|")[0]

    def long_day(self, day: int) -> str:
        """Give the full name of a weekday, 1 for Monday."""
        return self.days[day - 1].split("|")[1]

    def month(self, month: int) -> str:
        """Give the name of a month."""
        return self.months[month - 1].split("|")[0]

    def ordinal(self, number: int) -> str:
        """Write `2.`, `2nd`, or the word for the last."""
        if number < 0:
            return self.ordinals[-1].split("|")[0]
        return f"{number}{self.endings.get(number, self.endings[0])}"

    def date(self, day: date) -> str:
        """Write a date so that it can be read aloud: `1. März 2026`."""
        month = self.month(day.month)
        return self.patterns["date"].format(day=day.day, month=month, year=day.year)

    def join(self, parts: Sequence[str]) -> str:
        """Write a list: `Mo, Mi und Fr`."""
        if not parts:
            return ""
        *head, last = parts
        return f"{', '.join(head)} {self.form('and')} {last}" if head else last


def _of_day(day: str) -> str:
    """Give the words for a part of a day: the time that follows says which."""
    return "|".join(f"{day}{part}" for part in ("morgen", "vormittag", "nachmittag", "abend"))


GERMAN: Final = Words(
    days=(
        f"Mo|Montag|montags|{_of_day('Montag')}", f"Di|Dienstag|dienstags|{_of_day('Dienstag')}",
        f"Mi|Mittwoch|mittwochs|{_of_day('Mittwoch')}",
        f"Do|Donnerstag|donnerstags|{_of_day('Donnerstag')}",
        f"Fr|Freitag|freitags|{_of_day('Freitag')}",
        f"Sa|Samstag|samstags|Sonnabend|sonnabends|{_of_day('Samstag')}",
        f"So|Sonntag|sonntags|{_of_day('Sonntag')}",
    ),
    months=(
        "Januar|Jan|Jänner", "Februar|Feb", "März", "April|Apr", "Mai", "Juni|Jun", "Juli|Jul",
        "August|Aug", "September|Sep|Sept", "Oktober|Okt", "November|Nov", "Dezember|Dez",
    ),
    ordinals=(
        "ersten|erste|erster|erstes", "zweiten|zweite|zweiter|zweites",
        "dritten|dritte|dritter|drittes", "vierten|vierte|vierter|viertes",
        "fünften|fünfte|fünfter|fünftes", "letzten|letzte|letzter|letztes",
    ),
    numbers=(
        "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    ),
    phrases={
        "all-days": "täglich|jeden Tag",
        # Narrower than the law, where Saturday is a Werktag: better a door that opens unannounced
        # than a family before a closed one. What is written back says which days were understood.
        "workdays": "werktags|an Werktagen|wochentags",
        "weekend": "am Wochenende|an Wochenenden|Wochenende",
        "every": "jeden|jede|jeder|jedes|immer|jeweils am|jeweils an",
        "on": "am|an|der|an jedem",
        "filler": "jeweils|erreichbar|durchgehend|telefonisch erreichbar",
        "label": "Öffnungszeiten|Sprechzeiten|Sprechzeit|Zeiten|Geschäftszeiten|Bürozeiten",
        "in": "im|in",
        "and": "und|sowie|u|oder",
        "to": "bis|bis zum|bis zur",
        "since": "ab|ab dem",
        "off": "von|vom|in der Zeit von|in der Zeit",
        "between": "zwischen",
        "break-time": "Mittagspause|Pause",
        "valid": "gültig",
        "clock": "Uhr|h",
        "all-day": "rund um die Uhr",
        "in-month": "im Monat|des Monats|jeden Monats|jedes Monats|eines Monats|eines jeden Monats",
        "even": "in geraden Wochen|in den geraden Wochen|in den geraden Kalenderwochen"
        "|in geraden Kalenderwochen|in geraden KW|gerade Wochen"
        "|gerade Kalenderwochen|gerade KW",
        "odd": "in ungeraden Wochen|in den ungeraden Wochen|in den ungeraden Kalenderwochen"
        "|in ungeraden Kalenderwochen|in ungeraden KW|ungerade Wochen"
        "|ungerade Kalenderwochen|ungerade KW",
        "appointment": "nach Vereinbarung|nach Terminvereinbarung|nach Absprache|n. V."
        "|Termin nach Vereinbarung|Termine nach Vereinbarung|nach telefonischer Vereinbarung"
        "|nach tel. Vereinbarung|nach telefonischer Absprache|nach vorheriger Vereinbarung"
        "|nach vorheriger Absprache|nach vorheriger Terminvereinbarung|mit Termin"
        "|Termine nach telefonischer Vereinbarung|Termin nach telefonischer Vereinbarung"
        "|Sprechzeiten nach Vereinbarung|nach individueller Vereinbarung|auf Anfrage",
        "only": "nur",
        "also": "auch|zusätzlich",
        "not": "nicht|außer",
        "closed": "geschlossen|Ruhetag|zu",
        "open": "geöffnet|offen",
        "school": "in den Schulferien|während der Schulferien|in den Ferien|während der Ferien",
        "outside": "außerhalb der Schulferien|außerhalb der Ferien|während der Schulzeit"
        "|in der Schulzeit",
        "public": "an Feiertagen|an gesetzlichen Feiertagen|feiertags",
        "each": "alle",
        "unit-day": "Tag|Tage|Tagen|tägig",
        "unit-week": "Woche|Wochen|wöchig",
        "unit-month": "Monat|Monate|Monaten",
        "unit-year": "Jahr|Jahre|Jahren",
        "weekly": "wöchentlich",
        "fortnightly": "vierzehntägig|zweiwöchentlich|alle vierzehn Tage",
        "monthly": "monatlich|einmal im Monat",
        "quarterly": "vierteljährlich",
        "half-yearly": "halbjährlich",
        "yearly": "jährlich|einmal im Jahr",
        "times": "Mal",
    },
    endings={0: "."},
    patterns={
        "date": "{day}. {month} {year}", "hour": "{hour}", "clock": " Uhr",
        "since-time": "ab {}", "each-nth": "jeden {} im Monat", "since": "ab {}", "until": "bis {}",
        "between": "vom {} bis {}", "public-closed": "an Feiertagen geschlossen",
        "school-closed": "in den Schulferien geschlossen",
        "school-only": "nur in den Schulferien", "public-open": "an Feiertagen geöffnet",
        "daily": "täglich", "daily-each": "alle {} Tage",
        "weekly": "wöchentlich", "weekly-each": "alle {} Wochen", "weekly-days": "jeden {}",
        "monthly": "monatlich", "monthly-each": "alle {} Monate",
        "yearly": "jährlich", "yearly-each": "alle {} Jahre",
        "on-days": " am {}", "on-nth": " am {}",
        "last-day": "letzten Tag", "in-months": " im {}", "of-month": " {}",
        "not-in-months": " außer im {}",
        "times": ", {} Mal",
    },
)  # fmt: skip

ENGLISH: Final = Words(
    days=(
        "Mon|Monday|Mondays", "Tue|Tuesday|Tuesdays|Tues|Tu", "Wed|Wednesday|Wednesdays|We",
        "Thu|Thursday|Thursdays|Thur|Thurs|Th", "Fri|Friday|Fridays", "Sat|Saturday|Saturdays",
        "Sun|Sunday|Sundays|Su",
    ),
    months=(
        "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul",
        "August|Aug", "September|Sep|Sept", "October|Oct", "November|Nov", "December|Dec",
    ),
    ordinals=("first", "second|other", "third", "fourth", "fifth", "last"),
    numbers=(
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ),
    phrases={
        "all-days": "daily",
        "workdays": "on weekdays|weekdays",
        "weekend": "at weekends|weekends|at the weekend",
        "every": "every|each",
        "on": "on|on the",
        "in": "in|of",
        "and": "and",
        "to": "to|until|till|through",
        "from": "from",
        "valid": "valid",
        "all-day": "around the clock",
        "in-month": "of the month|of every month|of each month|in the month",
        "even": "in even weeks|even weeks",
        "odd": "in odd weeks|odd weeks",
        "appointment": "by appointment|by arrangement",
        "only": "only",
        "also": "also",
        "not": "not|except",
        "closed": "closed|off",
        "open": "open",
        "school": "during school holidays|during the school holidays|in school holidays"
        "|in the school holidays|SH",
        "outside": "outside school holidays|outside the school holidays",
        "public": "on public holidays|PH",
        "between": "between",
        "unit-day": "day|days",
        "unit-week": "week|weeks",
        "unit-month": "month|months",
        "unit-year": "year|years",
        "weekly": "weekly",
        "fortnightly": "fortnightly|every fortnight",
        "monthly": "monthly|once a month",
        "quarterly": "quarterly",
        "half-yearly": "half-yearly",
        "yearly": "yearly|annually|once a year",
        "times": "times",
    },
    endings={0: "th", 1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"},
    patterns={
        "date": "{day} {month} {year}", "hour": "{hour}:00", "clock": "",
        "since-time": "from {}", "each-nth": "every {} of the month", "since": "from {}",
        "until": "until {}", "between": "from {} to {}",
        "public-closed": "closed on public holidays",
        "school-closed": "closed during school holidays",
        "school-only": "only during school holidays", "public-open": "open on public holidays",
        "daily": "daily", "daily-each": "every {} days",
        "weekly": "weekly", "weekly-each": "every {} weeks", "weekly-days": "every {}",
        "monthly": "monthly", "monthly-each": "every {} months",
        "yearly": "yearly", "yearly-each": "every {} years",
        "on-days": " on {}", "on-nth": " on the {}",
        "last-day": "last day", "in-months": " in {}", "of-month": " of {}",
        "not-in-months": " except in {}",
        "times": ", {} times",
    },
)  # fmt: skip

LANGUAGES: Final = {"de": GERMAN, "en": ENGLISH}


def words(language: str) -> Words:
    """Give the words of a language by its BCP 47 tag; `LookupError` when it has none here."""
    return LANGUAGES[language.partition("-")[0]]
