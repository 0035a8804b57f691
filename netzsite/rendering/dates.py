"""Days and times → as people of a language write them."""

import functools
from datetime import date, time

from babel.dates import format_date

from netzsite.catalogue import Catalogue
from netzsite.times.dates import PartialDate


@functools.lru_cache(maxsize=4096)
def format_day(day: date | PartialDate, language: str, form: str = "long") -> str:
    """Write a day in a language: ``long``, ``short``, or a CLDR pattern; a month by its name."""
    if isinstance(day, PartialDate):
        form = "LLLL y" if day.whole_month else form
        day = day.first
    return str(format_date(day, form, locale=language))


def format_clock(value: time, words: Catalogue) -> str:
    """Write a time as people of the language say it: ``14 Uhr``, ``14:30 Uhr``."""
    short = f"{value.hour}" if not value.minute else f"{value.hour}:{value.minute:02d}"
    return words.words["clock"].format(short=short, full=f"{value:%H:%M}")
