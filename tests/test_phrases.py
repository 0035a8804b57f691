"""Phrases as they stand on doors and in notices: what is read, and what has to be asked.

``python -m tests.test_phrases`` prints the share that is read of each kind. A phrase that can mean
two things counts as right when it is refused; one that says what hours can't hold yet counts as
not read, and stands under ``NOT_YET``.
"""

import sys
from collections.abc import Callable
from typing import Final

import pytest

from netzsite.times.dates import DateError, read_moment, read_partial
from netzsite.times.hours_text import HoursError, read_hours, write_hours
from netzsite.times.recurrence import RecurrenceError
from netzsite.times.recurrence_text import read_recurrence, write_recurrence

ASK: Final = "?"
"""The phrase can mean two things."""
NOT_YET: Final = "–"
"""The phrase means one thing, which can't be said yet."""
HOURS: Final = {
    "dienstags zwischen 15 und 17 Uhr": "Di 15–17 Uhr",
    "Mo und Mi, jeweils von 9 bis 11 Uhr": "Mo und Mi 9–11 Uhr",
    "Di in der Zeit von 10–12 Uhr": "Di 10–12 Uhr",
    "Mo bis Fr 8 bis 12 Uhr, Di zusätzlich 14 bis 16 Uhr": "Mo und Mi–Fr 8–12 Uhr, Di 8–12 und 14–16 Uhr",
    "Mo-Fr 8-12 Uhr, Mi auch 15-18 Uhr": "Mo, Di, Do und Fr 8–12 Uhr, Mi 8–12 und 15–18 Uhr",
    "Mo-Fr außer Do 9-12 Uhr": "Mo–Mi und Fr 9–12 Uhr",
    "täglich außer montags 10-18 Uhr": "Di–So 10–18 Uhr",
    "Mo-Fr 9-12 Uhr, Do geschlossen": "Mo–Mi und Fr 9–12 Uhr",
    "Mo-Fr 9-12 Uhr (Do zu)": "Mo–Mi und Fr 9–12 Uhr",
    "Montag: Ruhetag; Dienstag: 10–18 Uhr": "Di 10–18 Uhr",
    "Mo 9-11 Uhr, Di geschlossen, Mi 9-11 Uhr": "Mo und Mi 9–11 Uhr",
    "Mo-Sa 9-18 Uhr, sonn- und feiertags geschlossen": "Mo–Sa 9–18 Uhr",
    "Mo-Fr 8-17 Uhr, Mittagspause 12-13 Uhr": "Mo–Fr 8–12 und 13–17 Uhr",
    "Mo-Fr 8-17 Uhr (12-13 Uhr geschlossen)": "Mo–Fr 8–12 und 13–17 Uhr",
    "10-12 Uhr Mo-Do": "Mo–Do 10–12 Uhr",
    "von montags bis donnerstags 8-16 Uhr": "Mo–Do 8–16 Uhr",
    "Mo Di Do 9-12 Uhr": "Mo, Di und Do 9–12 Uhr",
    "Montagvormittag 9-12 Uhr, Donnerstagabend 18-20 Uhr": "Mo 9–12 Uhr, Do 18–20 Uhr",
    "Mo 9-12 Uhr | Di 14-16 Uhr": "Mo 9–12 Uhr, Di 14–16 Uhr",
    "Sprechzeiten: Mo 9-12, Di 14-16": "Mo 9–12 Uhr, Di 14–16 Uhr",
    "Öffnungszeiten Mo.-Fr.: 9-12 Uhr": "Mo–Fr 9–12 Uhr",
    "Di 14-16 Uhr (außer in den Ferien)": "Di 14–16 Uhr, in den Schulferien geschlossen",
    "während der Schulzeit Mo-Fr 12-16 Uhr": "Mo–Fr 12–16 Uhr, in den Schulferien geschlossen",
    "Mo-Fr 8-12 Uhr (außer feiertags)": "Mo–Fr 8–12 Uhr",
    "Mo-Fr 09:00-17:00; PH off": "Mo–Fr 9–17 Uhr",
    "Tu,Th 15:00-18:00": "Di und Do 15–18 Uhr",
    "24/7": "rund um die Uhr",
    "24 Stunden täglich": "rund um die Uhr",
    "jeden Tag 9-17 Uhr": "täglich 9–17 Uhr",
    "täglich 9-12 Uhr, auch an Sonn- und Feiertagen": "täglich 9–12 Uhr",
    "täglich 9-12 Uhr, an Feiertagen geschlossen": "täglich 9–12 Uhr, an Feiertagen geschlossen",
    "nach telefonischer Vereinbarung": "nach Vereinbarung",
    "Di 14-16 Uhr oder nach vorheriger Absprache": "Di 14–16 Uhr und nach Vereinbarung",
    "Mo 14-16 Uhr nur mit Termin": "Mo 14–16 Uhr nach Vereinbarung",
    "mittwochs in den geraden Kalenderwochen 15-17 Uhr": "Mi in geraden Wochen 15–17 Uhr",
    "der erste Dienstag des Monats 17-18 Uhr": "jeden 1. Dienstag im Monat 17–18 Uhr",
    "monatlich am 1. Dienstag 17-18 Uhr": "jeden 1. Dienstag im Monat 17–18 Uhr",
    "jede Woche Mittwoch 10-12 Uhr": "Mi 10–12 Uhr",
    "Mo 9-12 Uhr (ab 1.3.2027)": "Mo 9–12 Uhr, ab 1. März 2027",
    "Termine nach Vereinbarung: Mo-Fr 9-12 Uhr": ASK,
    "nach Vereinbarung, Mo-Fr 9-12 Uhr": ASK,
    "Mo 9–12 Uhr, nach Vereinbarung": ASK,
    "Mo-Fr 9-12 Uhr, Mi nach Vereinbarung": ASK,
    "Mo-Fr 08:00-12:00; Do 14:00-18:00": ASK,
    "jeden zweiten Dienstag 14-16 Uhr": ASK,
    "alle zwei Wochen dienstags 9-12 Uhr": ASK,
    "Sa, So und Feiertage 10-18 Uhr": NOT_YET,
    "an Sonn- und Feiertagen 11-17 Uhr": NOT_YET,
    "Mai bis September: Di 14-18 Uhr": NOT_YET,
    "Do 15-17 Uhr (ohne Termin)": NOT_YET,
}  # fmt: skip
REPEATS: Final = {
    "alle 14 Tage dienstags": "alle 2 Wochen am Dienstag",
    "alle vierzehn Tage": "alle 2 Wochen",
    "14-tägig": "alle 2 Wochen",
    "4-wöchentlich": "alle 4 Wochen",
    "vierteljährlich": "alle 3 Monate",
    "halbjährlich": "alle 6 Monate",
    "einmal im Monat": "monatlich",
    "jeden ersten Dienstag": "jeden 1. Dienstag im Monat",
    "letzter Freitag": "jeden letzten Freitag im Monat",
    "am 1. und 3. Mittwoch": "jeden 1. und 3. Mittwoch im Monat",
    "an jedem ersten Dienstag im Monat": "jeden 1. Dienstag im Monat",
    "am 15. jedes Monats": "monatlich am 15.",
    "täglich außer sonntags": "jeden Montag, Dienstag, Mittwoch, Donnerstag, Freitag und Samstag",
    "jeden letzten Freitag im Monat, außer im August": "jeden letzten Freitag im Monat außer im August",
    "jeden 3. Freitag im Monat (außer Juli und August)": "jeden 3. Freitag im Monat außer im Juli und August",
    "jeden 1. Dienstag im Monat von September bis Juni": "jeden 1. Dienstag im Monat außer im Juli und August",
    "FREQ=WEEKLY;WKST=MO;INTERVAL=2;BYDAY=MO": "alle 2 Wochen am Montag",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1": "jeden letzten Montag im Monat",
    "jeden zweiten Mittwoch": ASK,
    "jeden Dienstag außer in den Schulferien": NOT_YET,
    "jeden vorletzten Mittwoch im Monat": NOT_YET,
    "mittwochs in geraden Kalenderwochen": NOT_YET,
}  # fmt: skip
MOMENTS: Final = {
    "20. November 2027": "2027-11-20",
    "18. Nov. 2026": "2026-11-18",
    "Sa, 5. Dezember 2026, 14 Uhr": "2026-12-05 14:00",
    "2026–11–18": "2026-11-18",
    "18/11/2026": "2026-11-18",
    "2026-11-20 14h": "2026-11-20 14:00",
    "20.11.2027 um 14 Uhr": "2027-11-20 14:00",
    "So, 5. Dezember 2026, 14 Uhr": ASK,
    "03/04/2026": ASK,
    "3.4.26": ASK,
    "2026-11-20T20:57:00.000Z": NOT_YET,
    "05.12.2026 14-16 Uhr": NOT_YET,
}


