"""Fields that do not leave the government's network (standards: 共享属性).

Pure: takes them out of the dicts in which CKAN carries a dataset. Which fields they are
is written in dataset.yaml, `intranet_only`.
"""

from __future__ import annotations

import json
from typing import Any

from ckanext.gpo.common.tables import read_yaml


def fields() -> set[str]:
    """Names of the fields."""
    return {
        field["field_name"]
        for field in read_yaml("dataset.yaml")["dataset_fields"]
        if field.get("intranet_only")
    }


def remove(dataset: dict[str, Any]) -> None:
    """Take them out of a dataset, in the catalogue's schema or in CKAN's default one."""
    hidden = fields()
    for name in hidden:
        dataset.pop(name, None)
    if "extras" in dataset:
        dataset["extras"] = [e for e in dataset["extras"] if e["key"] not in hidden]


def add(dataset: dict[str, Any], stored: dict[str, Any]) -> None:
    """Put them back into a dataset that came out of the index.

    :param stored: the dataset's extras in the database
    """
    values = {name: stored[name] for name in fields() if name in stored}
    if any(extra["key"] == "fmt_class" for extra in dataset.get("extras", [])):
        remove(dataset)
        dataset["extras"] += [{"key": k, "value": v} for k, v in sorted(values.items())]
    else:
        dataset.update(values)


def remove_from_document(document: dict[str, Any]) -> None:
    """Take them out of what is about to be indexed, where every word is searchable."""
    for name in fields():
        document.pop(name, None)
        document.pop(f"extras_{name}", None)
    for key in ("data_dict", "validated_data_dict"):
        dataset = json.loads(document[key])
        remove(dataset)
        document[key] = json.dumps(dataset)
