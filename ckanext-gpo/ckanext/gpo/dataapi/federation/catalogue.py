"""What the site tells of itself and its datasets, read for other catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g
from flask_babel import force_locale

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common import config
from ckanext.gpo.common.tables import read_yaml

from .records import DatasetRecord, Text, read_record
from .writer import Catalogue

DATASETS_ALONE = "dataset_type:dataset"
"""What of all packages is told: disclosure items and apps are no datasets."""

_ORGANIZATION_ALONE = {
    "include_dataset_count": False,
    "include_users": False,
    "include_groups": False,
    "include_tags": False,
    "include_followers": False,
}


def read_catalogue(modified: str = "") -> Catalogue:
    """The site as a catalogue."""
    division = read_yaml("domains.yaml")["division"]
    owner = Text(config.owner(False), config.owner(True))
    return Catalogue(
        site=tk.config["ckan.site_url"].rstrip("/"),
        title=Text(config.title(False), config.title(True)),
        description=Text(
            f"{owner.chinese}各部门公开的数据集：由业务系统采集，发布前逐项检查，"
            "每个版本都可以下载、查询和比较。",
            f"Datasets of the departments of the {owner.english}: harvested from their "
            "systems, checked before publication, every version open to download, "
            "query and comparison.",
        ),
        owner=owner,
        division=Text(division["title"], division["title_en"]),
        division_code=division["code"],
        modified=modified,
    )


def last_change() -> str:
    """When a public dataset changed last; empty if there is none."""
    answer = tk.get_action("package_search")(
        {"user": ""},
        {"fq": DATASETS_ALONE, "sort": "metadata_modified desc", "rows": 1},
    )
    return next((f"{p['metadata_modified']}Z" for p in answer["results"]), "")


def read_dataset(pkg: Mapping[str, Any]) -> DatasetRecord:
    """What a dataset, as `package_show` answers, tells other catalogues."""
    return read_record(
        pkg, _department(pkg["owner_org"]), licence_title(pkg.get("license_id") or "")
    )


def _department(id_: str) -> dict[str, Any]:
    """A department; within one request each is read once."""
    departments: dict[str, Any] = g.setdefault("gpo_federation_departments", {})
    if id_ not in departments:
        departments[id_] = tk.get_action("organization_show")(
            {"user": ""}, {"id": id_, **_ORGANIZATION_ALONE}
        )
    return departments[id_]


def licence_title(id_: str) -> Text:
    """The title of a licence in both languages, whatever that of the request."""
    licence = model.Package.get_license_register().get(id_)
    if not licence:
        return Text(id_)
    with force_locale("zh_Hans_CN"):
        chinese = licence.title
    with force_locale("en"):
        return Text(chinese, licence.title)
