"""Opening hours as people write them, to a value and back.

German and English are read alike, whatever the case and the dashes: `Mo-Do 9:30-12, Fr nach
Vereinbarung`, `jeden 2. Mittwoch im Monat 14:00-15:30`, `in den Schulferien geschlossen`. What
could mean two things is refused, with its place in the text. What hours are is known to `sessions`.
"""

from datetime import date, time
from typing import Final, Literal

import msgspec

from netzsite.times.hours import Hours
from netzsite.times.normal_form import find_overlap, take_apart
from netzsite.times.opening_rules import (
    LONGEST_NIGHT,
    ORDINALS,
    MonthlyRule,
    Span,
    WeeklyRule,
    Weeks,
)
from netzsite.times.words import ALL_DAYS, GROUPS, Cursor, TextError, Token, Words, words

__all__ = ["Hours", "HoursError", "read_hours", "write_hours", "write_span"]

_Meaning = Literal["open", "closed", "only"]
_DAY_START: Final = ("day", "every", "on", "ordinal", "all-day", *GROUPS)
_OPENERS: Final = ("since", "from", "off")
_CLOCK: Final = ("time", "dotted", "number")
_PLACE: Final = ("school", "public", "outside")
_STANCE: Final = ("only", "also", "not", "closed", "open")
_PERIOD: Final = (
    "each", "fortnightly", "weekly", "monthly", "unit-day", "unit-week", "unit-month",
)  # fmt: skip
_DAY: Final = 24 * 60
_WHOLE_DAY: Final = Span(start=time(), end=time())
_MONTHS: Final = 12
_RUN: Final = 3
"""So many weekdays in a row are written as `Mo–Mi`."""


class HoursError(TextError):
    """Hours that can't be read without guessing; see `TextError`."""


def read_hours(text: str) -> Hours:
    """Read hours, in German or English, at most `hours_text.LONGEST` characters.

    Raises HoursError: `reason` is one of `hours_text.REASONS`, `start` and `end` are the place.
    """
    return _Reader(text).read()


class _Rule(msgspec.Struct, kw_only=True):
    """A rule while it is being read; its spans have their places in the text."""

    days: tuple[int, ...]
    nth: tuple[int, ...]
    weeks: Weeks
    spans: list[tuple[Span, int, int]] = []
    by_appointment: bool = False
    complete: bool = False
    """Something has been said about all of its spans, so that no further one can follow."""
    leads: bool
    """It begins with its weeks, which might be meant for the rules after it, too."""
    block: int
    """Which of the parts between semicolons and line ends it is in."""

    def finished(self, spans: tuple[Span, ...]) -> WeeklyRule | MonthlyRule:
        by_appointment = self.by_appointment
        if self.nth:
            day = self.days[0]
            return MonthlyRule(day=day, nth=self.nth, spans=spans, by_appointment=by_appointment)
        return WeeklyRule(
            days=self.days, weeks=self.weeks, spans=spans, by_appointment=by_appointment
        )


class _Item(msgspec.Struct, frozen=True, kw_only=True):
    """A rule or a condition, in the order of the text; `apart` if a sign stands before it."""

    name: str
    apart: bool
    start: int
    end: int


