"""Writes into a graph what is told, in the way that DCAT-AP asks for.

A literal without a language is in Chinese, the language of the catalogue; English ones are
marked. So a harvester that reads one text of each gets the Chinese one, unless it asks for
English.

Each thing that is named has its class beside it, because who checks a graph against
DCAT-AP's shapes sees nothing but the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from . import vocabulary
from .records import Text
from .vocabulary import ADMS, DCATAP, SPDX, VCARD

_PREFIXES: Final = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
}


@dataclass(frozen=True)
class Catalogue:
    """The site as a catalogue.

    :param site: its address, without a slash at the end
    :param division: the area that it speaks of, with its code of GB/T 2260
    :param modified: when a dataset changed last, in ISO 8601; empty if there is none
    """

    site: str
    title: Text
    description: Text
    owner: Text
    division: Text
    division_code: str
    modified: str = ""

    @property
    def service(self) -> str:
        """The address under which the data API stands."""
        return f"{self.site}/api/gpo/v1/"

    def term(self, name: str) -> URIRef:
        """What has no page of its own: a code, a category, a kind."""
        return address(f"{self.site}/catalogue#{quote(name, safe='/-')}")


def address(text: str) -> URIRef:
    """An address that somebody has written, as RDF takes it."""
    return URIRef(quote(text, safe="%/:?#[]@!$&'()*+,;=~"))


class Writer:
    """Writes into a graph; the same thing twice is there once."""

    def __init__(self, graph: Graph, catalogue: Catalogue) -> None:
        self.graph = graph
        self.catalogue = catalogue
        for prefix, namespace in _PREFIXES.items():
            graph.bind(prefix, namespace)

    def add(self, subject: Node, predicate: URIRef, *values: Node) -> None:
        for value in values:
            self.graph.add((subject, predicate, value))

    def text(self, subject: Node, predicate: URIRef, text: Text) -> None:
        self.add(subject, predicate, Literal(text.chinese))
        if text.english and text.english != text.chinese:
            self.add(subject, predicate, Literal(text.english, lang="en"))

    def moment(self, subject: Node, predicate: URIRef, value: str) -> None:
        """A day or a moment in ISO 8601, if there is one."""
        kind = XSD.dateTime if "T" in value else XSD.date
        if value:
            self.add(subject, predicate, Literal(value, datatype=kind))

    def thing(self, node: Node, *classes: URIRef) -> Node:
        self.add(node, RDF.type, *classes)
        return node

    def concept(self, node: URIRef, label: Text, scheme: URIRef) -> URIRef:
        self.thing(node, SKOS.Concept)
        self.text(node, SKOS.prefLabel, label)
        self.add(node, SKOS.inScheme, scheme)
        return node

    def scheme(self, node: URIRef, title: Text) -> URIRef:
        self.thing(node, SKOS.ConceptScheme)
        self.text(node, DCTERMS.title, title)
        return node

    def domains(self) -> URIRef:
        """The scheme of the domains, which are themes."""
        node = URIRef(f"{self.catalogue.site}/group/")
        return self.scheme(node, Text("公开领域", "Domains of disclosure"))

    def language(self, node: URIRef) -> URIRef:
        """A language of the authority table of the EU."""
        self.thing(node, DCTERMS.LinguisticSystem)
        self.add(node, SKOS.inScheme, vocabulary.table("language"))
        return node

    def place(self, code: str) -> Node:
        """The area of a code of GB/T 2260; its name, if it is that of the catalogue."""
        place = self.thing(self.catalogue.term(f"division-{code}"), DCTERMS.Location)
        self.add(place, DCTERMS.identifier, Literal(code))
        if code == self.catalogue.division_code:
            self.text(place, RDFS.label, self.catalogue.division)
        return place

    def document(self, text: str) -> Node:
        return self.thing(address(text), FOAF.Document)
