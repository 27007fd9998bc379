"""Terms of other vocabularies for ours: those that DCAT-AP asks for."""

from __future__ import annotations

from typing import Final

from rdflib import Namespace, URIRef

ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
IANA: Final = Namespace("https://www.iana.org/assignments/media-types/")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"

CHINESE: Final = URIRef(f"{_AUTHORITY}language/ZHO")
ENGLISH: Final = URIRef(f"{_AUTHORITY}language/ENG")
STABLE: Final = URIRef(f"{_AUTHORITY}planned-availability/STABLE")

FREQUENCIES: Final = {
    "realtime": "UPDATE_CONT",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "half_yearly": "ANNUAL_2",
    "yearly": "ANNUAL",
    "other": "OTHER",
}
"""`update_freq` → the authority table of frequencies."""

ACCESS_RIGHTS: Final = {
    "unconditional": "PUBLIC",
    "conditional": "RESTRICTED",
    "none": "NON_PUBLIC",
}
"""`open_type` → the authority table of access rights."""

THEMES: Final = {
    "planning": ("REGI", "Regions and cities"),
    "construction": ("REGI", "Regions and cities"),
    "budget": ("GOVE", "Government and public sector"),
    "tax": ("ECON", "Economy and finance"),
    "environment": ("ENVI", "Environment"),
    "food_drug": ("HEAL", "Health"),
    "safety": ("GOVE", "Government and public sector"),
    "culture": ("EDUC", "Education, culture and sport"),
    "legal": ("JUST", "Justice, legal system and public safety"),
}
"""Domain → the authority table of data themes: term and label."""

FILE_TYPES: Final = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "parquet": "PARQUET",
    "zip": "ZIP",
}
"""Format of a download → the authority table of file types."""


def authority(scheme: str, term: str) -> URIRef:
    """A term of an authority table of the EU."""
    return URIRef(f"{_AUTHORITY}{scheme}/{term}")


def table(scheme: str) -> URIRef:
    """An authority table of the EU itself."""
    return URIRef(f"{_AUTHORITY}{scheme}")