class _Reader(Cursor):
    """Reads rules and conditions one after another, then asks what each condition is about."""

    def __init__(self, text: str) -> None:
        super().__init__(text, HoursError)
        self.rules: Final[list[_Rule]] = []
        self.items: Final[list[_Item]] = []
        self.meanings: Final[dict[str, _Meaning]] = {}
        self.limits: Final[dict[str, date]] = {}
        self.block = 0

    def read(self) -> Hours:
        """Read the whole text."""
        gap = self.gap()
        while not self.at("end"):
            self.item(gap)
            gap = self.gap()
        if gap == "comma":
            self.refuse("misplaced", self.last.start, self.last.end)
        if not self.items:
            self.refuse("empty", 0, self.token.end)
        self.check_scopes()
        self.check_overlap()
        return self.finish()

    def gap(self) -> str:
        """Step over what parts two items; give the strongest: "break", "comma" or nothing."""
        found = ""
        while token := self.take("comma", "and", "break", "colon"):
            # A colon may end what stands before all rules: `Ab 1.3.2026: Di 14–16 Uhr`.
            wrong_colon = token.kind == "colon" and bool(self.rules)
            if token.kind == "break":
                self.block += 1
            elif not self.items or wrong_colon:
                self.refuse("misplaced", token.start, token.end)
            found = "break" if "break" in (found, token.kind) else "comma"
        return found

    def item(self, gap: str) -> None:
        """Read whatever begins here."""
        self.take("valid")
        if self.at("even", "odd"):
            self.weeks_item(gap)
        elif self.at(*_DAY_START):
            self.rule(gap)
        elif self.at_date() or (self.at(*_OPENERS, "to") and self.at_date(ahead=1)):
            self.validity(gap)
        elif self.at(*_CLOCK, *_OPENERS):
            self.further_span(gap)
        elif self.at("appointment") or (self.at("only") and self.at("appointment", ahead=1)):
            self.appointment(gap)
        elif self.at(*_STANCE, *_PLACE):
            self.holiday_condition(gap)
        else:
            why = "ambiguous" if self.at(*_PERIOD) else "misplaced"
            self.refuse("no-start" if self.at("to") else why)

    def note(self, name: str, gap: str, start: int) -> None:
        """Keep what has just been read in the order of the text; a condition only once."""
        if name != "rule" and any(item.name == name for item in self.items):
            self.refuse("repeated", start, self.last.end)
        self.items.append(_Item(name=name, apart=bool(gap), start=start, end=self.last.end))

    def rule(self, gap: str) -> None:
        """Read days, whatever is said of them, and the first span."""
        start = self.token.start
        leads = self.at("even", "odd")
        weeks = self.weeks()
        self.take("colon")
        while self.take("every", "on"):
            pass
        nth = self.nth() if self.at("ordinal") else ()
        days = ALL_DAYS if self.at("all-day") else self.days()
        if nth and (len(days) > 1 or not self.take("in-month")):
            # `jeden 2. Mittwoch` may be every other one or the second of the month.
            self.refuse("ambiguous", start, self.last.end)
        if nth and self.at("even", "odd"):
            self.refuse("misplaced")
        weeks = weeks if weeks != "every" else self.weeks()
        rule = _Rule(days=days, nth=nth, weeks=weeks, leads=leads, block=self.block)
        self.first_span(rule, start)
        self.rules.append(rule)
        self.note("rule", gap, start)

    def weeks(self) -> Weeks:
        """Read `in geraden Wochen`, if it is next."""
        if self.take("even"):
            return "even"
        return "odd" if self.take("odd") else "every"

    def nth(self) -> tuple[int, ...]:
        """Read which of the weekdays of a month are meant."""
        found = self.ordinals()
        if self.at(*_PERIOD):
            self.refuse("ambiguous", found[0].start)
        if wrong := next((token for token in found if token.number not in ORDINALS), None):
            self.refuse("impossible-date", wrong.start, wrong.end)
        return tuple(token.number for token in found)

    def first_span(self, rule: _Rule, start: int) -> None:
        """Read the times of a rule, which may stand after a colon or a comma."""
        day_end = self.last.end
        if not self.take("colon") and self.at("comma") and self.at_span(ahead=1):
            self.take("comma")
        if self.at("only") and self.at("appointment", ahead=1):
            self.take("only")
        if self.take("appointment"):
            rule.by_appointment = True
        elif token := self.take("all-day"):
            rule.spans.append((_WHOLE_DAY, token.start, token.end))
        elif self.at_span():
            rule.spans.append(self.span())
        elif self.at("to"):
            self.refuse("no-start")
        else:
            self.refuse("no-time", start, day_end)

    def at_span(self, ahead: int = 0) -> bool:
        """Tell whether a span begins so many tokens ahead."""
        if self.at(*_OPENERS, ahead=ahead):
            return not self.at_date(ahead + 1)
        return self.at(*_CLOCK, ahead=ahead) and not self.at_date(ahead)

    def span(self) -> tuple[Span, int, int]:
        """Read `9–12 Uhr`, `von 9 bis 12`, `ab 18 Uhr`, with its place."""
        place = self.token.start
        opener = self.take(*_OPENERS)
        start, start_token = self.clock(place)
        if self.at("dash", "to") and not self.at_date(ahead=1):
            self.place += 1
            end, _ = self.clock(place)
            return self.closed_span(start, end, place)
        if not opener or opener.kind == "off":
            self.refuse("no-end", place, self.last.end)
        if start_token.kind == "dotted" and self.last is start_token and 1 <= start % 60 <= _MONTHS:
            # `ab 18.12` may be a day without its year.
            self.refuse("ambiguous", place, start_token.end)
        if start == _DAY:
            self.refuse("impossible-time", start_token.start, start_token.end)
        return Span(start=_time(start)), place, self.last.end

    def clock(self, place: int) -> tuple[int, Token]:
        """Read a time; give its minutes."""
        if self.at("end", "break"):
            self.refuse("no-end", place, self.last.end)
        ends_sentence = self.at("ordinal") and self.at("end", "break", ahead=1)
        token = self.need(*_CLOCK, *(("ordinal",) if ends_sentence else ()))
        minutes = token.number if token.kind in ("time", "dotted") else token.number * 60
        if minutes > _DAY:
            self.refuse("impossible-time", token.start, token.end)
        self.take("clock")
        return minutes, token

    def closed_span(self, start: int, end: int, place: int) -> tuple[Span, int, int]:
        """Make a span of minutes; past midnight only where that can't be a slip."""
        backwards = end < start and end + _DAY - start > LONGEST_NIGHT
        if start == _DAY:
            self.refuse("impossible-time", place, self.last.end)
        if start == end or (backwards and end):
            self.refuse("end-before-start", place, self.last.end)
        return Span(start=_time(start), end=_time(end)), place, self.last.end

    def further_span(self, gap: str) -> None:
        """Read a span that belongs to the rule before it."""
        span = self.span()
        if not self.items or self.items[-1].name != "rule" or gap == "break":
            self.refuse("no-day", span[1], span[2])
        rule = self.rules[-1]
        if rule.complete or (rule.by_appointment and (gap or rule.spans)):
            self.refuse("ambiguous", self.items[-1].start, span[2])
        rule.spans.append(span)

    def weeks_item(self, gap: str) -> None:
        """Read `in geraden Wochen`, be it said of the rule before or of the one that follows."""
        ahead = 1
        while self.at("colon", "every", "on", ahead=ahead):
            ahead += 1
        after_rule = bool(self.items) and self.items[-1].name == "rule" and gap != "break"
        if self.at(*_DAY_START, ahead=ahead):
            if after_rule and not gap:
                self.refuse("ambiguous")
            self.rule(gap)
            return
        rule = self.rules[-1] if after_rule else self.refuse("misplaced")
        alone = [other.block for other in self.rules].count(rule.block) == 1
        if rule.nth or rule.weeks != "every" or not alone:
            self.refuse("ambiguous")
        rule.weeks = self.weeks()
        rule.complete = True

    def appointment(self, gap: str) -> None:
        """Read `nach Vereinbarung`, of the rule before it only where nothing parts the two."""
        start = self.token.start
        only = self.take("only")
        self.need("appointment")
        if gap or not self.items or self.items[-1].name != "rule":
            self.note("only-appointment" if only else "appointment", gap, start)
            return
        rule = self.rules[-1]
        if rule.by_appointment or len(rule.spans) > 1:
            self.refuse("repeated" if rule.by_appointment else "ambiguous", start, self.last.end)
        rule.by_appointment = rule.complete = True

    def holiday_condition(self, gap: str) -> None:
        """Read `in den Schulferien und an Feiertagen geschlossen`, `nur in den Schulferien`."""
        start = self.token.start
        stance = self.take(*_STANCE)
        places = [self.need(*_PLACE)]
        while not (stance and self.at("comma")) and self.skip_joint(*_PLACE):
            places.append(self.need(*_PLACE))
        verdict = self.take("closed", "open")
        said = " ".join(token.kind for token in (stance, verdict) if token)
        for place in places:
            name = "public" if place.kind == "public" else "school"
            meaning = _MEANINGS[place.kind].get(said)
            if meaning is None:
                self.refuse("ambiguous", start, self.last.end)
            self.note(name, gap, start)
            self.meanings[name] = meaning

    def validity(self, gap: str) -> None:
        """Read `ab 1.3.2026`, `bis 31.12.2026`, `vom 1.3.2026 bis 30.6.2026`."""
        start = self.token.start
        opener = self.take(*_OPENERS, "to")
        name = "until" if opener and opener.kind == "to" else "from"
        self.limits[name] = self.date()
        self.note(name, gap, start)
        if name == "from" and self.take("to", "dash"):
            self.limits["until"] = self.date()
            self.note("until", gap, start)
        elif opener is None or opener.kind == "off":
            self.refuse("no-end", start, self.last.end)
        if self.limits.get("until", date.max) < self.limits.get("from", date.min):
            self.refuse("end-before-start", start, self.last.end)

    def check_scopes(self) -> None:
        """Refuse what may be said of all rules or of one alone."""
        places = [place for place, item in enumerate(self.items) if item.name == "rule"]
        for place, item in enumerate(self.items):
            if item.name == "rule" or not places:
                continue
            follows = not item.apart and place - 1 == places[-1]
            leads = place + 1 == places[0] and not self.items[place + 1].apart
            touches = (follows or leads) and (
                len(self.rules) > 1 or item.name.endswith("appointment")
            )
            if touches or places[0] < place < places[-1]:
                self.refuse("ambiguous", item.start, item.end)
            if item.name == "only-appointment":
                self.only_appointment(item)
        for place, rule in enumerate(self.rules):
            after = (other for other in self.rules[place + 1 :] if other.block == rule.block)
            if rule.leads and any(other.weeks == "every" for other in after):
                start = self.items[places[place]].start
                self.refuse("ambiguous", start, self.items[places[-1]].end)

    def only_appointment(self, item: _Item) -> None:
        """Apply a `nur nach Vereinbarung` that stands apart to the one span there is."""
        rule = self.rules[0]
        if len(self.rules) > 1 or len(rule.spans) > 1 or rule.by_appointment:
            self.refuse("ambiguous", item.start, item.end)
        rule.by_appointment = True

    def check_overlap(self) -> None:
        """Refuse two spans that may be on at the same time; the later in the text is the place."""
        found = [
            (opening, start, end)
            for rule in self.rules
            for span, start, end in rule.spans
            for opening in take_apart(rule.finished((span,)))
        ]
        if pair := find_overlap([opening for opening, _, _ in found]):
            self.refuse("overlap", *found[pair[1]][1:])

    def finish(self) -> Hours:
        """Make the value; only here can nothing but conditions have been said."""
        names = {item.name for item in self.items}
        if not names & {"rule", "appointment", "only-appointment"}:
            self.refuse("no-time", self.items[0].start, self.items[-1].end)
        rules = [rule.finished(tuple(span for span, _, _ in rule.spans)) for rule in self.rules]
        alone = "only-appointment" in names and not rules
        return Hours(
            weekly=tuple(rule for rule in rules if isinstance(rule, WeeklyRule)),
            monthly=tuple(rule for rule in rules if isinstance(rule, MonthlyRule)),
            by_appointment="appointment" in names or alone,
            school_holidays=self.meanings.get("school", "open"),
            public_holidays=self.meanings.get("public") == "open",
            valid_from=self.limits.get("from"),
            valid_until=self.limits.get("until"),
        )


