"""How people write a recurrence ↔ its value: `jeden 2. Mittwoch im Monat`, or an RRULE.

One grammar reads what the other direction writes; what could mean two things is refused.
"""

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import Final

from netzsite.times.opening_rules import LAST, ORDINALS
from netzsite.times.recurrence import (
    MONTH_DAYS,
    Frequency,
    NthDay,
    Recurrence,
    RecurrenceError,
)
from netzsite.times.rrule import read_rrule
from netzsite.times.vocabulary import Words, words
from netzsite.times.words import ALL_DAYS, GROUPS, LONGEST, Cursor, Token

_YEAR: Final = 12
_UNITS: Final[dict[str, Frequency]] = {
    "unit-day": "daily", "unit-week": "weekly", "unit-month": "monthly", "unit-year": "yearly",
}  # fmt: skip
_ADVERBS: Final[dict[str, tuple[Frequency, int]]] = {
    "all-days": ("daily", 1), "weekly": ("weekly", 1), "fortnightly": ("weekly", 2),
    "monthly": ("monthly", 1), "quarterly": ("monthly", 3), "half-yearly": ("monthly", 6),
    "yearly": ("yearly", 1),
}  # fmt: skip


def write_recurrence(recurrence: Recurrence, language: str = "de") -> str:
    """Write a recurrence as a sentence that `read_recurrence` reads back to the same value.

    Raises LookupError for a language without words here.
    """
    table = words(language)
    text = _base_text(recurrence, table)
    if recurrence.months:
        left = [month for month in range(1, _YEAR + 1) if month not in recurrence.months]
        few = recurrence.frequency != "yearly" and len(left) < len(recurrence.months)
        months = table.join([table.month(month) for month in (left if few else recurrence.months)])
        dated = recurrence.frequency == "yearly" and min(recurrence.month_days, default=LAST) > 0
        name = "of-month" if dated and len(recurrence.months) == 1 else "in-months"
        name = "not-in-months" if few else name
        text += table.patterns[name].format(months)
    if recurrence.until:
        text += " " + table.patterns["until"].format(table.date(recurrence.until))
    if recurrence.count:
        text += table.patterns["times"].format(recurrence.count)
    return text


def _base_text(recurrence: Recurrence, table: Words) -> str:
    """Write how often, and on which days."""
    frequency, once = recurrence.frequency, recurrence.interval == 1
    weekdays = table.join([table.long_day(day) for day in recurrence.days])
    nth_days = table.join(list(_nth_texts(recurrence.nth_days, table)))
    if weekdays and once:
        return table.patterns["weekly-days"].format(weekdays)
    if nth_days and once and frequency == "monthly":
        return table.patterns["each-nth"].format(nth_days)
    text = table.patterns[frequency if once else f"{frequency}-each"].format(recurrence.interval)
    if weekdays:
        text += table.patterns["on-days"].format(weekdays)
    month_days = [table.ordinal(day) for day in recurrence.month_days if day != LAST]
    month_days += [table.patterns["last-day"]] * (LAST in recurrence.month_days)
    if named := nth_days or table.join(month_days):
        text += table.patterns["on-nth"].format(named)
    return text


def _nth_texts(nth_days: tuple[NthDay, ...], table: Words) -> Iterator[str]:
    for day in ALL_DAYS:
        ordinals = [one.nth for one in nth_days if one.day == day]
        ordered = sorted(ordinals, key=ORDINALS.index)
        if ordered:
            yield f"{table.join([table.ordinal(nth) for nth in ordered])} {table.long_day(day)}"


def read_recurrence(text: str, zone: tzinfo | None = None) -> Recurrence:
    """Read a recurrence, in German, in English or as an RRULE (RFC 5545).

    `zone` is where the event is: an UNTIL in UTC counts as its whole day there, or in UTC without.
    Raises RecurrenceError: `reason` is one of `hours_text.REASONS`, `start` and `end` the place.
    """
    try:
        return read_rrule(text, zone) if "=" in text[:LONGEST] else _Reader(text).read()
    except RecurrenceError:
        raise
    except ValueError as error:
        raise RecurrenceError(str(error), 0, len(text)) from None


