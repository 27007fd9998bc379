"""The options of the registry, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

MAX_SCAN_TIME = "ckanext.gpo.apps.max_scan_time"


def reviewing_department() -> str:
    """Name of the department whose staff reviews apps; empty: sysadmins only."""
    return tk.config["ckanext.gpo.apps.reviewing_department"]


def forbidden_words() -> str:
    """Path of an administrator's list of words; empty for none."""
    return tk.config["ckanext.gpo.apps.forbidden_words"]


def private_links() -> bool:
    """Whether links may lead to this machine and its network, and without TLS."""
    return tk.config["ckanext.gpo.apps.private_links"]


def max_package_size() -> int:
    """The largest file that an app offers, in MiB."""
    return tk.config["ckanext.gpo.apps.max_package_size"]


def max_scan_time() -> int:
    """How long the scanner may take for one file, in seconds; the builder waits for it."""
    return tk.config[MAX_SCAN_TIME]


def max_open() -> int:
    """How many registrations of one account may be under way at once."""
    return tk.config["ckanext.gpo.apps.max_open"]


def warning_days() -> int:
    """After how many days a dead link is shown as one."""
    return tk.config["ckanext.gpo.apps.warning_days"]


def hiding_days() -> int:
    """After how many days an app with a dead link is hidden."""
    return tk.config["ckanext.gpo.apps.hiding_days"]
