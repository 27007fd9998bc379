"""The words of slips: what many values have in common, and what to do with one. Pure."""

from __future__ import annotations

from ckanext.gpo.quality.faults import Field, Slip, fixed_length

from .rules import Translate


def common(code: str, difference: int, _: Translate) -> str:
    """What the values have in common.

    :param difference: characters too many, or less than 0 too few
    """
    if code == "short":
        return _("characters missing: {count}").format(count=-difference)
    if code == "long":
        return _("characters too many: {count}").format(count=difference)
    return _commons(_).get(code, "")


def _commons(_: Translate) -> dict[str, str]:
    return {
        "spaces": _("spaces or invisible characters inside"),
        "full-width": _("full-width characters"),
        "letters": _("the letter O or I where a digit belongs"),
        "lower-case": _("small letters where capitals belong"),
        "fraction": _("“.0” behind the number"),
        "marks": _("punctuation inside"),
        "unit": _("the unit written behind the number"),
        "day-form": _("another form of date"),
        "day-month": _("day and month swapped"),
        "other-unit": _("probably in another unit, ten thousand times as large"),
        "near-word": _("a word close to one of the list"),
        "placeholder": _("a sign for “nothing” in place of a value"),
        "no-such-day": _("a day that the calendar does not have"),
        "words": _("words in place of a number"),
    }


def remedy(slip: Slip, value: str, field: Field, _: Translate) -> str:
    """What to do with one value."""
    if slip.repaired:
        return _("Perhaps “{value}” is meant.").format(value=slip.repaired)
    if slip.code == "placeholder":
        return _("Enter the value; leave the cell blank if there is none.")
    if slip.code in ("short", "long"):
        return _("Characters: {count}; there should be {length}.").format(
            count=len(value), length=fixed_length(field)
        )
    return ""
