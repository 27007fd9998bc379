"""What is done for downloads in the background."""

from __future__ import annotations

from ckan import model
from ckan.lib import search


def index(dataset: str) -> None:
    """Index a dataset again, if it is still there."""
    if model.Package.get(dataset):
        search.rebuild(dataset)
