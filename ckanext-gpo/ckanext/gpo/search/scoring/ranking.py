"""Which answer comes first, and why: all that decides about it is here.

1. The words: what `FIELDS` finds counts by the weight of its best field (dismax): the
   exact name or code of a thing, then its title, its keywords and domain, its
   description, the columns of its table, any other text.
2. Freshness: what changed lately is lifted a little.
3. Use: what is often downloaded is lifted a little.

The second and third (`BOOSTS`) add less than a word that is found in a better field, so
that they decide between answers that fit alike and never bring up one that fits less.
Whoever calls `package_search` with a `qf` or `bf` of their own gets those instead.
"""

from __future__ import annotations

from typing import Any

FIELDS = (
    "name^12 res_code^12 item_code^12 title^6 extras_title_en^4 tags^3 groups^3 "
    "notes^1.5 extras_columns^1.2 text"
)
"""Solr's `qf`. `res_code` is the code of a dataset (1272号 item 3), `item_code` that of a
disclosure item."""

YEAR_HALVES = "recip(ms(NOW/DAY,metadata_modified),3.16e-11,1,1)"
"""1 for what changed today, ½ after a year, ⅓ after two: 3.16e-11 is one by the
milliseconds of a year."""

DOWNLOADS = "log(sum(def(resources_accessed_total,0),1))"
"""0 for none, 1 for nine, 2 for ninety-nine."""

BOOSTS = f"{YEAR_HALVES}^0.4 {DOWNLOADS}^0.1"
"""Solr's `bf`."""


def rank(params: dict[str, Any]) -> None:
    """Fill in what a caller of `package_search` leaves open about the order of answers.

    A query with a field in it (`title:…`) is Lucene's, and knows neither.
    """
    q = params.get("q") or ""
    if q in ("", "*:*") or (":" in q and params.get("defType") != "edismax"):
        return
    params.setdefault("qf", FIELDS)
    params.setdefault("bf", BOOSTS)
