"""Which dataset a file may be of: what its columns say, for the clerk to confirm."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ckanext.gpo import intake
from ckanext.gpo.common.tables import table
from ckanext.gpo.common.types import Translate
from ckanext.gpo.common.web import names

from .store import Upload

MOST_MATCHES = 3
"""Matches of a file that a page lists: the best."""

LISTED = 8
"""Columns that a sentence names; of the others it says how many there are."""


@dataclass(frozen=True)
class Match:
    """A dataset that a file may be of, and why, in words."""

    dataset: str
    title: str
    organization: str
    share: float
    why: list[str]


@dataclass(frozen=True)
class Choice:
    """One file: the datasets that it may be of, the best first.

    - `proposal`: the one that is clearly the best; empty if the clerk must say
    - `trouble`: why it could not be read, in words; empty if it could
    """

    upload: Upload
    matches: list[Match]
    proposal: str
    trouble: str


def choose(
    upload: Upload,
    targets: Sequence[dict[str, Any]],
    limits: intake.Limits,
    _: Translate,
    *,
    english: bool,
) -> Choice:
    """The datasets that a file may be of.

    :param targets: see `gpo_quality_target_list`
    """
    tables = {target["table_ref"]: table(target["table_ref"]) for target in targets}
    with tempfile.TemporaryDirectory(prefix="gpo-match-") as folder:
        try:
            matches = intake.recognize(
                upload.path, tables.values(), Path(folder), limits
            )
        except intake.IntakeError as err:
            return Choice(upload, [], "", _trouble(err, _))
    by_ref = {target["table_ref"]: target for target in targets}
    best = [
        _match(match, by_ref[match.table.ref], _, english=english)
        for match in matches[:MOST_MATCHES]
    ]
    is_clear = len(matches) == 1 or (
        len(matches) > 1 and matches[0].rank > matches[1].rank
    )
    return Choice(upload, best, best[0].dataset if is_clear else "", "")


def _match(
    match: intake.TableMatch, target: dict[str, Any], _: Translate, *, english: bool
) -> Match:
    missing = [
        names.column(match.table.ref, name, english, name) for name in match.missing
    ]
    count = len(match.present) + len(match.missing)
    why = [
        _("It names all {count} fields.").format(count=count)
        if not match.missing
        else _(
            "It names {known} of {count} fields; there is no column for {missing}."
        ).format(known=len(match.present), count=count, missing=_listed(missing, _))
    ]
    if match.others:
        why.append(
            _("The table has no field for its columns {labels}.").format(
                labels=_listed(match.others, _)
            )
        )
    return Match(
        target["dataset"], target["title"], target["organization"], match.share, why
    )


def _listed(labels: Sequence[str], _: Translate) -> str:
    first = _(", ").join(labels[:LISTED])
    if len(labels) <= LISTED:
        return first
    return _("{labels} and {count} more").format(
        labels=first, count=len(labels) - LISTED
    )


def _trouble(err: intake.IntakeError, _: Translate) -> str:
    words = intake.words(err.code, err.facts, _)
    return f"{words.meaning} {words.remedy}".strip()
