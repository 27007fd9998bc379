"""What templates and scheming ask of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from . import codes, reference


def gpo_catalogue_choices(field: dict[str, Any]) -> list[dict[str, Any]]:
    """Choices of a form field that names its code list with `codes`."""
    if field["codes"] == "department":
        return reference.department_choices()
    return codes.entries(field["codes"])


def gpo_catalogue_label(name: str, value: str) -> dict[str, str]:
    """How a value of a code list reads, for `h.scheming_language_text`."""
    return codes.entry(name, value).get("label", {"en": value, "zh_Hans_CN": value})


def gpo_catalogue_is_sample_code(code: str) -> bool:
    """Whether a department's 统一社会信用代码 is made up, and has to be shown as such."""
    return code in reference.sample_codes()


@tk.chained_helper
def humanize_entity_type(
    next_helper: Callable[..., str | None],
    entity_type: str,
    object_type: str,
    purpose: str,
) -> str | None:
    """CKAN's words for a type, without the hyphen of `disclosure-item`."""
    text = next_helper(entity_type, object_type, purpose)
    return text and text.replace("Disclosure-item", tk._("Disclosure item"))
