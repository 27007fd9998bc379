"""Typed access to this plugin's options."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

MAX_CANDIDATE_SIZE = "ckanext.gpo.quality.max_candidate_size"


def max_candidate_size() -> int:
    """The largest candidate that is taken in, in MiB."""
    return tk.config[MAX_CANDIDATE_SIZE]
