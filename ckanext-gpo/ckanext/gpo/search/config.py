"""The options of gpo_search."""

from __future__ import annotations

from pathlib import Path

import yaml

import ckan.plugins.toolkit as tk
from ckan.config.declaration import Declaration, Key
from ckan.exceptions import CkanConfigurationException

ADDRESS = "embedded:gpo_search"
"""Stands where CKAN wants the address of Solr."""

DECLARATION = Path(__file__).with_name("config_declaration.yaml")
INDEX_PATH = "ckanext.gpo.search.index_path"


def index_path() -> Path:
    """The folder of the index; without an option of its own a part of the storage.

    :raises CkanConfigurationException: the site has neither
    """
    path = tk.config[INDEX_PATH]
    if path:
        return Path(path)
    storage = tk.config["ckan.storage_path"]
    if not storage:
        raise CkanConfigurationException(
            f"The search index needs {INDEX_PATH} or ckan.storage_path"
        )
    return Path(storage) / "search-index"


def declare(declaration: Declaration, key: Key) -> None:
    """Declare our option, and that `solr_url` need not be given: CKAN requires it."""
    declaration.load_dict(yaml.safe_load(DECLARATION.read_text("utf-8")))
    declaration[key.solr_url].set_default(ADDRESS)
