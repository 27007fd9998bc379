"""Where the pages of single rows are."""

from __future__ import annotations

from ckanext.gpo.common import dossiers

RECORD = "gpo_explore.record"
DOSSIERS = {
    dossiers.PROJECT: "gpo_explore.project",
    dossiers.ENTERPRISE: "gpo_explore.enterprise",
}
