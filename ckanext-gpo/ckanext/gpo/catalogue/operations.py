"""The operations of the REST API that tell what must be disclosed: domains, items, chains. Pure."""

from __future__ import annotations

from typing import Final

from ckanext.gpo.common.formats import MEDIA_TYPES
from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.files import FileOperation
from ckanext.gpo.common.rest.operations import Operation, Paging
from ckanext.gpo.common.types import Translate

MOST: Final = 1_000


def operations(_: Translate) -> list[Operation]:
    return [*_domains(_), *_chains(_)]


def files(_: Translate) -> list[FileOperation]:
    """The addresses with the metadata of what is public."""
    forms = {name: MEDIA_TYPES[name] for name in ("xlsx", "json")}
    members = {"type": "array", "items": {"type": "object"}}
    schemas = {
        "json": {
            "type": "object",
            "required": ["datasets", "items"],
            "properties": {"datasets": members, "items": members},
        }
    }
    domain = p.name("domain", _("Name of the domain, as culture"))
    return [
        FileOperation(
            name="catalogue_export",
            path="catalogue.{form}",
            tag="catalogue",
            summary=_("The metadata of everything public as a file"),
            forms=forms,
            schemas=schemas,
        ),
        FileOperation(
            name="domain_export",
            path="domains/{domain}.{form}",
            tag="catalogue",
            summary=_("The metadata of what is public of a domain as a file"),
            forms=forms,
            parameters=(domain,),
            schemas=schemas,
        ),
    ]


def _domains(_: Translate) -> list[Operation]:
    page = (p.limit(_, MOST, 100), p.offset(_))
    state = p.choice(
        "state", _("Only items of this state"), "pending", "published", "overdue"
    )
    domain = p.text("domain", _("Only what belongs to this domain, as culture"))
    return [
        Operation(
            name="domain_list",
            path="domains",
            action="gpo_catalogue_domain_list",
            tag="catalogue",
            summary=_("The domains of disclosure, each with what is published of it"),
            answer="Domain",
            is_list=True,
        ),
        Operation(
            name="domain_show",
            path="domains/{domain}",
            action="gpo_catalogue_domain_show",
            tag="catalogue",
            summary=_("One domain with its items, datasets and chains"),
            answer="DomainDetail",
            parameters=(
                p.name("domain", _("Name of the domain, as culture"), "id"),
                *page,
            ),
        ),
        Operation(
            name="item_list",
            path="items",
            action="gpo_catalogue_item_list",
            tag="catalogue",
            summary=_("The disclosure items, with what has been published of each"),
            answer="Item",
            parameters=(domain, state, *page),
            is_list=True,
            members="results",
            meta=("count",),
            paging=Paging.OFFSET,
        ),
        Operation(
            name="item_show",
            path="items/{item}",
            action="gpo_catalogue_item_show",
            tag="catalogue",
            summary=_("One disclosure item and the datasets that fulfil it"),
            answer="Item",
            parameters=(
                p.name("item", _("Name of the item, as item-culture-001"), "id"),
            ),
        ),
    ]


def _chains(_: Translate) -> list[Operation]:
    return [
        Operation(
            name="chain_list",
            path="chains",
            action="gpo_catalogue_chain_list",
            tag="subjects",
            summary=_("The data chains: tables of several departments with one code"),
            answer="Chain",
            is_list=True,
        ),
        Operation(
            name="chain_walk",
            path="chains/{chain}/{code}",
            action="gpo_catalogue_chain_show",
            tag="subjects",
            summary=_("The stations of a chain with the records that bear one code"),
            answer="ChainWalk",
            parameters=(
                p.name("chain", _("Name of the chain"), "id"),
                p.name("code", _("The code, as 2017-320402-48-01-500001"), "key"),
            ),
        ),
    ]