class _Reader(Cursor):
    """Collects what is said in whatever order, each thing once, and adds it up at the end."""

    def __init__(self, text: str) -> None:
        super().__init__(text, RecurrenceError)
        self.frequency: Frequency | None = None
        self.interval = 1
        self.found: Final[dict[str, tuple[int, ...]]] = {}
        self.nth_days: Final[list[NthDay]] = []
        self.until: date | None = None
        self.count: int | None = None

    def read(self) -> Recurrence:
        """Read the whole text."""
        while not self.at("end"):
            self.item()
            comma = self.take("comma")
            if comma and self.at("end"):
                self.refuse("misplaced", comma.start, comma.end)
        return self.finish()

    def item(self) -> None:
        """Read whatever begins here."""
        start = self.token.start
        if self.at("all-days") and self.at("not", ahead=1) and self.at("day", *GROUPS, ahead=2):
            self.all_but(start)
        elif adverb := self.take(*_ADVERBS):
            self.often(*_ADVERBS[adverb.kind], start)
        elif self.take("each"):
            self.unit(self.need("number", "count").number, start)
        elif self.at("number", "count"):
            self.number()
        elif self.take("every"):
            self.every(start)
        elif self.take("in-month"):
            self.once("in-month", (1,), start)
        elif self.at("only", "in", "not") or (self.at("off") and self.at("month", ahead=1)):
            self.months()
        elif self.at("to") and self.at_date(ahead=1):
            self.take("to")
            self.limit(start)
        else:
            self.take("on")
            self.days_item(start)

    def every(self, start: int) -> None:
        """Read on after `jeden`: `Mittwoch`, `2. Mittwoch`, `zweite Woche`, `2 Wochen`, `Monat`."""
        if self.at(*_UNITS):
            self.unit(1, start)
        elif self.at("number", "count"):
            self.unit(self.need("number", "count").number, start)
        elif self.at("ordinal") and self.token.number > 1 and self.at(*_UNITS, ahead=1):
            self.unit(self.need("ordinal").number, start)
        else:
            self.days_item(start)

    def unit(self, interval: int, start: int) -> None:
        """Read `Wochen`, of which there are so many between."""
        self.often(_UNITS[self.need(*_UNITS).kind], interval, start)

    def often(self, frequency: Frequency, interval: int, start: int) -> None:
        """Keep how often it is."""
        self.once("frequency", (), start)
        self.frequency, self.interval = frequency, interval

    def number(self) -> None:
        """Read `10 Mal` or `14-tägig`."""
        number = self.need("number", "count")
        self.take("dash")
        if self.take("times"):
            self.once("limit", (), number.start)
            self.count = number.number
        else:
            weeks, rest = divmod(number.number, len(ALL_DAYS))
            unit = self.need("unit-day", "unit-week", "weekly", "monthly", "yearly")
            if unit.kind in _ADVERBS:  # `4-wöchentlich`
                self.often(_ADVERBS[unit.kind][0], number.number, number.start)
                return
            in_weeks = unit.kind == "unit-day" and not rest
            self.often(
                "weekly" if in_weeks else _UNITS[unit.kind],
                weeks if in_weeks else number.number,
                number.start,
            )

    def limit(self, start: int) -> None:
        """Read the day after `bis`."""
        self.until = self.date()
        self.once("limit", (), start)

    def months(self) -> None:
        """Read `nur im März, April und Mai`, `von September bis Juni`, `außer im August`."""
        start = self.token.start
        without = self.take("not")
        self.take("only")
        if self.take("off"):
            first = self.need("month").number
            self.need("to", "dash")
            length = (self.need("month").number - first) % _YEAR + 1
            found = {(first - 1 + step) % _YEAR + 1 for step in range(length)}
        else:
            if not without or self.at("in"):
                self.need("in")
            found = {self.need("month").number}
            while self.skip_joint("month"):
                found.add(self.need("month").number)
        months = set(range(1, _YEAR + 1)) - found if without else found
        if not months:
            self.refuse("ambiguous", start, self.last.end)
        self.once("months", tuple(sorted(months)), start)

    def all_but(self, start: int) -> None:
        """Read `täglich außer sonntags`."""
        self.need("all-days")
        self.need("not")
        out = self.days()
        self.once("days", tuple(day for day in ALL_DAYS if day not in out), start)

    def days_item(self, start: int) -> None:
        """Read weekdays, the nth of them, or days of the month."""
        if not self.at("ordinal"):
            place = self.place
            self.once("days", self.days(), start)
            if self.interval > 1 and any(
                one.kind == "every" for one in self.tokens[place : self.place]
            ):
                # `alle 2 Wochen am Dienstag und jeden Freitag` are two recurrences.
                self.refuse("ambiguous", start, self.last.end)
            return
        while True:
            ordinals = self.ordinals()
            if not self.at("day"):
                self.month_days(ordinals, start)
                return
            day = self.need("day").number
            if wrong := next((one for one in ordinals if one.number not in ORDINALS), None):
                self.refuse("impossible-date", wrong.start, wrong.end)
            self.nth_days.extend(NthDay(day=day, nth=one.number) for one in ordinals)
            if self.skip_joint("day"):
                # `am 1. Montag und Freitag`: each Friday, or the first?
                self.refuse("ambiguous", start)
            if not self.skip_joint("ordinal"):
                break
        self.once("nth", (), start)

    def month_days(self, ordinals: tuple[Token, ...], start: int) -> None:
        """Make days of the month of ordinals; the last one is that of a day, said or understood."""
        numbers = tuple(one.number for one in ordinals)
        if not set(numbers) <= set(MONTH_DAYS):
            self.refuse("impossible-date", start, self.last.end)
        named = bool(self.take("unit-day"))
        if self.nth_days or named != (LAST in numbers) or named != (numbers[-1] == LAST):
            self.refuse("ambiguous", start, self.last.end)
        self.once("month_days", numbers, start)
        if month := self.take("month"):
            self.once("months", (month.number,), start)

    def once(self, name: str, numbers: tuple[int, ...], start: int) -> None:
        """Keep something that can be said only once."""
        if name in self.found:
            self.refuse("repeated", start, self.last.end)
        self.found[name] = numbers

    def is_of_month(self) -> bool:
        """Tell whether ordinals can only count the weekdays of a month.

        `jeden zweiten Mittwoch` may be every other one; the first, the last, and several can't.
        """
        wanted = {one.nth for one in self.nth_days}
        return bool(wanted) and (len(wanted) > 1 or wanted <= {1, LAST})

    def finish(self) -> Recurrence:
        """Find the frequency where it isn't said, and refuse what doesn't say enough."""
        frequency = self.frequency
        if frequency is None and "in-month" in self.found:
            frequency = "monthly"
        if frequency is None and "days" in self.found:
            frequency = "weekly"
        if frequency is None and self.is_of_month():
            frequency = "monthly"
        if frequency is None:
            # `jeden 2. Mittwoch` may be every other one or the second of the month.
            self.refuse("ambiguous", 0, self.token.end)
        if "in-month" in self.found and frequency != "monthly":
            self.refuse("ambiguous", 0, self.token.end)
        return Recurrence(
            frequency=frequency,
            interval=self.interval,
            days=self.found.get("days", ()),
            nth_days=tuple(self.nth_days),
            month_days=self.found.get("month_days", ()),
            months=self.found.get("months", ()),
            until=self.until,
            count=self.count,
        )
