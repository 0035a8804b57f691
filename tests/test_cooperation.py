"""What there is for whom, who does what with whom: counted over the fictional site."""

from dataclasses import replace
from pathlib import Path

import pytest

from netzsite.network.cooperation import Tie, matrix, ties
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer
from netzsite.pipeline.build import build
from netzsite.producers.agreements import agreement_cards
from netzsite.producers.cooperation import WIDTH, together
from tests import lab
from tests.conftest import MUSTERVIERTEL, options
from tests.lab import put
from tests.test_build import network_of


@pytest.fixture(scope="module")
def network() -> Network:
    return network_of(MUSTERVIERTEL)[0]


def between(network: Network, one: str, other: str) -> Tie:
    found = together(network, agreement_cards(network))
    assert found
    every = [tie for partner in found.partners for _, tie in partner.ties]
    (tie,) = [tie for tie in every if {tie.one, tie.other} == {one, other}]
    return tie


def test_a_cell_lists_the_current_offers_of_a_group_and_a_topic(network: Network):
    found = matrix(network)
    topics = [topic.label for topic in found.topics]
    rows = {row.group.label: dict(zip(topics, row.cells, strict=True)) for row in found.rows}
    labels = [
        link.label for link in rows["Menschen, die zugewandert sind"]["Schulden und Insolvenz"]
    ]
    assert labels == ["Schuldnerberatung auf Türkisch"]


def test_every_offer_in_the_matrix_is_current_and_has_both(network: Network):
    current = {
        network.addresses["offer", key]
        for key, offer in network.offers.items()
        if is_current_offer(offer, network.today)
    }
    shown = {link.address for row in matrix(network).rows for cell in row.cells for link in cell}
    assert shown <= current


def test_the_whole_matrix_shows_its_gaps(network: Network):
    whole = matrix(network, whole=True)
    assert len(whole.rows) == len(network.vocabulary.target_groups)
    assert len(whole.topics) == len(network.vocabulary.topics)
    shown = {row.group for row in matrix(network).rows}
    assert {row.group for row in whole.rows if any(row.cells)} == shown
    assert shown < {row.group for row in whole.rows}


def test_a_tie_names_what_two_actors_share(network: Network):
    tie = between(network, "schuldnerberatung", "buergerverein")
    assert [link.label for link in tie.agreements] == [
        "Schuldnerberatung auf Türkisch im Bürgerhaus"
    ]
    cafe = between(network, "buergerverein", "familienzentrum")
    assert "Winterspielplatz" in [link.label for link in cafe.offers]
    assert cafe.posts


def test_each_pair_stands_once(network: Network):
    found = ties(network, ()).pairs
    pairs = [frozenset((tie.one, tie.other)) for tie in found]
    assert len(pairs) == len(set(pairs))
    assert all(tie.weight for tie in found)


def test_an_agreement_that_was_dropped_ties_nobody(network: Network):
    found = together(network, agreement_cards(network))
    assert found
    labels = {
        link.label
        for partner in found.partners
        for _, tie in partner.ties
        for link in tie.agreements
    }
    dropped = {card.title for card, _ in agreement_cards(network) if card.status == "dropped"}
    assert dropped
    assert not labels & dropped


def test_the_drawing_stays_inside_its_frame_and_has_an_arc_for_each_pair(network: Network):
    found = together(network, agreement_cards(network))
    assert found
    drawing = found.drawing
    assert len(drawing.arcs) == sum(len(partner.ties) for partner in found.partners)
    assert all(0 < label.y <= drawing.height for label in drawing.labels)
    for arc in drawing.arcs:
        reach = int(arc.path.partition("A")[2].split()[0])
        assert drawing.x + reach <= WIDTH


def test_a_site_without_anything_shared_has_no_drawing():
    bare, _ = network_of(MUSTERVIERTEL.parent.parent.parent / "netzsite" / "starter")
    assert (
        together(replace(bare, records={**bare.records, "offer": {}, "event": {}}, news=()), ())
        is None
    )


@pytest.mark.parametrize("mistake", ["traeger: x\n", "name: [\n", "\xff\0"])
def test_a_mistake_in_the_file_of_a_carrier_is_told_and_breaks_nothing(
    tmp_path: Path, mistake: str
):
    """Its actors have no place in the drawing then, whatever ties them."""
    root = lab.write(tmp_path / "site")
    lab.put(root / "content" / "carriers" / "verein.yaml", mistake)
    report = build(options(root))
    assert not report.published
    assert {problem.path for problem in report.problems} == {"content/carriers/verein.yaml"}


def site_of(
    root: Path, actors: int, posts: str = "", offers: dict[str, str] | None = None
) -> Network:
    files = {
        "site.yaml": "title: Netz\nlanguage: de\nbase_url: https://netz.de\ntimezone: Europe/Berlin\n",
        "carriers/verein.yaml": "name: Verein\n",
        "events/treffen.md": f"---\ntitle: Netzwerktreffen\nstart: 2026-12-09\nactors: [{posts}]\n---\n",
        **{
            f"offers/{key}.yaml": f"name: {key}\nactors: [{who}]\n"
            for key, who in (offers or {}).items()
        },
        **{
            f"actors/a{number:02}.yaml": f"name: Akteur {number:02}\ncarrier: verein\n"
            for number in range(actors)
        },
    }
    for name, text in files.items():
        put(root / "content" / name, text)
    return network_of(root)[0]


def test_what_more_than_half_share_ties_nobody_and_is_said_in_a_line(tmp_path: Path):
    everybody = ", ".join(f"a{number:02}" for number in range(60))
    network = site_of(tmp_path, 60, everybody, {"cafe": "a03, a07"})
    found = together(network, ())
    assert found
    assert [link.label for link in found.everybody] == ["Netzwerktreffen"]
    ((partner, ((other, _),)),) = [(one.actor.label, one.ties) for one in found.partners]
    assert (partner, other.label) == ("Akteur 03", "Akteur 07")
    assert len(found.drawing.arcs) == 1


def test_where_only_everybody_shares_something_there_is_a_line_and_no_drawing(tmp_path: Path):
    network = site_of(tmp_path, 6, "a00, a01, a02, a03")
    found = together(network, ())
    assert (found.partners, found.drawing) == ((), None)
    assert [link.address for link in found.everybody] == ["/termine/treffen/"]


def test_a_tie_weighs_more_the_fewer_share_it(tmp_path: Path):
    network = site_of(tmp_path, 9, "", {"zu-zweit": "a00, a01", "zu-viert": "a01, a02, a03, a04"})
    weights = {(tie.one, tie.other): tie.weight for tie in ties(network, ()).pairs}
    assert weights["a00", "a01"] == 1
    assert weights["a01", "a02"] == pytest.approx(1 / 3)


def test_of_many_ties_the_strongest_are_drawn_and_all_are_in_the_table(tmp_path: Path):
    close = {f"paar-{number:02}": f"a{number:02}, a{number + 1:02}" for number in range(59)}
    wide = {
        f"kreis-{part}": ", ".join(f"a{part * 20 + one:02}" for one in range(20))
        for part in range(3)
    }
    network = site_of(tmp_path, 60, "", close | wide)
    found = together(network, ())
    assert not found.drawing.all_drawn
    assert len(found.drawing.arcs) == 120
    assert sum(len(partner.ties) for partner in found.partners) == 3 * 190 + 2
    assert sum(arc.width >= 2 for arc in found.drawing.arcs) >= 59
