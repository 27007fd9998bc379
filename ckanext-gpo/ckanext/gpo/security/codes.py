"""The codes of refusals and errors, for programs, and what each says to people."""

from __future__ import annotations

from collections.abc import Callable


def sentence(code: str, _: Callable[[str], str]) -> str:
    """What a code says; some leave `{place}` open."""
    return sentences(_)[code]


def sentences(_: Callable[[str], str]) -> dict[str, str]:
    """Every code with what it says."""
    return {
        # what a request carries
        "character-not-allowed": _(
            "{place} holds a character that cannot be stored; remove it"
        ),
        "nesting-too-deep": _("{place} is nested too deeply"),
        "number-too-large": _(
            "{place} is a whole number of more than 64 bits; send a smaller one"
        ),
        "number-not-finite": _("{place} is not a number; send a finite one"),
        "json-invalid": _("The body cannot be read as JSON"),
        "object-required": _("The parameters must be an object of JSON"),
        "body-too-large": _("The body is too large; send it in smaller parts"),
        # what it is for
        "action-unknown": _("The API has no action of this name; see the API guide"),
        "address-unknown": _("The API has no such address"),
        "post-required": _("This action may change data; call it with POST"),
        "method-not-allowed": _("This address cannot be called with this HTTP method"),
        "bad-request": _("The request cannot be processed"),
        "too-many-requests": _("Too many requests; try again later"),
        # what came of it
        "not-authorized": _("Access denied"),
        "not-found": _("Not found"),
        "validation-failed": _("Some values are invalid"),
        "data-malformed": _("The data is malformed"),
        "parameters-invalid": _(
            "A parameter is missing, or of a wrong kind or size; see the action's help"
        ),
        "conflict": _("These parameters conflict with what is stored"),
        "search-query-invalid": _("The query cannot be read"),
        "search-failed": _("The search cannot be done"),
        "search-index-failed": _("The search index cannot be written"),
        "search-unavailable": _("The search is not available at the moment"),
        "internal-error": _(
            "The platform failed to process this; please report the reference number"
        ),
    }
