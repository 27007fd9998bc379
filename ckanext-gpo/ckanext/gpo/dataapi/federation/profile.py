"""The profile by which ckanext-dcat writes our datasets and the catalogue."""

from __future__ import annotations

from typing import Any

from ckanext.dcat.profiles import RDFProfile

from .catalogue import last_change, read_catalogue, read_dataset
from .catalogue_graph import write_catalogue
from .dataset_graph import write_dataset
from .writer import Writer


class CatalogueProfile(RDFProfile):
    """DCAT-AP 3 with every field of 1272号 that is public."""

    def graph_from_dataset(self, dataset_dict: Any, dataset_ref: Any) -> None:
        writer = Writer(self.g, read_catalogue())
        write_dataset(writer, dataset_ref, read_dataset(dataset_dict))

    def graph_from_catalog(self, catalog_dict: Any, catalog_ref: Any) -> None:
        write_catalogue(Writer(self.g, read_catalogue(last_change())), catalog_ref)
