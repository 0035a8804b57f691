"""What German law asks of a website, as tables: by paragraph, and by key of ``site.yaml``.

The imprint follows DDG § 5 (in force since 14 May 2024) and MStV § 18; the privacy notice Art. 13
DSGVO, and in the churches § 15 KDG (numbered the same in the version of 2026) and § 17 DSG-EKD
(version of 1 May 2025); the statement on accessibility Directive (EU) 2016/2102, Art. 7, and the
model of Implementing Decision (EU) 2018/1523, which binds public bodies, but not the churches. The
pages and the release gate read from here alone. It is no legal advice.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from netzsite.law.enforcement import BODIES
from netzsite.records.site import Hosting, Provider, Site
from netzsite.records.statement import Accessibility


class Basis(Struct, frozen=True):
    """What allows to process data, and the word of the catalogue that says it in plain language."""

    article: str
    word: str


class Law(Struct, frozen=True, kw_only=True):
    """One data protection law: where it says what."""

    name: str
    tells: dict[str, str]
    """What the notice has to name → where that is asked."""
    private: Basis
    """Why a provider may process what a visit brings along."""
    public: Basis
    """The same for one under public law, which can't rely on interests of its own."""
    rights: tuple[tuple[str, str], ...]
    """Each right as a word of the catalogue, with the place where it is given."""
    objection: str
    complaint: str

    def basis(self, provider: Provider) -> Basis:
        """Say what allows this provider to process what a visit brings along."""
        return self.public if provider.legal_status == "public" else self.private


_RIGHTS: Final = ("access", "rectification", "erasure", "restriction", "portability")


def _rights(law: str, *articles: str) -> tuple[tuple[str, str], ...]:
    pairs = zip(_RIGHTS, articles, strict=True)
    return tuple((f"right_{right}", law.format(article)) for right, article in pairs)


LAWS: Final = {
    "dsgvo": Law(
        name="DSGVO",
        tells={
            "law": "Art. 13 DSGVO",
            "controller": "Art. 13 Abs. 1 lit. a DSGVO",
            "officer": "Art. 13 Abs. 1 lit. b DSGVO",
            "basis": "Art. 13 Abs. 1 lit. c DSGVO",
            "recipients": "Art. 13 Abs. 1 lit. e DSGVO",
            "country": "Art. 13 Abs. 1 lit. f DSGVO",
            "period": "Art. 13 Abs. 2 lit. a DSGVO",
            "complaint": "Art. 13 Abs. 2 lit. d DSGVO",
        },
        private=Basis("Art. 6 Abs. 1 lit. f DSGVO", "basis_interest"),
        public=Basis("Art. 6 Abs. 1 lit. e DSGVO", "basis_public"),
        rights=_rights("Art. {} DSGVO", "15", "16", "17", "18", "20"),
        objection="Art. 21 DSGVO",
        complaint="Art. 77 DSGVO",
    ),
    "kdg": Law(
        name="KDG",
        tells={
            "law": "§ 15 KDG",
            "controller": "§ 15 Abs. 1 lit. a KDG",
            "officer": "§ 15 Abs. 1 lit. b KDG",
            "basis": "§ 15 Abs. 1 lit. c KDG",
            "recipients": "§ 15 Abs. 1 lit. e KDG",
            "country": "§ 15 Abs. 1 lit. f KDG",
            "period": "§ 15 Abs. 2 lit. a KDG",
            "complaint": "§ 15 Abs. 2 lit. d KDG",
        },
        private=Basis("§ 6 Abs. 1 lit. g KDG", "basis_interest"),
        public=Basis("§ 6 Abs. 1 lit. f KDG", "basis_church"),
        rights=_rights("§ {} KDG", "17", "18", "19", "20", "22"),
        objection="§ 23 KDG",
        complaint="§ 48 KDG",
    ),
    "dsg-ekd": Law(
        name="DSG-EKD",
        tells={
            "law": "§ 17 DSG-EKD",
            "controller": "§ 17 Abs. 1 Nr. 1 DSG-EKD",
            "basis": "§ 17 Abs. 1 Nr. 3 DSG-EKD",
            "recipients": "§ 17 Abs. 1 Nr. 4 DSG-EKD",
            "period": "§ 17 Abs. 2 Nr. 1 DSG-EKD",
            "complaint": "§ 17 Abs. 2 Nr. 3 DSG-EKD",
        },
        # Interests count there only where they are those of others (§ 6 Nr. 8).
        private=Basis("§ 6 Nr. 4 DSG-EKD", "basis_church"),
        public=Basis("§ 6 Nr. 4 DSG-EKD", "basis_church"),
        rights=_rights("§ {} DSG-EKD", "19", "20", "21", "22", "24"),
        objection="§ 25 DSG-EKD",
        complaint="§ 46 DSG-EKD",
    ),
}
"""By the value of ``legal_frame``."""