def say_hours(text: str) -> str:
    try:
        return write_hours(read_hours(text))
    except HoursError:
        return ASK


def say_recurrence(text: str) -> str:
    try:
        return write_recurrence(read_recurrence(text))
    except RecurrenceError:
        return ASK


def say_moment(text: str) -> str:
    try:
        return str(read_moment(text))
    except DateError:
        return ASK


SAY: Final[dict[str, tuple[Callable[[str], str], dict[str, str]]]] = {
    "hours": (say_hours, HOURS),
    "repeat": (say_recurrence, REPEATS),
    "dates": (say_moment, MOMENTS),
}
CASES: Final = [(kind, text) for kind, (_, phrases) in SAY.items() for text in phrases]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_a_phrase_is_read_as_it_is_meant_or_asked_about(kind: str, text: str):
    say, phrases = SAY[kind]
    meant = phrases[text]
    assert say(text) == (ASK if meant == NOT_YET else meant)


def test_what_is_read_is_most():
    for kind, (_, phrases) in SAY.items():
        assert read(kind) / len(phrases) >= 0.8, kind


def test_months_are_dates_of_posts():
    assert str(read_partial("November 2026")) == "2026-11"


def read(kind: str) -> int:
    return sum(meant != NOT_YET for meant in SAY[kind][1].values())


if __name__ == "__main__":
    for kind, (_, phrases) in SAY.items():
        sys.stdout.write(f"{kind}: {read(kind)} of {len(phrases)} read or rightly asked about\n")
