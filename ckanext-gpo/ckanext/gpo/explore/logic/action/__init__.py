"""The API of what is explored."""

from .dossiers import (
    gpo_explore_dossier_list,
    gpo_explore_enterprise_show,
    gpo_explore_project_show,
)

__all__ = [
    "gpo_explore_dossier_list",
    "gpo_explore_enterprise_show",
    "gpo_explore_project_show",
]
