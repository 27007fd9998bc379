"""The addresses of a dataset that answer with a file, and what they take. Pure."""

from __future__ import annotations

from typing import Final

from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.answers import reference
from ckanext.gpo.common.rest.files import FileOperation
from ckanext.gpo.common.rest.operations import Parameter, Selection
from ckanext.gpo.common.types import Translate

from .exports import ENCODINGS, FORMS, HEADERS, differences

MOST_EXPORTED: Final = 10**12


def files(_: Translate) -> list[FileOperation]:
    """The addresses with files of rows, and of what changed."""
    media_types = {form.name: form.media_type for form in FORMS.values()}
    return [
        FileOperation(
            name="record_export",
            path="datasets/{dataset}/export.{form}",
            tag="records",
            summary=_("Records of a dataset as a file, all or those that are chosen"),
            forms=media_types,
            parameters=(p.dataset(_), *export_parameters(_), *spelling_parameters(_)),
            selection=Selection.ROWS,
            schemas={"json": {"type": "array", "items": reference("Record")}},
        ),
        FileOperation(
            name="version_diff_export",
            path="datasets/{dataset}/diff.{form}",
            tag="versions",
            summary=_("What changed between two versions, as a file"),
            forms={name: media_types[name] for name in differences.FORMS},
            parameters=(p.dataset(_), *versions_compared(_)),
            schemas={"json": {"type": "array", "items": reference("Change")}},
        ),
    ]


def export_parameters(_: Translate) -> tuple[Parameter, ...]:
    """Which rows are exported, and which of their fields."""
    return (
        *p.rows(_),
        p.names("select", _("Fields to tell, with commas between"), "fields"),
        p.text("sort", _("A field to sort by, with a minus for the highest first")),
        p.whole("limit", _("How many at most"), 0, MOST_EXPORTED),
        *p.versions(_),
    )


def spelling_parameters(_: Translate) -> tuple[Parameter, ...]:
    """How texts with a line for each row are spelled."""
    return (
        p.choice("encoding", _("Of CSV and TSV: how it is encoded"), *ENCODINGS),
        p.choice(
            "header", _("Of CSV and TSV: titles of fields or their names"), *HEADERS
        ),
    )


def versions_compared(_: Translate) -> tuple[Parameter, Parameter]:
    """Which versions are compared."""
    earlier = p.whole("from", _("Number of the earlier version"), 1, p.LARGEST)
    later = p.whole("to", _("Number of the later version"), 1, p.LARGEST)
    return p.required(earlier), p.required(later)
