"""Tells other catalogues what we publish, in the forms in which they take it.

In: published datasets as `package_show` and `package_search` answer; nothing that is not
public, and no disclosure item, which is no dataset.

Out: records of datasets (`DatasetRecord`), which are written as DCAT-AP 3
(`CatalogueProfile`, a profile of ckanext-dcat; `in_order`), as packages of a stock CKAN
(`stock_package`), as DCAT-US (`data_json`) and for search engines (`dataset_json_ld`); and
the map of the site (`sitemap`, `sitemap_index`).
"""

from .catalogue import DATASETS_ALONE, read_catalogue, read_dataset
from .dcat_us import data_json
from .json_ld import in_order
from .profile import CatalogueProfile
from .records import DatasetRecord
from .schema_org import dataset_json_ld
from .sitemap import PAGES_PER_FILE, Page, sitemap, sitemap_index
from .stock import stock_group, stock_package
from .withdrawals import changed_since, withdrawals

__all__ = [
    "DATASETS_ALONE",
    "CatalogueProfile",
    "PAGES_PER_FILE",
    "DatasetRecord",
    "Page",
    "changed_since",
    "data_json",
    "dataset_json_ld",
    "in_order",
    "read_catalogue",
    "read_dataset",
    "sitemap",
    "sitemap_index",
    "stock_group",
    "stock_package",
    "withdrawals",
]
