"""What other catalogues are told of a dataset, whichever form they read it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import read_yaml, table
from ckanext.gpo.common.web import names


@dataclass(frozen=True)
class Text:
    """A text in Chinese, and in English where there is one."""

    chinese: str
    english: str = ""

    def read(self, english: bool) -> str:
        """The text in a reader's language."""
        return (self.english if english else "") or self.chinese


@dataclass(frozen=True)
class Contact:
    """Who answers questions about a dataset: a post, never a person."""

    name: Text
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Publisher:
    """A department.

    :param code: its unified social credit code (1272号, item 5)
    :param unit: the office inside it, if that is told
    """

    id: str
    name: str
    title: Text
    code: str
    unit: str


@dataclass(frozen=True)
class Domain:
    """A domain of disclosure (领域)."""

    name: str
    title: Text


@dataclass(frozen=True)
class Licence:
    """What users may do with the data; `url` may be empty."""

    id: str
    title: Text
    url: str


@dataclass(frozen=True)
class File:
    """One file of the published version."""

    kind: str
    url: str
    size: int
    sha256: str


@dataclass(frozen=True)
class DatasetRecord:
    """A published dataset: what 1272号 asks for but item 9, and what stands beside it.

    :param category: 类, 项, 目 and 细目 as one number (item 1)
    :param values: fields whose values are codes of codes.yaml, or plain texts
    :param items: the information items in words (item 8)
    """

    id: str
    name: str
    title: Text
    notes: Text
    code: str
    category: str
    domains: tuple[Domain, ...]
    publisher: Publisher
    contact: Contact
    licence: Licence
    keywords: tuple[str, ...]
    related_codes: tuple[str, ...]
    values: Mapping[str, str]
    items: tuple[str, ...]
    files: tuple[File, ...]
    created: str
    modified: str

    def label(self, field: str) -> Text:
        """The words of a field whose value is a code; empty if it has none."""
        value = self.values.get(field, "")
        for code in read_yaml("codes.yaml")[field]:
            if code["value"] == value:
                return Text(code["label"]["zh_Hans_CN"], code["label"]["en"])
        return Text(value)

    @property
    def origin(self) -> str:
        """Where the data comes from, and in which format it is kept there (item 7)."""
        kind, form = self.label("fmt_class").chinese, self.label("fmt_type").chinese
        note = self.values["fmt_note"]
        storage = f"信息资源格式：{kind}（{note or form}）" if kind else ""
        source = self.values["provenance"]
        return "；".join(filter(None, (source, storage)))

    @property
    def is_of_a_time(self) -> bool:
        """Whether the time that the data covers is told."""
        return bool(self.values["temporal_start"] or self.values["temporal_end"])


CODED = ("fmt_class", "fmt_type", "is_open", "open_type", "update_freq", "data_kind")
PLAIN = (
    *("fmt_note", "open_condition", "provenance", "division_code", "url", "issued"),
    *("temporal_start", "temporal_end", "table_ref"),
)
CATEGORY = ("cat_lei", "cat_xiang", "cat_mu", "cat_ximu")


def read_record(
    pkg: Mapping[str, Any], department: Mapping[str, Any], licence: Text
) -> DatasetRecord:
    """What a dataset, as `package_show` answers, tells other catalogues.

    :param department: the one that owns it, as `organization_show` answers
    :param licence: the title of its licence
    """
    title = Text(pkg["title"], pkg.get("title_en") or "")
    resources = pkg.get("resources", [])
    return DatasetRecord(
        id=pkg["id"],
        name=pkg["name"],
        title=title,
        notes=Text(pkg.get("notes") or title.chinese, pkg.get("notes_en") or ""),
        code=pkg.get("res_code") or "",
        category="".join(pkg.get(field) or "" for field in CATEGORY),
        domains=tuple(map(_domain, pkg.get("groups", []))),
        publisher=_publisher(pkg, department),
        contact=_contact(pkg, department),
        licence=Licence(
            pkg.get("license_id") or "",
            licence,
            pkg.get("license_url") or "",
        ),
        keywords=tuple(tag["name"] for tag in pkg.get("tags", [])),
        related_codes=tuple(pkg.get("related_codes") or ()),
        values={field: pkg.get(field) or "" for field in (*CODED, *PLAIN)},
        items=tuple(item for each in resources for item in _items(pkg, each)),
        files=tuple(file for each in resources for file in _files(each)),
        created=pkg["metadata_created"] + "Z",  # CKAN's own columns are naive UTC
        modified=pkg["metadata_modified"] + "Z",
    )


def _domain(group: Mapping[str, Any]) -> Domain:
    name = group["name"]
    title = group.get("title") or group.get("display_name") or name
    return Domain(name, Text(title, names.domain(name, True, title)))


def _publisher(pkg: Mapping[str, Any], department: Mapping[str, Any]) -> Publisher:
    name, title = department["name"], department["title"]
    return Publisher(
        id=department["id"],
        name=name,
        title=Text(title, names.department(name, True, title)),
        code=pkg.get("provider_code") or department.get("uscc") or "",
        unit=pkg.get("provider_unit") or "",
    )


def _contact(pkg: Mapping[str, Any], department: Mapping[str, Any]) -> Contact:
    title = department["title"]
    own = pkg.get("contact_name")
    english = "" if own else names.department(department["name"], True, title)
    return Contact(
        name=Text(own or title, english),
        email=pkg.get("contact_email") or department.get("email") or "",
        phone=pkg.get("contact_phone") or department.get("phone") or "",
    )


def _items(pkg: Mapping[str, Any], resource: Mapping[str, Any]) -> list[str]:
    """Each information item as 名称（英文名，类型和长度）."""
    items: Mapping[str, Mapping[str, Any]] = resource.get("info_items") or {}
    return [
        f"{item.get('title') or name}（{name}，{item.get('data_type', '')}"
        f"{item.get('length') or ''}）"
        for name, item in items.items()
    ] or _table_items(pkg.get("table_ref") or "")


def _table_items(ref: str) -> list[str]:
    try:
        fields = table(ref).fields
    except UnknownTable:
        return []
    return [f"{field['title']}（{field['name']}）" for field in fields]


def _files(resource: Mapping[str, Any]) -> list[File]:
    downloads: Mapping[str, Mapping[str, Any]] = resource.get("downloads") or {}
    return [
        File(kind, file["url"], int(file["size"]), file["sha256"])
        for kind, file in downloads.items()
    ]
