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


def gpo_catalogue_item_state(state: str) -> tuple[str, str]:
    """`(icon, word)` of a disclosure item's state."""
    return {
        "published": ("pass", tk._("Disclosed")),
        "pending": ("hold", tk._("To be disclosed")),
        "overdue": ("overdue", tk._("Overdue")),
    }.get(state, ("hold", state))


def gpo_catalogue_item_title(item: dict[str, Any]) -> str:
    """What a disclosure item is called in a list of its domain."""
    english = item.get("title_en") if tk.h.gpo_common_english() else ""
    levels = [item[level] for level in ("item_l2", "item_l3") if item.get(level)]
    return english or " / ".join(levels) or item["title"]


def gpo_catalogue_elements(item: dict[str, Any]) -> str:
    """What a disclosure item contains, as one line."""
    elements = item.get("content_elements") or []
    return elements if isinstance(elements, str) else "、".join(elements)


def gpo_catalogue_time_limit(item: dict[str, Any]) -> str:
    """The time limit of a disclosure item, in the words of the catalogue."""
    label = tk.h.gpo_common_code("time_limit", item.get("time_limit", ""))
    return label if tk.h.gpo_common_english() else item.get("time_limit_text") or label


def gpo_catalogue_publishers(item: dict[str, Any]) -> str:
    """The departments that have to disclose an item."""
    return "、".join(
        tk.h.gpo_common_department(name) for name in item.get("publishers") or []
    )


def gpo_catalogue_class_names(pkg: dict[str, Any]) -> dict[str, str]:
    """Levels of the classification of 发改高技〔2017〕1272号 by field: name and code."""
    return codes.classification(pkg, english=tk.h.gpo_common_english())


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
