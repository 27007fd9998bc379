"""The licences that the platform uses; CKAN's register names fourteen more."""

from __future__ import annotations

from typing import Any, Final

from ckan import model

USED: Final = ("cc-by", "other-at")
"""CC BY for what departments publish; attribution as its source asks for real data."""


def restrict_register() -> None:
    """Leave in CKAN's register, which forms and the API read, what the platform uses."""
    register = model.Package.get_license_register()
    register.licenses = [licence for licence in register.values() if licence.id in USED]


def for_reader(dataset: dict[str, Any]) -> None:
    """Call the licence by its title in the reader's language.

    CKAN shows the dataset as the index has it: in that of whoever wrote it there.
    """
    licence = model.Package.get_license_register().get(dataset.get("license_id") or "")
    if licence:
        dataset["license_title"] = licence.title


def for_readers(search_results: dict[str, Any]) -> dict[str, Any]:
    """The answer of a search with the licence of each dataset as `for_reader` calls it."""
    for dataset in search_results["results"]:
        for_reader(dataset)
    return search_results
