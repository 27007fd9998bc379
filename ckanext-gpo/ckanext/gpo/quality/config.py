"""Typed access to this plugin's options."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk

from ckanext.gpo import intake

MAX_CANDIDATE_SIZE = "ckanext.gpo.quality.max_candidate_size"
MAX_UNPACKED_SIZE = "ckanext.gpo.quality.max_unpacked_size"
MAX_ROWS = "ckanext.gpo.quality.max_rows"
MAX_CHECK_TIME = "ckanext.gpo.quality.max_check_time"
MAX_CHECK_MEMORY = "ckanext.gpo.quality.max_check_memory"

MAX_TRIAL_SIZE = "ckanext.gpo.quality.max_trial_size"
MAX_TRIAL_TIME = "ckanext.gpo.quality.max_trial_time"
MAX_TRIALS = "ckanext.gpo.quality.max_trials"
MAX_CLIENT_TRIALS = "ckanext.gpo.quality.max_client_trials"

MAX_SCAN_TIME = "ckanext.gpo.quality.max_scan_time"

UPLOAD_HOURS = "ckanext.gpo.quality.upload_hours"
MAX_UPLOADS_SIZE = "ckanext.gpo.quality.max_uploads_size"

FULL_TEXT_ROWS = "ckanext.gpo.quality.full_text_rows"


def max_candidate_size() -> int:
    """The largest candidate that is taken in, in MiB."""
    return tk.config[MAX_CANDIDATE_SIZE]


def reading_limits() -> intake.Limits:
    """The most that a candidate may hold."""
    return intake.Limits(
        rows=tk.config[MAX_ROWS], unpacked=tk.config[MAX_UNPACKED_SIZE] << 20
    )


def full_text_rows() -> int:
    """Up to how many rows whole words are kept for PostgreSQL's own language for them."""
    return tk.config[FULL_TEXT_ROWS]


def max_check_time() -> int:
    """How long a check may take, in seconds."""
    return tk.config[MAX_CHECK_TIME]


def max_check_memory() -> int:
    """How much memory a check may take, in MiB."""
    return tk.config[MAX_CHECK_MEMORY]


MATCHING_UNPACKED = 512
"""MiB that a file may have when it is unpacked to see in the page which table it is of."""


def matching_limits() -> intake.Limits:
    """The most that a file may hold whose dataset is looked for."""
    unpacked = min(MATCHING_UNPACKED, tk.config[MAX_UNPACKED_SIZE])
    return intake.Limits(rows=tk.config[MAX_ROWS], unpacked=unpacked << 20)


TRIAL_GROWTH = 10
"""How many times its size a file that is tried may have when it is unpacked."""


def max_trial_size() -> int:
    """The largest file that may be tried, in MiB."""
    return tk.config[MAX_TRIAL_SIZE]


def trial_limits() -> intake.Limits:
    """The most that a file may hold that is tried."""
    unpacked = min(TRIAL_GROWTH * max_trial_size(), tk.config[MAX_UNPACKED_SIZE])
    return intake.Limits(rows=tk.config[MAX_ROWS], unpacked=unpacked << 20)


def max_trial_time() -> int:
    """How long the check of a trial may take, in seconds."""
    return tk.config[MAX_TRIAL_TIME]


def max_trials() -> int:
    """How many trials may be open at once; none at all if 0."""
    return tk.config[MAX_TRIALS]


def max_client_trials() -> int:
    """How many trials of one address may be open at once."""
    return tk.config[MAX_CLIENT_TRIALS]


def max_scan_time() -> int:
    """How long the scanner may take for one candidate, in seconds."""
    return tk.config[MAX_SCAN_TIME]


def uploads_folder() -> Path:
    """Where files lie that are not handed in yet; all web hosts share it."""
    return Path(tk.config["ckan.storage_path"], "gpo-uploads")


def upload_hours() -> int:
    """How long an upload is kept that nobody hands in."""
    return tk.config[UPLOAD_HOURS]


def max_uploads_size() -> int:
    """How much one account may have uploaded and not handed in, in MiB."""
    return tk.config[MAX_UPLOADS_SIZE]
