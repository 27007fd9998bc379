"""`errors.md`: every code that a refusal, a report or a failed harvest carries."""

from __future__ import annotations

from ckanext.gpo.harvest import failures
from ckanext.gpo.quality.report import rules, wording
from ckanext.gpo.security import codes

from docs.generate.markdown import code, table

_HEAD = """\
# Codes of errors

Codes are stable and for programs; the sentences are for people and come in the language of
the reader. Here they stand in English, with `{…}` for what an error names.
"""


def page() -> str:
    return "".join((_HEAD, _api(), _gate(), _cells(), _harvest(), _reasons()))


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


def _harvest() -> str:
    rows = [
        [code(name), *texts] for name, texts in sorted(failures.texts(_same).items())
    ]
    return (
        "\n## Failures of a harvest\n\nAt the beginning of an error of a run.\n\n"
        + (table(["code", "what happened", "how to mend it"], rows))
    )


def _reasons() -> str:
    rows = [
        [code(name), text] for name, text in sorted(failures.reasons(_same).items())
    ]
    return "\n### Reasons that such a failure names\n\n" + table(
        ["reason", "in words"], rows
    )
