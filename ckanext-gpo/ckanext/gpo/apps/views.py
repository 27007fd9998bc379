"""The pages of the registry, see `pages/`."""

from __future__ import annotations

from .pages.builder import gpo_apps_builder
from .pages.public import gpo_apps
from .pages.review import gpo_apps_review

__all__ = ["gpo_apps", "gpo_apps_builder", "gpo_apps_review"]
