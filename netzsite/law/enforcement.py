"""Who enforces accessibility in each Land (Directive (EU) 2016/2102, Art. 9), as a table.

A Land is there only where its own pages name the body; for the others the release gate asks the
site. Laws give the task to another body now and then: whoever fills ``accessibility.enforcement``
in ``site.yaml`` overrides the table.
"""

from typing import Final

from netzsite.records.site import Site
from netzsite.records.statement import Accessibility, Enforcement

BODIES: Final = {
    # ldbv.bayern.de/digitalisierung/bitv.html
    "DE-BY": Enforcement(
        name=(
            "Durchsetzungs- und Überwachungsstelle für barrierefreie Informationstechnik beim "
            "Landesamt für Digitalisierung, Breitband und Vermessung"
        ),
        email="bitv@bayern.de",
    ),
    # behindertenbeauftragte.rlp.de/landesbeauftragte/aufgaben-1
    "DE-RP": Enforcement(
        name=(
            "Durchsetzungsstelle bei der Landesbeauftragten für die Belange von Menschen mit "
            "Behinderungen, Ministerium für Arbeit, Soziales, Transformation und Digitalisierung "
            "Rheinland-Pfalz"
        ),
        email="durchsetzungsstelle@mastd.rlp.de",
    ),
    # service.saarland.de/barrierefreiheit
    "DE-SL": Enforcement(
        name="Schlichtungsstelle nach § 12e SBGG beim Sozialministerium des Saarlandes",
        email="inklusion@soziales.saarland.de",
    ),
}
"""By the code of the Land (ISO 3166-2). Each line names the page that it follows."""


def enforcement(site: Site) -> Enforcement | None:
    """Name the body that a site's statement leads to: its own words, else the table's."""
    own = (site.accessibility or Accessibility()).enforcement
    return own or BODIES.get(site.region or "")
