"""The parameters that several operations share. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ckanext.gpo.common.types import Translate

from .operations import Parameter

LARGEST: Final = 2**31 - 1
LANGUAGES: Final = ("zh", "en")

LONGEST_NAME: Final = 100
LONGEST_TEXT: Final = 200
LONGEST_JSON: Final = 100_000


def name(parameter: str, description: str, target: str = "") -> Parameter:
    """A name or a code in the path."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
    return Parameter(parameter, schema, description, target, is_required=True)


def text(parameter: str, description: str, target: str = "") -> Parameter:
    schema = {"type": "string", "maxLength": LONGEST_TEXT}
    return Parameter(parameter, schema, description, target)


def names(parameter: str, description: str, target: str = "") -> Parameter:
    """Names of fields with commas between: as long as the table has fields."""
    return Parameter(parameter, {"type": "string"}, description, target)


def whole(
    parameter: str, description: str, least: int, most: int, target: str = ""
) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Parameter(parameter, schema, description, target)


def choice(parameter: str, description: str, *values: str) -> Parameter:
    return Parameter(parameter, {"type": "string", "enum": list(values)}, description)


def json_text(parameter: str, description: str) -> Parameter:
    """JSON written into the address."""
    schema = {"type": "string", "maxLength": LONGEST_JSON}
    return Parameter(parameter, schema, description)


def required(parameter: Parameter) -> Parameter:
    """The same where it may not be missing."""
    return replace(parameter, is_required=True)


def dataset(_: Translate) -> Parameter:
    return name("dataset", _("Name of the dataset, as culture-culture-venues"))


def limit(
    _: Translate, most: int, usual: int, target: str = "", *, least: int = 0
) -> Parameter:
    parameter = whole("limit", _("How many at most"), least, most, target)
    return Parameter(
        parameter.name,
        {**parameter.schema, "default": usual},
        parameter.description,
        target,
    )


def offset(_: Translate, target: str = "") -> Parameter:
    description = _("How many to pass over")
    return whole("offset", description, 0, LARGEST, target)


def language(_: Translate) -> Parameter:
    description = _(
        "Language of titles and messages; without it that of the header Accept-Language"
    )
    return choice("lang", description, *LANGUAGES)


def versions(_: Translate) -> tuple[Parameter, ...]:
    """Which version of a table is asked."""
    return (
        whole(
            "version",
            _(
                "Number of an earlier version that was public; without it the present one"
            ),
            1,
            LARGEST,
        ),
        text("as_of", _("A day or a moment: the version that was public then")),
    )


def rows(_: Translate) -> tuple[Parameter, ...]:
    """Which rows of a table are asked, beside the filters of single fields."""
    return (
        text("q", _("Words that all stand somewhere in the texts of a record")),
        json_text(
            "filters",
            _(
                "Filters as JSON, for what needs and, or: {example}",
            ).format(example='{"$or": [{"year": 2026}, {"year": {"lt": 2020}}]}'),
        ),
    )
