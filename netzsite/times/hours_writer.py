"""Hours → text that people like to read and that ``read_hours`` gives back to the same value."""

from typing import Final

from netzsite.times.hours import Hours, is_daily
from netzsite.times.opening_rules import WHOLE_DAY, MonthlyRule, Span, WeeklyRule
from netzsite.times.vocabulary import Words, words
from netzsite.times.words import ALL_DAYS

_DAY: Final = 24 * 60
_RUN: Final = 3
"""So many weekdays in a row are written as `Mo–Mi`."""


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
    if span == WHOLE_DAY:
        return table.form("all-day")
    return _span_text(span, table) + table.patterns["clock"]


def _condition_texts(hours: Hours, table: Words) -> list[str]:
    said = {
        "school-closed": hours.school_holidays == "closed",
        "school-only": hours.school_holidays == "only",
        "public-open": hours.public_holidays and not is_daily(hours),
        "public-closed": is_daily(hours) and not hours.public_holidays,
    }
    found = [table.patterns[name] for name, is_so in said.items() if is_so]
    limits = [table.date(day) for day in (hours.valid_from, hours.valid_until) if day]
    if limits:
        name = "between" if len(limits) > 1 else "since" if hours.valid_from else "until"
        found.append(table.patterns[name].format(*limits))
    return found


def _weekly_text(rule: WeeklyRule, table: Words) -> str:
    weeks = [] if rule.weeks == "every" else [table.form(rule.weeks)]
    always = rule.days == ALL_DAYS and rule.spans == (WHOLE_DAY,)
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
    if rule.spans == (WHOLE_DAY,):
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
