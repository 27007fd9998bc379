"""The fields that datasets are narrowed by: in the search, in its address, in feeds."""

from __future__ import annotations

FACETS = (
    "groups",
    "organization",
    "update_freq",
    "data_kind",
    "res_format",
    "tags",
    "year",
)
"""Names of the fields in the index, in the order in which pages show them."""
