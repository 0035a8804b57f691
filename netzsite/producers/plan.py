"""The network → all jobs of a site, each address once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import Final

from netzsite import urls
from netzsite.network.network import Network
from netzsite.problems import Problem
from netzsite.producers import (
    actors,
    assets,
    calendar,
    emergency,
    events,
    facets,
    feeds,
    home,
    host_config,
    icons,
    legal,
    network_page,
    offers,
    pages,
    post_lists,
    posts,
    print_directory,
    redirects,
    search,
    sitemap,
    vcards,
    week,
)
from netzsite.rendering.job import Job

Producer = Callable[[Network], Iterable[Job]]

PRODUCERS: Final[tuple[Producer, ...]] = (
    home.jobs,
    actors.jobs,
    print_directory.jobs,
    offers.jobs,
    facets.jobs,
    network_page.jobs,
    post_lists.jobs,
    posts.jobs,
    events.jobs,
    week.jobs,
    search.jobs,
    pages.jobs,
    legal.jobs,
    emergency.jobs,
    feeds.jobs,
    calendar.jobs,
    vcards.jobs,
    redirects.jobs,
    assets.jobs,
    icons.jobs,
    host_config.jobs,
)


def plan(
    network: Network,
    files: Iterable[Job] = (),
    producers: tuple[Producer, ...] = PRODUCERS,
    for_hosts: Collection[str] = (),
) -> tuple[tuple[Job, ...], tuple[Problem, ...]]:
    """List all jobs in the order of their paths; two for one address are a problem.

    ``files`` are the jobs that copy static files and media; those ``for_hosts`` are meant for
    them.
    """
    made = [*files, *(job for producer in producers for job in producer(network))]
    made += sitemap.jobs(made)
    by_path: dict[str, list[Job]] = defaultdict(list)
    for job in made:
        by_path[job.path].append(job)
    problems = (*_bad(made, for_hosts), *_collisions(by_path), *_shadowed(by_path))
    return tuple(by_path[path][0] for path in sorted(by_path)), problems


def some(network: Network, paths: Iterable[str]) -> dict[str, Job]:
    """List the jobs of some paths as ``plan`` does, sooner; one that it doesn't find is left out.

    Of posts, which are many, only those pages are looked at; the sitemap, which needs all, isn't.
    """
    wanted = set(paths)
    keys = [
        key
        for key in {path.split("/")[-2] for path in wanted if "/" in path}
        if key in network.posts
    ]
    found: dict[str, Job] = {}
    others = (producer(network) for producer in PRODUCERS if producer != posts.jobs)
    for job in chain(posts.pages(network, keys), chain.from_iterable(others)):
        if job.path in wanted:
            found.setdefault(job.path, job)
        if len(found) == len(wanted):
            break
    return found


def _bad(jobs: Iterable[Job], for_hosts: Collection[str]) -> Iterator[Problem]:
    """Name addresses that no host could serve, and those that one would take for its settings."""
    for job in jobs:
        if not urls.is_address(address := job.address):
            yield Problem(code="bad-address", path=job.origin, facts={"address": address})
        elif job.origin and urls.is_reserved(address) and job.path not in for_hosts:
            yield Problem(code="reserved-address", path=job.origin, facts={"address": address})


def _collisions(by_path: dict[str, list[Job]]) -> Iterator[Problem]:
    """Name all sources of an address that has several; case doesn't tell addresses apart.

    A file system that folds case would keep only one of them.
    """
    folded: dict[str, list[Job]] = defaultdict(list)
    for path, jobs in by_path.items():
        folded[path.casefold()] += jobs
    for jobs in folded.values():
        if len(jobs) > 1:
            sources = sorted({job.origin or "netzsite" for job in jobs})
            blamed = next((job for job in jobs if job.origin), jobs[0])
            facts = {"address": jobs[0].address, "sources": ", ".join(sources)}
            yield Problem(code="address-collision", path=blamed.origin, facts=facts)


def _shadowed(by_path: dict[str, list[Job]]) -> Iterator[Problem]:
    """Name a file that lies where another output needs a folder."""
    folders = {path.rpartition("/")[0] for path in by_path}
    folders |= {above for folder in folders for above in _above(folder)}
    for path in sorted(folders & by_path.keys()):
        inside = next(jobs[0] for other, jobs in by_path.items() if other.startswith(f"{path}/"))
        sources = sorted({by_path[path][0].origin or "netzsite", inside.origin or "netzsite"})
        facts = {"address": f"/{path}", "sources": ", ".join(sources)}
        yield Problem(code="address-collision", path=inside.origin, facts=facts)


def _above(folder: str) -> Iterator[str]:
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        yield folder
