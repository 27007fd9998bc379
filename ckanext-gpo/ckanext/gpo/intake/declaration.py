"""What is declared about the files of a table, so that nothing has to be guessed.

Stands in the Data Package under `gpo:intake`, or in a source's YAML, which goes before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Declaration:
    """How the files of one table are made.

    - `columns`: field name → label above its column, where it is neither the field's name,
      nor its title, nor one of its synonyms (`gpo:synonyms` of the field); levels of a header
      are joined by `/`; an empty label means the column without one
    - `codes`: field name → cell → what it stands for
    - `sheet`: its name, where the one that fits is not to be looked for
    - `path`: where the records are in JSON or XML, e.g. `data/rows`
    - `archive_member`: pattern of the one file in an archive of several
    - `allow`: codes of steps that can change a value, and that this table consents to
    - `units`: label of a unit in the files → factor to the schema's, e.g. `元: 0.0001`
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    codes: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    sheet: str = ""
    path: str = ""
    archive_member: str = ""
    allow: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict[str, str])
