"""The codes of refused questions, and what each says in general. Pure."""

from __future__ import annotations

from ckanext.gpo.common.types import Translate


def sentences(_: Translate) -> dict[str, str]:
    """Code → what it says, whatever the case."""
    return {
        "parameter-unknown": _("There is no parameter of this name here"),
        "parameter-repeated": _("A parameter stands in the address twice"),
        "parameter-missing": _("A parameter is missing"),
        "parameter-unreadable": _("The value of a parameter cannot be read"),
        "field-unknown": _("The table has no field of this name"),
        "value-unreadable": _("A value does not fit its field"),
        "operator-unknown": _("There is no comparison of this name"),
        "operator-unfit": _("The comparison does not fit the field"),
        "filters-unreadable": _("The filters cannot be read"),
        "key-unfit": _("The key is not that of a record of this table"),
        "list-needed": _("A list is needed"),
        "sort-unknown": _("This cannot be sorted by"),
        "sort-too-slow": _("The table is too large to be sorted by this field"),
        "grouping-unreadable": _("The groupings cannot be read"),
        "measure-unreadable": _("The measures cannot be read"),
        "cursor-unknown": _("The place at which the page begins is none"),
        "cursor-outdated": _("The page is of a version that is not public any more"),
        "query-too-slow": _("The question takes too long"),
        "too-many-rows": _("There are too many rows for this form"),
        "too-many-exports": _("Too many exports are being written at once"),
        "version-ambiguous": _("A version is named in two ways"),
        "version-not-comparable": _("The versions cannot be compared"),
        "dataset-withdrawn": _("The dataset was withdrawn"),
    }
