"""The options of the site as a whole, typed."""

from __future__ import annotations

import shlex

from limits import RateLimitItem, parse

import ckan.plugins.toolkit as tk

SCAN_COMMAND = "ckanext.gpo.common.scan_command"
_PROVEN = "ckanext.gpo.common.form_limit"
_UNPROVEN = "ckanext.gpo.common.form_limit_without_proof"


def title(english: bool) -> str:
    return tk.config["ckanext.gpo.common.title_en" if english else "ckan.site_title"]


def owner(english: bool) -> str:
    return tk.config[f"ckanext.gpo.common.owner{'_en' if english else ''}"]


def scan_command() -> list[str]:
    """The program that looks for malware, and its arguments; empty if there is none."""
    return shlex.split(tk.config[SCAN_COMMAND])


def form_limit(proven: bool) -> RateLimitItem:
    """How often one client may send a form that is open to everybody.

    :param proven: whether its browser has worked for it
    """
    return parse(tk.config[_PROVEN if proven else _UNPROVEN])


def verify() -> None:
    """Let a site with an option that cannot be read not start.

    :raises ValueError: which option
    """
    for option in (_PROVEN, _UNPROVEN):
        try:
            parse(tk.config[option])
        except ValueError as error:
            raise ValueError(f"{option}: write it as `10 per 15 minutes`") from error