_MEANINGS: Final[dict[str, dict[str, _Meaning]]] = {
    "school": {
        "closed": "closed", "not": "closed", "not open": "closed", "only": "only",
        # Without `auch`, open in the holidays may mean: only then.
        "only open": "only", "also": "open", "also open": "open",
    },
    "public": {
        "closed": "closed", "not": "closed", "not open": "closed", "open": "open",
        "also": "open", "also open": "open",
    },
    "outside": {"": "closed", "only": "closed", "only open": "closed"},
}  # fmt: skip
"""Place, and what is said of it before and after, to what that resources."""


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def write_hours(hours: Hours, language: str = "de") -> str:
    """Write hours so that people like to read them and `read_hours` gives the same value.

    Raises LookupError for a language without words here.
    """
    table = words(language)
    rules = [_weekly_text(rule, table) for rule in hours.weekly]
    rules += [_monthly_text(rule, table) for rule in hours.monthly]
    appointment = [table.form("appointment")] if hours.by_appointment else []
    times = f" {table.form('and')} ".join([*filter(None, [", ".join(rules)]), *appointment])
    return ", ".join([times, *_condition_texts(hours, table)])


def write_span(span: Span, language: str = "de") -> str:
    """Write one span as `write_hours` does: `9:30–12 Uhr`, `ab 18 Uhr`, `rund um die Uhr`.

    Raises LookupError for a language without words here.
    """
    table = words(language)
    if span == _WHOLE_DAY:
        return table.form("all-day")
    return _span_text(span, table) + table.patterns["clock"]


