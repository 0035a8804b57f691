"""A call that can't be understood → what is wrong with it, and how it is called, in plain words."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import click

from netzsite.catalogue import Catalogue, languages
from netzsite.commands.options import words
from netzsite.text import nearest, visible

_QUOTED: Final = re.compile(r"'(.*)' is not one of ", re.DOTALL)
"""How click says which word isn't one of a choice; it keeps it nowhere else."""
_OVER: Final = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def spoken(arguments: Sequence[str]) -> Catalogue:
    """Give the words to speak with a caller whose call was not understood."""
    asked = re.search(r"(?:^|\s)--lang[= ](\S+)", " ".join(arguments))
    return words(asked[1] if asked and asked[1] in languages() else None)


def text(error: click.ClickException, said: Catalogue) -> str:
    """Say what is wrong with a call, how it is called, and where there is more."""
    lines = [sentence(error, said)]
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        call = (context.command_path, *context.command.collect_usage_pieces(context))
        lines.append(said.report["usage_call"].format(call=" ".join(call)))
        lines.append(said.report["usage_help"].format(command=context.command_path))
    return "\n".join(lines)


def sentence(error: click.ClickException, said: Catalogue) -> str:  # noqa: PLR0911 - one a kind
    """Say in a sentence or two what is wrong with a call."""
    report = said.report
    match error:
        case click.NoSuchCommand(command_name=name):
            return _unknown("usage_command", name, _commands(error.ctx), said)
        case click.NoSuchOption(option_name=name):
            known = [option for option in _options(error.ctx) if option.startswith("--")]
            return _unknown("usage_option", name, known, said, listed=False)
        case click.MissingParameter():
            return _with_choice(report["usage_missing"].format(what=_what(error)), error, said)
        case click.BadParameter(message=message) if hit := _QUOTED.match(message):
            sentence = report["usage_choice"].format(what=_what(error), value=visible(hit[1]))
            return _with_choice(sentence, error, said, hit[1])
        case click.BadParameter():
            return report["usage_value"].format(what=_what(error), cause=_cause(error, said))
        case click.BadOptionUsage(option_name=name):
            return report["usage_empty"].format(name=name)
        case click.BadArgumentUsage(message=message) | click.UsageError(message=message):
            hit = _OVER.match(message)
            return report["usage_extra"].format(value=visible(hit[1])) if hit else message
    return error.format_message()


def _unknown(
    sentence: str, name: str, known: Iterable[str], said: Catalogue, *, listed: bool = True
) -> str:
    parts = [said.report[sentence].format(name=visible(name))]
    guess = nearest(name, known)
    if guess:
        parts.append(said.report["new_meant"].format(guess=guess))
    elif listed:
        parts.append(said.report["usage_choices"].format(choices=", ".join(known)))
    return " ".join(parts)


def _with_choice(sentence: str, error: click.BadParameter, said: Catalogue, value: str = "") -> str:
    """Add what is possible, and what was probably meant: also by the name of a kind."""
    kind = error.param.type if error.param else None
    if not isinstance(kind, click.Choice):
        return sentence
    named = {said.kinds[word]["name"]: word for word in kind.choices if word in said.kinds}
    guess = nearest(value, kind.choices) or named.get(nearest(value, named) or "") if value else ""
    listed = ", ".join(
        f"{word} ({said.kinds[word]['name']})" if word in said.kinds else word
        for word in kind.choices
    )
    parts = [sentence]
    if guess:
        parts.append(said.report["new_meant"].format(guess=guess))
    return " ".join((*parts, said.report["usage_choices"].format(choices=listed)))


def _cause(error: click.BadParameter, said: Catalogue) -> str:
    """Say why a value is refused; what only the system can say stays as it is."""
    match error.param.type if error.param else None:
        case click.IntRange(min=least, max=most):
            limits = {"least": least, "most": "…" if most is None else most}
            return said.report["usage_number"].format(**limits)
        case click.Path():
            return said.report["usage_folder"]
    return visible(error.message)


def _what(error: click.BadParameter) -> str:
    """Name the part of a call that is wrong or missing, as it is written there."""
    if error.param_hint:
        return error.param_hint if isinstance(error.param_hint, str) else error.param_hint[0]
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.human_readable_name if error.param else ""


def _options(context: click.Context | None) -> list[str]:
    found = context.command.get_params(context) if context else ()
    return [name for one in found if isinstance(one, click.Option) for name in one.opts]


def _commands(context: click.Context | None) -> list[str]:
    group = context.command if context else None
    return group.list_commands(context) if context and isinstance(group, click.Group) else []
