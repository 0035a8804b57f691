"""Opening hours as people write them, to a value and back.

German and English are read alike, whatever the case and the dashes: `Mo-Do 9:30-12, Fr nach
Vereinbarung`, `jeden 2. Mittwoch im Monat 14:00-15:30`, `in den Schulferien geschlossen`. What
could mean two things is refused, with its place in the text. What hours are is known to `sessions`.
"""

from datetime import date
from typing import Final

import msgspec

from netzsite.times.hours import Hours, is_daily, is_unclear
from netzsite.times.hours_reader import (
    CLOCK,
    DAY_START,
    OPENERS,
    PERIOD,
    HoursError,
    Item,
    Meaning,
    RuleReader,
)
from netzsite.times.hours_writer import write_hours, write_span
from netzsite.times.normal_form import find_overlap, take_apart
from netzsite.times.opening_rules import MonthlyRule, WeeklyRule
from netzsite.times.words import GROUPS

__all__ = ["Hours", "HoursError", "read_hours", "write_hours", "write_span"]

_PLACE: Final = ("school", "public", "outside")
_STANCE: Final = ("only", "also", "not", "closed", "open")


def read_hours(text: str) -> Hours:
    """Read hours, in German or English, at most `hours_text.LONGEST` characters.

    Raises HoursError: `reason` is one of `hours_text.REASONS`, `start` and `end` are the place.
    """
    return _Reader(text).read()


class _Reader(RuleReader):
    """Reads rules and conditions one after another, then asks what each condition is about."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.meanings: Final[dict[str, Meaning]] = {}
        self.limits: Final[dict[str, date]] = {}

    def read(self) -> Hours:
        """Read the whole text."""
        if self.take("label"):
            self.take("colon")
        gap = self.gap()
        while not self.at("end"):
            self.item(gap)
            gap = self.gap()
        if gap in ("comma", "joined"):
            self.refuse("misplaced", self.last.start, self.last.end)
        if not self.items:
            self.refuse("empty", 0, self.token.end)
        self.check_scopes()
        self.check_overlap()
        return self.finish()

    def item(self, gap: str) -> None:
        """Read whatever begins here."""
        self.take("valid")
        if self.at("off") and self.at("day", ahead=1):
            self.take("off")
        if self.at("monthly") and self.at("on", "every", ahead=1) and self.at("ordinal", ahead=2):
            self.take("monthly")
            self.monthly_at = self.place
        if self.at("even", "odd"):
            self.weeks_item(gap)
        elif self.at(*DAY_START):
            self.rule(gap)
        elif self.at("not") and self.at("day", *GROUPS, ahead=1) and self.rules:
            self.take("not")
            self.shut_days(self.days())
        elif self.at_date() or (self.at(*OPENERS, "to") and self.at_date(ahead=1)):
            self.validity(gap)
        elif self.at("break-time"):
            self.pause(gap)
        elif self.at(*CLOCK, *OPENERS):
            self.further_span(gap)
        else:
            self.condition(gap)

    def condition(self, gap: str) -> None:
        """Read what is said of other items."""
        if self.at("appointment") or (self.at("only") and self.at("appointment", ahead=1)):
            self.appointment(gap)
        elif self.at("sundays-public") or (self.at("also") and self.at("sundays-public", ahead=1)):
            self.sundays_and_public(gap)
        elif self.at(*_STANCE, *_PLACE):
            self.holiday_condition(gap)
        else:
            why = "ambiguous" if self.at(*PERIOD) else "misplaced"
            self.refuse("no-start" if self.at("to") else why)

    def sundays_and_public(self, gap: str) -> None:
        """Read `sonn- und feiertags geschlossen`, `auch an Sonn- und Feiertagen`."""
        start = self.token.start
        also = self.take("also")
        self.need("sundays-public")
        if not also and not self.take("closed"):
            # The hours of a public holiday alone can't be kept.
            self.refuse("ambiguous", start, self.last.end)
        if not also:
            self.shut_days((7,))
        self.note("public", gap, start)
        self.meanings["public"] = "open" if also else "closed"

    def appointment(self, gap: str) -> None:
        """Read `nach Vereinbarung`, of the rule before it only where nothing parts the two."""
        start = self.token.start
        only = self.take("only")
        self.need("appointment")
        if gap == "comma" and not only and self.items and self.items[-1].name == "rule":
            # Within these hours, or at other times as well?
            self.refuse("ambiguous", start, self.last.end)
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
        opener = self.take(*OPENERS, "to")
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
            before = (
                item.name == "appointment" and place < places[0]
            )  # of these hours, or beside them?
            if touches or before or places[0] < place < places[-1]:
                self.refuse("ambiguous", item.start, item.end)
            if item.name == "only-appointment":
                self.only_appointment(item)
        for place, rule in enumerate(self.rules):
            after = (other for other in self.rules[place + 1 :] if other.block == rule.block)
            if rule.leads and any(other.weeks == "every" for other in after):
                start = self.items[places[place]].start
                self.refuse("ambiguous", start, self.items[places[-1]].end)

    def only_appointment(self, item: Item) -> None:
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
        self.check_appointments()

    def check_appointments(self) -> None:
        """Refuse a day that is by appointment and has hours, too; see `is_unclear`."""
        finished = [rule.finished(tuple(span for span, _, _ in rule.spans)) for rule in self.rules]
        places = [item for item in self.items if item.name == "rule"]
        for rule, item in zip(finished, places, strict=True):
            if is_unclear(rule, finished):
                self.refuse("ambiguous", item.start, item.end)

    def finish(self) -> Hours:
        """Make the value; only here can nothing but conditions have been said."""
        names = {item.name for item in self.items}
        if not names & {"rule", "appointment", "only-appointment"}:
            self.refuse("no-time", self.items[0].start, self.items[-1].end)
        for rule in self.rules:
            if left := tuple(day for day in rule.days if day not in self.shut):
                rule.days = left
            else:
                self.refuse("ambiguous", 0, self.token.end)
        rules = [rule.finished(tuple(span for span, _, _ in rule.spans)) for rule in self.rules]
        alone = "only-appointment" in names and not rules
        hours = Hours(
            weekly=tuple(rule for rule in rules if isinstance(rule, WeeklyRule)),
            monthly=tuple(rule for rule in rules if isinstance(rule, MonthlyRule)),
            by_appointment="appointment" in names or alone,
            school_holidays=self.meanings.get("school", "open"),
            public_holidays=self.meanings.get("public") == "open",
            valid_from=self.limits.get("from"),
            valid_until=self.limits.get("until"),
        )
        if "public" not in self.meanings and is_daily(hours):
            return msgspec.structs.replace(hours, public_holidays=True)
        return hours


_MEANINGS: Final[dict[str, dict[str, Meaning]]] = {
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
