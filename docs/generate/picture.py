"""The rooms and who uses whom, as a Mermaid diagram made from the contracts."""

from __future__ import annotations

from docs.generate import contracts, tree

_SHARED = "common"


def mermaid() -> str:
    """Rooms as boxes, an arrow from each to those that it uses.

    `common`, which every room uses, is left out.
    """
    edges = contracts.edges(contracts.uses())
    arrows = [
        f"    {user} --> {used}"
        for user in tree.PARTS
        for used in sorted(edges[user])
        if _SHARED not in (user, used)
    ]
    return "\n".join(["```mermaid", "flowchart TD", *arrows, "```", ""])
