"""Tells other catalogues what we publish, in the forms in which they take it.

In: published datasets as `package_show` and `package_search` answer; nothing that is not
public, and no disclosure item, which is no dataset.

Out: records of datasets (`DatasetRecord`), which are written as DCAT-AP 3
(`CatalogueProfile`, a profile of ckanext-dcat; `in_order`) and as packages of a stock CKAN
(`stock_package`).
"""

from .catalogue import DATASETS_ALONE, read_catalogue, read_dataset
from .json_ld import in_order
from .profile import CatalogueProfile
from .records import DatasetRecord
from .stock import stock_group, stock_package

__all__ = [
    "DATASETS_ALONE",
    "CatalogueProfile",
    "DatasetRecord",
    "in_order",
    "read_catalogue",
    "read_dataset",
    "stock_group",
    "stock_package",
]