class Duty(Struct, frozen=True, kw_only=True):
    """A key of ``site.yaml`` that has to be filled."""

    key: str
    imprint: str = ""
    """The paragraph by which the imprint needs it; empty when it doesn't."""
    notice: str = ""
    """What the privacy notice tells by it, as ``Law.tells`` names it; empty when nothing."""
    statement: str = ""
    """The rule by which the statement on accessibility needs it; empty when it doesn't."""
    applies: Callable[[Site, bool], bool] = lambda _site, _news: True
    """Whether it concerns a site; told whether there are posts."""


def _is_body(site: Site, _news: bool) -> bool:  # noqa: FBT001 - as ``Duty.applies``
    return site.provider is None or site.provider.legal_status != "person"


def _is_registered(site: Site, _news: bool) -> bool:  # noqa: FBT001
    return _REGISTERED.search((site.provider or Provider()).name or "") is not None


def _is_public(site: Site, _news: bool) -> bool:  # noqa: FBT001
    return site.provider is not None and site.provider.legal_status == "public"


def is_bound_to_access(site: Site) -> bool:
    """Tell whether a site has to declare its accessibility: public bodies, but no churches."""
    return _is_public(site, False) and site.legal_frame not in ("kdg", "dsg-ekd")  # noqa: FBT003


def _states(site: Site, _news: bool) -> bool:  # noqa: FBT001
    return is_bound_to_access(site)


def _has_barriers(site: Site, _news: bool) -> bool:  # noqa: FBT001
    stated = site.accessibility or Accessibility()
    return is_bound_to_access(site) and stated.conformity in ("partial", "none")


def _is_land_unknown(site: Site, _news: bool) -> bool:  # noqa: FBT001
    return is_bound_to_access(site) and site.region not in BODIES


def _has_news(_site: Site, news: bool) -> bool:  # noqa: FBT001
    return news


_REGISTERED: Final = re.compile(r"\b(?:e\.\s?V\.|e\.?\s?G\.?|g?GmbH|g?UG|g?AG|KG|OHG)(?!\w)")
"""Forms that exist by standing in a register."""

_PARTS: Final = "Art. 7 Abs. 1 UAbs. 2 lit. {} Richtlinie (EU) 2016/2102"
_MODEL: Final = "Anhang, Abschnitt 1 Durchführungsbeschluss (EU) 2018/1523"

