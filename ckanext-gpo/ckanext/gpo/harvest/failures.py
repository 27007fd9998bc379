"""What can go wrong with a source, and how to mend it.

Raised in modules that know neither CKAN nor a language: a failure carries its code and
the facts, `explain` makes the sentences in the language of the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.gpo.common.errors import GpoError, SourceError

Translate = Callable[[str], str]
Texts = dict[str, tuple[str, str]]


def same(text: str) -> str:
    """The translator that leaves the English as it is."""
    return text


class HarvestError(SourceError):
    """A table of a source cannot be had; the other tables and sources go on.

    A kind of source with codes of its own has a subclass with `texts` of its own.

    :param code: a key of the module's `texts`, or of the class's
    :param facts: what the sentences of the code name; `reason` is a key of `reasons`,
        or the words of the system itself
    """

    def __init__(self, code: str, **facts: Any) -> None:
        self.facts = facts
        message, hint = self.sentences(code, same)
        super().__init__(code, message, hint)

    @staticmethod
    def texts(_: Translate) -> Texts:
        """The codes of a kind's own, each with two sentences as in `texts`."""
        return {}

    def sentences(self, code: str, translate: Translate) -> tuple[str, str]:
        """What happened and how to mend it, filled in."""
        facts = self.facts
        message, hint = (texts(translate) | self.texts(translate))[code]
        if facts.get("reason") in reasons(translate):
            reason = reasons(translate)[facts["reason"]]
            facts = {**facts, "reason": reason.format(**facts)}
        return message.format(**facts), hint.format(**facts)


class Interrupted(Exception):  # noqa: N818 - nothing is wrong
    """The process is told to stop: the table will be read again from its start."""


def explain(error: GpoError, translate: Translate) -> str:
    """One line for an error row: code, what happened and where, how to mend it."""
    message, hint = error.message, error.hint
    if isinstance(error, HarvestError):
        message, hint = error.sentences(error.code, translate)
    return " ".join(part for part in (f"[{error.code}]", message, hint) if part)


def texts(_: Translate) -> Texts:
    """What every kind of source may raise: what happened, how to mend it."""
    return {
        "source-unknown": (
            _("No source is called {source}."),
            _("Write {source}.yaml, or delete this harvest source."),
        ),
        "source-invalid": (
            _("The source {source} breaks its contract at {place}: {reason}."),
            _("Correct {source}.yaml, see harvesters/README.md."),
        ),
        "table-unknown": (
            _("No Data Package describes the table {place}."),
            _("Describe it in dataset_schemas/, or correct the source."),
        ),
        "source-not-its-own": (
            _("The harvest source is not what the source {source} says: {reason}."),
            _("Run `ckan gpo-harvest sync-sources`."),
        ),
        "source-connection-missing": (
            _("The connection {connection} is not set or cannot be used: {reason}."),
            _("Set the option {option} and restart the consumer."),
        ),
        "source-unreachable": (
            _(
                "The system behind the connection {connection} does not answer: {reason}."
            ),
            _("See whether it runs and can be reached from here, then run again."),
        ),
        "source-token-wrong": (
            _("The system behind the connection {connection} refuses us: {reason}."),
            _("Ask for a valid token or account and set the option {option}."),
        ),
        "source-too-slow": (
            _("{place} was not read to its end within {seconds} s."),
            _("Narrow the query, or raise ckanext.gpo.harvest.table_timeout."),
        ),
        "source-column-missing": (
            _("{place} has no column {columns}. It has: {found}."),
            _("Add the column to the export, or correct the source's columns."),
        ),
        "source-file-growing": (
            _("The file {file} is still being written."),
            _("Nothing has to be done; the next run reads it."),
        ),
        "candidate-gone": (
            _("What was fetched for {place} is no longer kept."),
            _("Run the harvest source again."),
        ),
        "dataset-missing": (
            _("There is no dataset {dataset} for the table {place}."),
            _("Run `ckan gpo-catalogue seed`."),
        ),
        "dataset-withdrawn": (
            _(
                "The dataset {dataset} was withdrawn; a harvest does not publish it again."
            ),
            _("Restore a version on the page of its history, then run again."),
        ),
        "gate-refused": (
            _("The gate does not take the table {place}: {reason}."),
            _("Mend what it names, then run again."),
        ),
        "harvest-failed": (
            _("Something unforeseen happened with {place}: {reason}."),
            _("See the consumer's log; the next run tries again."),
        ),
    }


def reasons(_: Translate) -> dict[str, str]:
    """Why, where a code has more than one reason."""
    return {
        "no-value": _("no value"),
        "no-absolute-folder": _("it has to be an absolute folder"),
        "no-postgresql": _("it has to be a postgresql:// address"),
        "no-http": _("it has to be an http(s):// address"),
        "no-folder": _("there is no such folder"),
        "no-database": _("no database answers there"),
        "no-connection": _("no connection"),
        "no-answer": _("no answer in time"),
        "no-trust": _("its certificate is not trusted"),
        "broke-off": _("the connection broke off"),
        "cannot-be-sent": _("the token cannot be sent"),
        "leads-out": _("it leads out of what the connection stands for"),
        "other-host": _("it redirects to another host"),
        "circle": _("it redirects in a circle"),
        "no-json": _("it is not JSON"),
        "too-large": _("it is larger than {limit} MiB"),
        "same-page": _("the same page comes again"),
        "too-many-pages": _("there are more than {limit} pages"),
        "no-list": _("no list at items_path {path}"),
        "no-objects": _("not every row at items_path {path} is an object"),
        "no-total": _("no number at total_path {path}"),
        "other-kind": _("it is of the kind {found}, not {wanted}"),
        "other-department": _("it belongs to {found}, not {wanted}"),
    }
