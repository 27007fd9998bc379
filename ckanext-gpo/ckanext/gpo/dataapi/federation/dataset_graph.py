"""A dataset in DCAT-AP."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDFS, SKOS
from rdflib.term import Node

from . import vocabulary
from .file_graph import write_file
from .records import DatasetRecord, Domain, Text
from .vocabulary import ADMS, VCARD
from .writer import Writer


def write_dataset(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    """Write a dataset with its files."""
    writer.thing(node, DCAT.Dataset)
    writer.text(node, DCTERMS.title, record.title)
    writer.text(node, DCTERMS.description, record.notes)
    writer.add(node, DCAT.keyword, *map(Literal, record.keywords))
    writer.moment(node, DCTERMS.issued, record.values["issued"])
    writer.moment(node, DCTERMS.modified, record.modified)
    writer.add(node, DCTERMS.language, writer.language(vocabulary.CHINESE))
    _codes(writer, node, record)
    writer.add(node, DCAT.theme, *_themes(writer, record))
    _people(writer, node, record)
    _openness(writer, node, record)
    _origin(writer, node, record)
    _extent(writer, node, record)
    _documents(writer, node, record)
    for file in record.files:
        distribution = write_file(writer, record, file)
        writer.add(node, DCAT.distribution, distribution)
    if record.files:
        service = URIRef(writer.catalogue.service)
        writer.add(service, DCAT.servesDataset, node)


def _codes(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    """Its code, and those of related ones: the same code is the same node."""
    if record.code:
        writer.add(node, DCTERMS.identifier, Literal(record.code))
        identifier = writer.thing(writer.catalogue.term(record.code), ADMS.Identifier)
        writer.add(identifier, SKOS.notation, Literal(record.code))
        writer.add(node, ADMS.identifier, identifier)
    for code in record.related_codes:
        writer.add(node, DCTERMS.relation, writer.catalogue.term(code))


def _themes(writer: Writer, record: DatasetRecord) -> Iterator[URIRef]:
    if category := record.category:
        scheme = writer.scheme(
            writer.catalogue.term("categories"),
            Text("政务信息资源分类", "Categories of government resources"),
        )
        theme = writer.catalogue.term(category)
        writer.add(theme, SKOS.notation, Literal(category))
        yield writer.concept(theme, Text(category), scheme)
    for domain in record.domains:
        yield from _domain(writer, domain)


def _domain(writer: Writer, domain: Domain) -> Iterator[URIRef]:
    own = URIRef(f"{writer.catalogue.site}/domain/{domain.name}")
    yield writer.concept(own, domain.title, writer.domains())
    if domain.name in vocabulary.THEMES:
        term, label = vocabulary.THEMES[domain.name]
        yield _term(writer, "data-theme", term, Text(label))


def _term(writer: Writer, scheme: str, term: str, label: Text) -> URIRef:
    """A term of an authority table of the EU."""
    node = vocabulary.authority(scheme, term)
    return writer.concept(node, label, vocabulary.table(scheme))


def _people(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    publisher = _publisher(writer, record)
    writer.add(node, DCTERMS.publisher, publisher)
    if unit := record.publisher.unit:
        agent = writer.thing(BNode(), FOAF.Agent, FOAF.Organization)
        name = f"{record.publisher.title.chinese}{unit}"
        writer.add(agent, FOAF.name, Literal(name))
        writer.add(node, DCTERMS.creator, agent)
    contact = writer.thing(BNode(), VCARD.Kind, VCARD.Organization)
    writer.text(contact, VCARD.fn, record.contact.name)
    if email := record.contact.email:
        writer.add(contact, VCARD.hasEmail, URIRef(f"mailto:{quote(email, '@+')}"))
    if phone := record.contact.phone:
        writer.add(contact, VCARD.hasTelephone, URIRef(f"tel:{quote(phone, '+')}"))
    writer.add(node, DCAT.contactPoint, contact)


def _publisher(writer: Writer, record: DatasetRecord) -> Node:
    site, publisher = writer.catalogue.site, record.publisher
    node = URIRef(f"{site}/organization/{publisher.id}")
    writer.thing(node, FOAF.Agent, FOAF.Organization)
    writer.text(node, FOAF.name, publisher.title)
    if publisher.code:
        writer.add(node, DCTERMS.identifier, Literal(publisher.code))
    homepage = writer.document(f"{site}/organization/{publisher.name}")
    writer.add(node, FOAF.homepage, homepage)
    return node


def _openness(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    """How often it is published, and for whom."""
    if frequency := vocabulary.FREQUENCIES.get(record.values["update_freq"]):
        label = record.label("update_freq")
        term = _term(writer, "frequency", frequency, label)
        writer.thing(term, DCTERMS.Frequency)
        writer.add(node, DCTERMS.accrualPeriodicity, term)
    if right := vocabulary.ACCESS_RIGHTS.get(record.values["open_type"]):
        term = _term(writer, "access-right", right, record.label("open_type"))
        writer.thing(term, DCTERMS.RightsStatement)
        writer.add(node, DCTERMS.accessRights, term)


def _origin(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    """Whether it is real, and where it comes from."""
    if kind := record.values["data_kind"]:
        title = Text("数据性质", "Kinds of data")
        scheme = writer.scheme(writer.catalogue.term("data-kinds"), title)
        term = writer.catalogue.term(f"data-kind-{kind}")
        writer.concept(term, record.label("data_kind"), scheme)
        writer.add(node, DCTERMS.type, term)
    if record.origin:
        statement = writer.thing(BNode(), DCTERMS.ProvenanceStatement)
        writer.add(statement, RDFS.label, Literal(record.origin))
        writer.add(node, DCTERMS.provenance, statement)


def _extent(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    code = record.values["division_code"] or writer.catalogue.division_code
    writer.add(node, DCTERMS.spatial, writer.place(code))
    if record.is_of_a_time:
        period = writer.thing(BNode(), DCTERMS.PeriodOfTime)
        writer.moment(period, DCAT.startDate, record.values["temporal_start"])
        writer.moment(period, DCAT.endDate, record.values["temporal_end"])
        writer.add(node, DCTERMS.temporal, period)


def _documents(writer: Writer, node: URIRef, record: DatasetRecord) -> None:
    page = writer.document(f"{writer.catalogue.site}/dataset/{record.name}")
    source = record.values["url"]
    writer.add(node, DCAT.landingPage, writer.document(source) if source else page)
    writer.add(node, FOAF.page, page)
    if record.items:
        schema = URIRef(f"{writer.catalogue.service}datasets/{record.name}/schema")
        writer.thing(schema, DCTERMS.Standard)
        writer.add(schema, DCTERMS.title, Literal(f"{record.title.chinese}：信息项"))
        writer.add(node, DCTERMS.conformsTo, schema)
