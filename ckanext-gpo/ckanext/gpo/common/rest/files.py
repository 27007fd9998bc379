"""What an address of the REST API is that answers with a file, as data. Pure.

The view is a room's own; this describes it to programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .operations import Parameter, Schema, Selection


@dataclass(frozen=True)
class FileOperation:
    """One address with a file in several forms.

    :param path: below `operations.BASE`; its place `form` is the ending of the file
    :param forms: form → media type
    :param parameters: of places and of those behind the question mark, without `form`
    :param schemas: form → what a file of JSON holds
    """

    name: str
    path: str
    tag: str
    summary: str
    forms: Mapping[str, str]
    parameters: tuple[Parameter, ...] = ()
    selection: Selection = Selection.NONE
    schemas: Mapping[str, Schema] = field(default_factory=dict[str, Schema])
