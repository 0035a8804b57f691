"""One build as the command line asks for it: options in, messages and an exit code out."""

import gc
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from netzsite.commands.options import OK, PROBLEMS, require_content, words

if TYPE_CHECKING:
    from netzsite import Options, Report

RARELY: Final = (50_000, 20, 1_000)
"""Thresholds of the search for cyclic garbage: a build keeps nearly all that it makes, and ends."""


def run(
    root: Path, output: Path | None, *, publish: bool, verify: bool = False, watch: bool = False,
    external: bool = False, live: str | None = None, browser: bool = False,
    form: str, quiet: bool, verbose: bool,
    lang: str | None, no_cache: bool, base_url: str | None, jobs: int | None, cache: Path | None,
    strict: bool, drafts: bool, portable: bool, today: date | None,
) -> int:  # fmt: skip
    """Build a site and tell what came of it; gives the exit code."""
    from netzsite import Options, build, reporting, reporting_markdown, today_in  # noqa: PLC0415 - not for usage
    from netzsite.progress import Progress  # noqa: PLC0415

    require_content(root, lang)
    _check_address(base_url, "--base-url", lang)
    _check_address(live, "--live", lang)
    gc.set_threshold(*RARELY)
    options = Options(
        root=root,
        output=output,
        publish=publish,
        verify=verify,
        memo=not no_cache,
        jobs=jobs or 0,
        cache=cache,
        strict=strict,
        drafts=drafts,
        portable=portable,
        base_url=base_url,
        today=today or today_in(root),
    )
    if watch:
        from netzsite.commands.watching import Teller, watching  # noqa: PLC0415 - and watchdog
        from netzsite.dev.rebuild import rebuilding  # noqa: PLC0415

        teller = Teller(lang, quiet=quiet, verbose=verbose, strict=strict)
        teller.say("watching")
        watching(root, today, rebuilding(options), teller.tell)
        teller.say("ended")
        return OK
    with Progress(enabled=form == "text" and not quiet) as progress:
        made = build if publish else partial(_checked, lang, live=live, browser=browser)
        report = made(replace(options, progress=progress.step))
        if external:
            from netzsite.web.external_links import tried  # noqa: PLC0415 - asks other hosts

            report = tried(report, options, progress.step)
    said = words(lang, report.language)
    if form == "json":
        click.echo(reporting.as_json(report, said))
    elif form == "gitlab":
        click.echo(reporting.as_code_quality(report, said))
    elif form == "markdown":
        click.echo(reporting_markdown.summary(report, said, publishing=publish))
    else:
        told = reporting.problems(report, said, form, all_notices=verbose)  # type: ignore[arg-type]
        if told:
            click.echo(told, err=form == "text")
    if form == "text" and not quiet:
        if report.problems:
            click.echo("", err=True)
        click.echo(reporting.summary(report, said, strict=strict, publishing=publish))
    return OK if report.good else PROBLEMS


def _checked(lang: str | None, options: "Options", *, live: str | None, browser: bool) -> "Report":
    """Check a site: as it is built, as a host delivers it, or as a browser shows it."""
    if live:
        from netzsite.web import live_site  # noqa: PLC0415 - asks the host

        return live_site.checked(options, live.rstrip("/"))
    if browser:
        from netzsite.web import browser_check  # noqa: PLC0415 - an extra

        try:
            return browser_check.checked(options)
        except browser_check.NoBrowserError:
            raise click.UsageError(words(lang).report["usage_browser"]) from None
    from netzsite import check  # noqa: PLC0415 - not for usage

    return check(options)


def _check_address(address: str | None, option: str, lang: str | None) -> None:
    if address is None:
        return
    from netzsite.fields.types import Slip, read_base_url  # noqa: PLC0415 - all of the records

    try:
        read_base_url(address)
    except Slip:
        message = words(lang).report["usage_url"].format(value=address)
        raise click.BadParameter(message, param_hint=option) from None
