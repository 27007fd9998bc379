"""The kinds of sources that this site can harvest: those whose plugins are loaded."""

from __future__ import annotations

import ckan.plugins as p

from ckanext.harvest.interfaces import IHarvester

from .kind import Kind


def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    described = (getattr(each, "kind", None) for each in _harvesters())
    return {kind.name: kind for kind in described if isinstance(kind, Kind)}


def _harvesters() -> p.PluginImplementations[IHarvester]:
    return p.PluginImplementations(IHarvester)
