"""`errors.md`: every code that a refusal, a report or a failed harvest carries."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ckanext.gpo.common import errors
from ckanext.gpo.harvest import failures
from ckanext.gpo.harvest.kind import Kind
from ckanext.gpo.intake.codes import ALL_CODES
from ckanext.gpo.intake.kinds.words import all_words as words_of_kinds
from ckanext.gpo.intake.words import all_words as words_of_layout
from ckanext.gpo.quality.report import rules, wording
from ckanext.gpo.security import codes

from docs.generate import tree
from docs.generate.markdown import code, table
from docs.generate.reference.plugins import plugins

_HEAD = """\
# Codes of errors

Codes are stable and for programs; the sentences are for people and come in the language of
the reader. Here they stand in English, with `{…}` for what an error names.
"""


def page() -> str:
    told = "".join(
        (_HEAD, _api(), _gate(), _cells(), _reading(), _harvest(), _reasons())
    )
    return told + _inside(told)


def _same(text: str) -> str:
    return text


def _api() -> str:
    rows = [[code(name), text] for name, text in sorted(codes.sentences(_same).items())]
    return "\n## Refusals of the API\n\n`error.code` of an answer.\n\n" + table(
        ["code", "what it says"], rows
    )


def _gate() -> str:
    rows = [
        [code(rule), *texts] for rule, texts in sorted(rules.all_words(_same).items())
    ]
    rows += [
        [code(rule), title, "what the schema says of the column", "by the value"]
        for rule, title in sorted(wording.titles(_same).items())
    ]
    return (
        "\n## Faults that the gate finds\n\n`rule` in the report of a version.\n\n"
        + (table(["rule", "what is wrong", "what is expected", "how to mend it"], rows))
    )


def _cells() -> str:
    rows = [[code(name), text] for name, text in sorted(wording.codes(_same).items())]
    return (
        "\n## Codes that national standards define\n\n"
        "`note` of a fault of the rule `code-error`.\n\n"
        + table(["note", "what is expected"], rows)
    )


def _reading() -> str:
    told = words_of_kinds(_same) | words_of_layout(_same)
    rows = [
        [code(name), _decision(name), *texts] for name, texts in sorted(told.items())
    ]
    return (
        "\n## What reading a file does and finds\n\n"
        "`rule` or `code` of a step in the report of a version. A `step` is done, a"
        " `finding` holds the file, `consent` is a step where the table allows it"
        " (`gpo:intake`) and a finding elsewhere; what is `refused` cannot be read.\n\n"
        + table(["code", "what it is", "title", "what it says", "how to mend it"], rows)
    )


def _decision(name: str) -> str:
    return ALL_CODES[name].decision.value if name in ALL_CODES else "refused"


def _harvest() -> str:
    rows = [
        [code(name), kind, *texts] for name, (kind, texts) in sorted(failed().items())
    ]
    return (
        "\n## Failures of a harvest\n\nAt the beginning of an error of a run.\n\n"
        + (table(["code", "kind", "what happened", "how to mend it"], rows))
    )


def failed() -> dict[str, tuple[str, tuple[str, str]]]:
    """Every code of a harvest, with the kind of source whose own it is, and its texts."""
    told = {name: ("every", texts) for name, texts in failures.texts(_same).items()}
    for _, entry in plugins():
        kind = getattr(entry.load(), "kind", None)
        if isinstance(kind, Kind):
            own = kind.error.texts(_same)
            told |= {name: (kind.name, texts) for name, texts in own.items()}
    return told


def _reasons() -> str:
    rows = [
        [code(name), text] for name, text in sorted(failures.reasons(_same).items())
    ]
    return "\n### Reasons that such a failure names\n\n" + table(
        ["reason", "in words"], rows
    )


def _inside(told: str) -> str:
    """What else the rooms raise, in the words of the code."""
    rows = [
        [code(name), text, module]
        for name, text, module in sorted(set(_raised()))
        if code(name) not in told
    ]
    return (
        "\n## Errors inside the platform\n\n"
        "Found in logs and in the output of commands; actions answer in their own words.\n\n"
        + table(["code", "what happened", "where it comes from"], rows)
    )


def _raised() -> Iterator[tuple[str, str, str]]:
    """Code, message and module of every error that is made with a code of its own."""
    for part in tree.PARTS:
        for path in tree.modules(part):
            for node in ast.walk(tree.parsed(path)):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                made = ast.unparse(node.func)
                name = node.args[0]
                if made in _CLASSES and isinstance(name, ast.Constant):
                    yield name.value, _message(node), tree.short_name(path)


_CLASSES = {name for name, each in vars(errors).items() if isinstance(each, type)} | {
    "IllegalTransition"
}


def _message(call: ast.Call) -> str:
    """The text of an error with {…} for what it names."""
    text = call.args[1] if len(call.args) > 1 else None
    if isinstance(text, ast.Constant):
        return str(text.value)
    if isinstance(text, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else f"{{{_name(part)}}}"
            for part in text.values
        )
    return ""


def _name(value: ast.expr) -> str:
    return ast.unparse(value.value) if isinstance(value, ast.FormattedValue) else ""
