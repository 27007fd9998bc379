"""What `package_search` may be asked beyond what CKAN lets through to its engine.

CKAN refuses a parameter that it does not know, `hl` among them, and takes documents and
counts only out of an answer. So one more parameter travels with every search: it brings
to the engine what CKAN would refuse, and back what CKAN would drop.

A caller asks as Solr would be asked and finds the highlights beside the results, by the
id of the dataset:

    package_search(q="食品", hl="true", **{"hl.fl": "title,notes,extras_*"})
    → {"count": …, "results": […], "highlighting": {id: {"title": ["<em>食品</em>…"]}}}

Beside the results of plain words stand the `tiers` that they come in, as
`[{"match": "full", "count": 3}, {"match": "partial", "count": 40}]`; see `tiers`. Whoever
says how many words must be found (`mm`) gets no results with fewer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.search import query

from ckanext.gpo.search.scoring import TIERS, Tier

CARRIER = "gpo_passthrough"

HIGHLIGHT = (
    "hl",
    "hl.encoder",
    "hl.fl",
    "hl.fragsize",
    "hl.maxAnalyzedChars",
    "hl.method",
    "hl.requireFieldMatch",
    "hl.simple.post",
    "hl.simple.pre",
    "hl.snippets",
    "hl.tag.post",
    "hl.tag.pre",
)

ANSWERS = ("highlighting", "tiers", "guessed")
"""What comes back; `guessed` is there only if the first results are guesses."""

NUMBERS = ("rows", "start")
FLAGS = ("include_private", "include_drafts", "include_deleted", "use_default_schema")

FIELD_PARAMETER = re.compile(r"f\..+\.hl\..+")


@dataclass
class Passthrough:
    """What is asked of one search, and what is answered, past CKAN."""

    params: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def taken_from(cls, params: dict[str, Any]) -> Passthrough:
        """The one that travels with these parameters, which then hold what it asks."""
        passthrough = params.pop(CARRIER, None)
        if not isinstance(passthrough, cls):
            return cls()
        params |= passthrough.params
        return passthrough

    def answered(self, answer: dict[str, Any]) -> None:
        self.answer |= {name: answer[name] for name in ANSWERS if name in answer}


MAGIC_FIELD = re.compile(query.MAGIC_FIELD_RE.pattern.removeprefix(r"\s*"))
"""CKAN's pattern, which begins with any number of blanks: of 40,000 of them each is tried
as the first, 18 seconds in all. It says the same without them."""


def install() -> None:
    """Let our parameters pass CKAN's own check; without our engine Solr reads them."""
    query.VALID_SOLR_PARAMETERS.update((CARRIER, TIERS, *HIGHLIGHT))
    query.MAGIC_FIELD_RE = MAGIC_FIELD


def before_search(params: dict[str, Any]) -> dict[str, Any]:
    """Send a carrier along, with what is said of single fields."""
    passthrough = Passthrough({"hl.key": "id"})
    if "mm" in params:
        passthrough.params[TIERS] = Tier.FULL.value
    for name in [name for name in params if FIELD_PARAMETER.fullmatch(name)]:
        passthrough.params[name] = params.pop(name)
    params[CARRIER] = passthrough
    return params


def check(params: dict[str, Any]) -> None:
    """Look at the values that CKAN would take without a look, and trip over.

    :raises ValidationError: one of them is of another type
    """
    for name in NUMBERS:
        if isinstance(params.get(name), (list, dict)):
            raise tk.ValidationError({name: [tk._("Please enter an integer value")]})
    if not isinstance(params.get("extras", {}), dict):
        raise tk.ValidationError({"extras": [tk._("Must be a dict")]})
    for name in FLAGS:
        try:
            tk.asbool(params.get(name, False))
        except ValueError as error:
            raise tk.ValidationError({name: [tk._("true or false")]}) from error
    filters = params.get("fq_list", [])
    if not isinstance(filters, list):
        raise tk.ValidationError({"fq_list": [tk._("Not a list")]})
    for text in filters:
        if not isinstance(text, str):
            raise tk.ValidationError({"fq_list": [tk._("Not a string: %s") % text]})


def after_search(results: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
    """Put what the engine answered beside the results."""
    passthrough = params.pop(CARRIER, None)
    if isinstance(passthrough, Passthrough):
        results |= passthrough.answer
    if "highlighting" in results:
        # CKAN asks for one dataset more than it shows.
        highlights = results["highlighting"].items()
        results["highlighting"] = dict(islice(highlights, len(results["results"])))
    return results
