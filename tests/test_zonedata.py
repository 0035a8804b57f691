"""Zones: from the package tzdata, whatever the machine's own data say."""

from datetime import UTC, datetime, timedelta

import pytest

from netzsite.producers.vtimezone import vtimezone
from netzsite.times.zonedata import names, posix_rule, zone


def test_the_rule_of_a_zone_comes_from_its_data():
    assert posix_rule("Europe/Berlin") == "CET-1CEST,M3.5.0,M10.5.0/3"
    assert posix_rule("America/Argentina/Ushuaia") == "<-03>3"


@pytest.mark.parametrize(
    "name",
    *[
        [
            "Europe/Musterstadt",
            "Muster/Stadt",
            "localtime",
            "Europe",
            "../zones",
            "",
            "europe/berlin",
        ]
    ],
)
def test_an_unknown_zone_has_no_rule(name: str):
    for read in (posix_rule, zone, vtimezone):
        with pytest.raises(LookupError):
            read(name)


def test_a_zone_is_that_of_the_package_and_not_of_the_machine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    assert zone("Europe/Berlin").key == "Europe/Berlin"
    local = datetime(2027, 7, 1, 12, tzinfo=UTC).astimezone(zone("Europe/Berlin"))
    assert local.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("rule", sorted({posix_rule(name) for name in names()}))
def test_every_zone_there_is_can_be_written(rule: str):
    """One zone of each rule: what a calendar program makes of it is what the zone's clocks do."""
    name = min(name for name in names() if posix_rule(name) == rule)
    own, its = vtimezone(name).to_tz(lookup_tzid=False), zone(name)
    for month in range(1, 13):
        local = datetime(2030, month, 15, 12, tzinfo=UTC).astimezone(its)
        assert local.replace(tzinfo=own).utcoffset() == local.utcoffset()