DUTIES: Final = (
    Duty(
        key="provider.name",
        imprint="§ 5 Abs. 1 Nr. 1 DDG, § 18 Abs. 1 Nr. 1 MStV",
        notice="controller",
    ),
    Duty(
        key="provider.represented_by",
        imprint="§ 5 Abs. 1 Nr. 1 DDG, § 18 Abs. 1 Nr. 2 MStV",
        applies=_is_body,
    ),
    Duty(key="provider.legal_status", notice="basis"),
    Duty(
        key="provider.street",
        imprint="§ 5 Abs. 1 Nr. 1 DDG, § 18 Abs. 1 Nr. 1 MStV",
        notice="controller",
    ),
    Duty(
        key="provider.postal_code",
        imprint="§ 5 Abs. 1 Nr. 1 DDG, § 18 Abs. 1 Nr. 1 MStV",
        notice="controller",
    ),
    Duty(
        key="provider.city",
        imprint="§ 5 Abs. 1 Nr. 1 DDG, § 18 Abs. 1 Nr. 1 MStV",
        notice="controller",
    ),
    Duty(key="provider.email", imprint="§ 5 Abs. 1 Nr. 2 DDG", notice="controller"),
    # Beside the e-mail a second quick way, and a site without forms has no other (EuGH, C-298/07).
    Duty(key="provider.phone", imprint="§ 5 Abs. 1 Nr. 2 DDG"),
    Duty(key="provider.register", imprint="§ 5 Abs. 1 Nr. 4 DDG", applies=_is_registered),
    Duty(key="provider.responsible", imprint="§ 18 Abs. 2 MStV", applies=_has_news),
    # Public bodies have one in any case (Art. 37 Abs. 1 lit. a DSGVO, § 36 Abs. 1 KDG).
    Duty(key="provider.data_protection_officer", notice="officer", applies=_is_public),
    Duty(key="provider.authority", notice="complaint"),
    Duty(key="legal_frame", notice="law"),
    Duty(key="hosting.name", notice="recipients"),
    Duty(key="hosting.country", notice="country"),
    Duty(key="hosting.log_days", notice="period"),
    Duty(key="accessibility.conformity", statement=_PARTS.format("a"), applies=_states),
    Duty(key="accessibility.barriers", statement=_PARTS.format("a"), applies=_has_barriers),
    Duty(key="accessibility.prepared_on", statement=_MODEL, applies=_states),
    Duty(key="accessibility.assessed_how", statement=_MODEL, applies=_states),
    Duty(key="accessibility.answer_days", statement=_PARTS.format("b"), applies=_states),
    Duty(key="accessibility.enforcement", statement=_PARTS.format("c"), applies=_is_land_unknown),
)
"""In the order in which the keys are declared."""


class Missing(Struct, frozen=True, kw_only=True):
    """A duty that isn't met, with all that ask for it."""

    duty: Duty
    rules: tuple[str, ...]


def missing(
    site: Site, *, news: bool, imprint: bool, notice: bool, statement: bool
) -> Iterator[Missing]:
    """Name the duties that a site doesn't meet.

    ``imprint``, ``notice`` and ``statement`` say whether these pages are made from ``site.yaml``:
    for a page that the editors wrote themselves, they are answerable.
    """
    for duty in DUTIES:
        rules: tuple[str, ...] = (duty.imprint,) if imprint and duty.imprint else ()
        rules += (duty.statement,) if statement and duty.statement else ()
        if notice and duty.notice:
            rules += _told(site, duty.notice, short=bool(rules))
        if rules and duty.applies(site, news) and _value(site, duty.key) in (None, ()):
            yield Missing(duty=duty, rules=rules)


def _told(site: Site, what: str, *, short: bool) -> tuple[str, ...]:
    """Say where the site's law asks for it; where the law isn't known, all of them, or none."""
    if site.legal_frame:
        place = LAWS[site.legal_frame].tells.get(what)
        return (place,) if place else ()
    if short:
        return ()
    return (" / ".join(law.tells[what] for law in LAWS.values() if what in law.tells),)


def _value(site: Site, key: str) -> object:
    group, _, name = key.rpartition(".")
    holder: Site | Provider | Hosting | Accessibility = site
    if group == "provider":
        holder = site.provider or Provider()
    elif group == "hosting":
        holder = site.hosting or Hosting()
    elif group == "accessibility":
        holder = site.accessibility or Accessibility()
    return getattr(holder, name)
