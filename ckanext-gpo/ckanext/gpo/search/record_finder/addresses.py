"""The pages that a record leads to: its own, and those of what it is about."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.row_pages import dossier_link, record_address

__all__ = ["record_address", "subject_address"]


def subject_address(kind: str, code: str) -> str:
    """The dossier of a project or an enterprise; empty for what is no code of one.

    In the language of the present request.
    """
    link = dossier_link(kind, code)
    return tk.url_for(link.endpoint, **link.arguments) if link else ""
