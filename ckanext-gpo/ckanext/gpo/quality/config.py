"""Typed access to this plugin's options."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

MAX_CANDIDATE_SIZE = "ckanext.gpo.quality.max_candidate_size"
MAX_CHECK_TIME = "ckanext.gpo.quality.max_check_time"
MAX_CHECK_MEMORY = "ckanext.gpo.quality.max_check_memory"

FULL_TEXT_ROWS = "ckanext.gpo.quality.full_text_rows"


def max_candidate_size() -> int:
    """The largest candidate that is taken in, in MiB."""
    return tk.config[MAX_CANDIDATE_SIZE]


def full_text_rows() -> int:
    """Up to how many rows a table's words are kept for `datastore_search`."""
    return tk.config[FULL_TEXT_ROWS]


def max_check_time() -> int:
    """How long a check may take, in seconds."""
    return tk.config[MAX_CHECK_TIME]


def max_check_memory() -> int:
    """How much memory a check may take, in MiB."""
    return tk.config[MAX_CHECK_MEMORY]
