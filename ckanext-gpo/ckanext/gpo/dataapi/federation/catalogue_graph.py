"""The catalogue in DCAT-AP, without its datasets."""

from __future__ import annotations

from rdflib import URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDFS

from . import vocabulary
from .records import Text
from .writer import Writer


def write_catalogue(writer: Writer, node: URIRef) -> None:
    """Write the catalogue."""
    catalogue = writer.catalogue
    writer.thing(node, DCAT.Catalog)
    writer.text(node, DCTERMS.title, catalogue.title)
    writer.text(node, DCTERMS.description, catalogue.description)
    owner = writer.thing(catalogue.term("owner"), FOAF.Agent, FOAF.Organization)
    writer.text(owner, FOAF.name, catalogue.owner)
    writer.add(node, DCTERMS.publisher, owner)
    writer.add(node, FOAF.homepage, writer.document(f"{catalogue.site}/"))
    for language in (vocabulary.CHINESE, vocabulary.ENGLISH):
        writer.add(node, DCTERMS.language, writer.language(language))
    writer.add(node, DCTERMS.spatial, writer.place(catalogue.division_code))
    writer.moment(node, DCTERMS.modified, catalogue.modified)
    themes = writer.scheme(vocabulary.table("data-theme"), Text("Data theme"))
    writer.add(node, DCAT.themeTaxonomy, writer.domains(), themes)
    writer.add(node, DCAT.service, _service(writer))


def _service(writer: Writer) -> URIRef:
    service = URIRef(writer.catalogue.service)
    writer.thing(service, DCAT.DataService, RDFS.Resource)
    writer.text(service, DCTERMS.title, Text("数据接口", "Data API"))
    writer.add(service, DCAT.endpointURL, service)
    document = writer.thing(URIRef(f"{service}openapi.json"), RDFS.Resource)
    writer.add(service, DCAT.endpointDescription, document)
    return service