def _condition_texts(hours: Hours, table: Words) -> list[str]:
    said = {
        "school-closed": hours.school_holidays == "closed",
        "school-only": hours.school_holidays == "only",
        "public-open": hours.public_holidays,
    }
    found = [table.patterns[name] for name, is_so in said.items() if is_so]
    limits = [table.date(day) for day in (hours.valid_from, hours.valid_until) if day]
    if limits:
        name = "between" if len(limits) > 1 else "since" if hours.valid_from else "until"
        found.append(table.patterns[name].format(*limits))
    return found


def _weekly_text(rule: WeeklyRule, table: Words) -> str:
    weeks = [] if rule.weeks == "every" else [table.form(rule.weeks)]
    always = rule.days == ALL_DAYS and rule.spans == (_WHOLE_DAY,)
    days = [] if always and not weeks else [_days_text(rule.days, table)]
    return " ".join([*days, *weeks, *_times_text(rule, table)])


def _monthly_text(rule: MonthlyRule, table: Words) -> str:
    nth = table.join([table.ordinal(number) for number in rule.nth])
    days = table.patterns["each-nth"].format(f"{nth} {table.long_day(rule.day)}")
    return " ".join([days, *_times_text(rule, table)])


def _days_text(days: tuple[int, ...], table: Words) -> str:
    if days == ALL_DAYS:
        return table.form("all-days")
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [
        f"{table.short_day(run[0])}–{table.short_day(run[-1])}" if len(run) >= _RUN else name
        for run in runs
        for name in ([""] if len(run) >= _RUN else map(table.short_day, run))
    ]
    return table.join(names)


def _times_text(rule: WeeklyRule | MonthlyRule, table: Words) -> list[str]:
    appointment = [table.form("appointment")] if rule.by_appointment else []
    if rule.spans == (_WHOLE_DAY,):
        return [table.form("all-day"), *appointment]
    spans = [_span_text(span, table) for span in rule.spans]
    times = [table.join(spans) + table.patterns["clock"]] if spans else []
    return [*times, *appointment]


def _span_text(span: Span, table: Words) -> str:
    start, end = span.minutes
    first = _clock_text(start, table)
    if span.end is None:
        return table.patterns["since-time"].format(first)
    return f"{first}–{_clock_text(end if end == _DAY else end % _DAY, table)}"


def _clock_text(minutes: int, table: Words) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}" if minute else table.patterns["hour"].format(hour=hour)
