"""Datasets of realistic Chinese metadata, made from the real titles of the judged set."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator
from typing import Any

from bench import relevance
from bench.gate_table import STREETS

DEPARTMENTS = ("czj", "scjg", "sthj", "zjj", "wglj", "yjj", "sfj", "zgfj", "swj")
DOMAINS = (
    "budget",
    "food_drug",
    "environment",
    "construction",
    "culture",
    "safety",
    "legal",
    "planning",
    "tax",
)
FREQUENCIES = ("每日", "每周", "每月", "每季度", "每年", "不定期")
FORMATS = ("CSV", "XLSX", "JSON", "XML", "PDF")
TAGS = ("许可", "处罚", "预算", "统计", "公示", "名录", "检查", "环境", "食品", "交通")
YEARS = range(2015, 2027)

FACETS = ("organization", "groups", "tags", "res_format", "extras_update_freq")


def documents(count: int, site_id: str, seed: int = 4) -> Iterator[dict[str, Any]]:
    """Documents as CKAN sends them, the same for the same seed."""
    chance = random.Random(seed)
    titles = [title.plain for title in relevance.titles()]
    for number in range(count):
        title = f"{chance.choice(STREETS)}{chance.choice(titles)}（{chance.choice(YEARS)}年）"
        others = "、".join(chance.sample(titles, 3))
        yield document(number, title, f"示例数据：{others}等信息。", chance, site_id)


def document(
    number: int, title: str, notes: str, chance: random.Random, site_id: str
) -> dict[str, Any]:
    key = str(uuid.UUID(int=number + (4 << 76) + (8 << 60)))
    formats = chance.sample(FORMATS, 2)
    changed = (
        f"{chance.choice(YEARS)}-{chance.randint(1, 12):02d}"
        f"-{chance.randint(1, 28):02d}T08:{number % 60:02d}:00Z"
    )
    fields = {
        "id": key,
        "name": f"dataset-{number}",
        "title": title,
        "notes": notes,
        "state": "active",
        "type": "dataset",
        "private": False,
        "metadata_modified": changed[:-1],
        "owner_org": None,
        "organization": None,
        "groups": [],
        "tags": [],
        "extras": [],
        "resources": [
            {
                "id": f"{key}-{form}",
                "name": f"{title}.{form}",
                "format": form,
                "url": "",
            }
            for form in formats
        ],
    }
    whole = json.dumps(fields, ensure_ascii=False)
    return {
        "index_id": f"{site_id}-{number}",
        "site_id": site_id,
        "entity_type": "package",
        "dataset_type": "dataset",
        "state": "active",
        "capacity": "public",
        "permission_labels": ["public"],
        "id": key,
        "name": fields["name"],
        "title": title,
        "title_string": title,
        "notes": notes,
        "organization": chance.choice(DEPARTMENTS),
        "groups": [chance.choice(DOMAINS)],
        "tags": chance.sample(TAGS, 3),
        "res_name": [resource["name"] for resource in fields["resources"]],
        "res_format": formats,
        "res_url": [f"http://example.com/{key}.{form.lower()}" for form in formats],
        "extras_update_freq": chance.choice(FREQUENCIES),
        "extras_table_ref": f"{chance.choice(DOMAINS)}/{number}",
        "metadata_created": changed,
        "metadata_modified": changed,
        "views_total": chance.randrange(10_000),
        "data_dict": whole,
        "validated_data_dict": whole,
    }
