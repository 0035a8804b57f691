"""What opening hours are made of, word by word: days, spans, and what cuts or shuts them.

``hours_text`` adds what is said of all of them.
"""

from datetime import time
from typing import Final, Literal

import msgspec

from netzsite.times.opening_rules import (
    LONGEST_NIGHT,
    ORDINALS,
    WHOLE_DAY,
    MonthlyRule,
    Span,
    WeeklyRule,
    Weeks,
)
from netzsite.times.words import ALL_DAYS, GROUPS, Cursor, TextError, Token

Meaning = Literal["open", "closed", "only"]
DAY_START: Final = ("day", "every", "on", "ordinal", "all-day", *GROUPS)
OPENERS: Final = ("since", "from", "off", "between")
_GAPS: Final = {"comma": "comma", "colon": "comma", "and": "joined"}
"""What parts two items → what it says: a word that joins them is heard over a comma."""
CLOCK: Final = ("time", "dotted", "number")
PERIOD: Final = (
    "each", "fortnightly", "weekly", "monthly", "unit-day", "unit-week", "unit-month",
)  # fmt: skip
_DAY: Final = 24 * 60
_MONTHS: Final = 12


class HoursError(TextError):
    """Hours that can't be read without guessing; see `TextError`."""


class Rule(msgspec.Struct, kw_only=True):
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
        """Make the rule, with spans of its own or some of them."""
        by_appointment = self.by_appointment
        if self.nth:
            day = self.days[0]
            return MonthlyRule(day=day, nth=self.nth, spans=spans, by_appointment=by_appointment)
        return WeeklyRule(
            days=self.days, weeks=self.weeks, spans=spans, by_appointment=by_appointment
        )


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A rule or a condition, in the order of the text; `apart` if a sign stands before it."""

    name: str
    apart: bool
    start: int
    end: int


class RuleReader(Cursor):
    """Reads rules one after another, and what is said of their days and times."""

    def __init__(self, text: str) -> None:
        super().__init__(text, HoursError)
        self.text: Final = text
        self.rules: Final[list[Rule]] = []
        self.items: Final[list[Item]] = []
        self.block = 0
        self.semicolon = False
        """Whether a semicolon began the block."""
        self.shut: Final[set[int]] = set()
        """Weekdays that are said to be closed, whatever else is said."""
        self.shut_at = -1
        """Where that was said last."""
        self.monthly_at: int | None = None
        """The place behind a `monatlich` that leads a rule."""

    def gap(self) -> str:
        """Step over what parts two items; give the strongest: "break", "comma" or nothing."""
        found = ""
        while token := self.take("comma", "and", "break", "colon"):
            # A colon may end what stands before all rules: `Ab 1.3.2026: Di 14–16 Uhr`.
            wrong_colon = token.kind == "colon" and bool(self.rules)
            if token.kind == "break":
                self.block += 1
                self.semicolon = self.text[token.start] == ";"
            elif not self.items or wrong_colon:
                self.refuse("misplaced", token.start, token.end)
            if found != "break":
                found = "break" if token.kind == "break" else max(found, _GAPS[token.kind])
        return found

    def note(self, name: str, gap: str, start: int) -> None:
        """Keep what has just been read in the order of the text; a condition only once."""
        if name != "rule" and any(item.name == name for item in self.items):
            self.refuse("repeated", start, self.last.end)
        self.items.append(Item(name=name, apart=bool(gap), start=start, end=self.last.end))

    def rule(self, gap: str) -> None:
        """Read days, whatever is said of them, and the first span."""
        start = self.token.start
        monthly = self.monthly_at == self.place
        leads = self.at("even", "odd")
        weeks = self.weeks()
        self.take("colon")
        while filler := self.take("every", "on"):
            if filler.kind == "every":
                self.take("unit-week")
        nth = self.nth() if self.at("ordinal") else ()
        days = ALL_DAYS if self.at("all-day") else self.days()
        if self.at("not") and self.at("day", *GROUPS, ahead=1):
            self.take("not")
            days = self.without(days, self.days(), start)
        if not nth and self.at("closed", ahead=int(self.at("colon"))):
            self.take("colon")
            self.take("closed")
            self.shut_days(days)
            return
        if nth and (len(days) > 1 or not (self.take("in-month") or monthly)):
            # `jeden 2. Mittwoch` may be every other one or the second of the month.
            self.refuse("ambiguous", start, self.last.end)
        if nth and self.at("even", "odd"):
            self.refuse("misplaced")
        weeks = weeks if weeks != "every" else self.weeks()
        rule = Rule(days=days, nth=nth, weeks=weeks, leads=leads, block=self.block)
        also = self.at("also")
        self.first_span(rule, start)
        if self.semicolon and not also and rule.spans and self.is_told_before(rule):
            # OpenStreetMap's syntax takes these hours instead of the former ones, people add them.
            self.refuse("ambiguous", start, self.last.end)
        if rule.spans and rule.days == ALL_DAYS:
            self.take("all-days")  # `24 Stunden täglich`
        self.rules.append(rule)
        self.note("rule", gap, start)

    def is_told_before(self, rule: Rule) -> bool:
        """Tell whether a former block has hours on some day of a rule."""
        former = (one for one in self.rules if one.block < rule.block and not one.nth)
        return not rule.nth and any(one.spans and set(one.days) & set(rule.days) for one in former)

    def weeks(self) -> Weeks:
        """Read `in geraden Wochen`, if it is next."""
        if self.take("even"):
            return "even"
        return "odd" if self.take("odd") else "every"

    def nth(self) -> tuple[int, ...]:
        """Read which of the weekdays of a month are meant."""
        found = self.ordinals()
        if self.at(*PERIOD):
            self.refuse("ambiguous", found[0].start)
        if wrong := next((token for token in found if token.number not in ORDINALS), None):
            self.refuse("impossible-date", wrong.start, wrong.end)
        return tuple(token.number for token in found)

    def first_span(self, rule: Rule, start: int) -> None:
        """Read the times of a rule, which may stand after a colon or a comma."""
        day_end = self.last.end
        if not self.take("colon") and self.at("comma") and self.at_span(ahead=1):
            self.take("comma")
        if self.at("only") and self.at("appointment", ahead=1):
            self.take("only")
        if self.at("also") and self.at_span(ahead=1):
            self.take("also")
        if self.take("appointment"):
            rule.by_appointment = True
        elif token := self.take("all-day"):
            rule.spans.append((WHOLE_DAY, token.start, token.end))
        elif self.at_span():
            rule.spans.append(self.span())
        elif self.at("to"):
            self.refuse("no-start")
        else:
            self.refuse("no-time", start, day_end)

    def at_span(self, ahead: int = 0) -> bool:
        """Tell whether a span begins so many tokens ahead."""
        if self.at(*OPENERS, ahead=ahead):
            return not self.at_date(ahead + 1)
        return self.at(*CLOCK, ahead=ahead) and not self.at_date(ahead)

    def span(self) -> tuple[Span, int, int]:
        """Read `9–12 Uhr`, `von 9 bis 12`, `ab 18 Uhr`, with its place."""
        place = self.token.start
        opener = self.take(*OPENERS)
        start, start_token = self.clock(place)
        if opener and opener.kind == "between":
            self.need("and")
            return self.closed_span(start, self.clock(place)[0], place)
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
        token = self.need(*CLOCK, *(("ordinal",) if ends_sentence else ()))
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
        start = self.token.start
        span = self.span()
        if self.take("closed"):
            self.cut(span)
            return
        if not self.items and self.at("day", "every", "on", *GROUPS):
            self.trailing_days(span, gap, start)
            return
        if (
            self.shut_at == start
            or not self.items
            or self.items[-1].name != "rule"
            or gap == "break"
        ):
            self.refuse("no-day", span[1], span[2])
        rule = self.rules[-1]
        if rule.complete or (rule.by_appointment and (gap or rule.spans)):
            self.refuse("ambiguous", self.items[-1].start, span[2])
        rule.spans.append(span)

    def trailing_days(self, span: tuple[Span, int, int], gap: str, start: int) -> None:
        """Read the days behind a span: `9–12 Uhr Mo–Fr`."""
        while self.take("every", "on"):
            pass
        rule = Rule(
            days=self.days(), nth=(), weeks="every", spans=[span], leads=False, block=self.block
        )
        self.rules.append(rule)
        self.note("rule", gap, start)

    def pause(self, gap: str) -> None:
        """Read `Mittagspause 12–13 Uhr`."""
        self.need("break-time")
        self.take("colon")
        if not gap or not self.at_span():
            self.refuse("misplaced")
        self.cut(self.span())

    def cut(self, pause: tuple[Span, int, int]) -> None:
        """Take a closed time out of the rules before it; each has it whole or not at all."""
        begin, end = pause[0].minutes
        done = False
        for rule in self.rules:
            kept: list[tuple[Span, int, int]] = []
            for span, at, until in rule.spans:
                first, last = span.minutes
                if last <= begin or end <= first or span.end is None:
                    kept.append((span, at, until))
                elif pause[0].end is None or not first < begin < end < last:
                    self.refuse("ambiguous", pause[1], pause[2])
                else:
                    done = True
                    kept.append((Span(start=span.start, end=pause[0].start), at, until))
                    kept.append((Span(start=pause[0].end, end=span.end), at, until))
            rule.spans = kept
        if not done:
            self.refuse("ambiguous", pause[1], pause[2])

    def shut_days(self, days: tuple[int, ...]) -> None:
        """Keep that days are closed."""
        self.shut.update(days)
        self.take("closed")
        self.shut_at = self.tokens[self.place + int(self.at("comma", "and"))].start

    def without(self, days: tuple[int, ...], shut: tuple[int, ...], start: int) -> tuple[int, ...]:
        """Leave days out of others, all of which are among them and which don't end with it."""
        left = tuple(day for day in days if day not in shut)
        if not left or not set(shut) <= set(days):
            self.refuse("ambiguous", start, self.last.end)
        return left

    def weeks_item(self, gap: str) -> None:
        """Read `in geraden Wochen`, be it said of the rule before or of the one that follows."""
        ahead = 1
        while self.at("colon", "every", "on", ahead=ahead):
            ahead += 1
        after_rule = bool(self.items) and self.items[-1].name == "rule" and gap != "break"
        if self.at(*DAY_START, ahead=ahead):
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


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
