"""Mermaid diagrams: the rooms and who uses whom, the states of a version."""

from __future__ import annotations

from ckanext.gpo.quality.workflow import VERSION, State

from docs.generate import contracts, tree

_SHARED = "common"


def rooms() -> str:
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


def states() -> str:
    """The states of a dataset version and the ways between them."""
    steps = [
        f"    {_state(step.from_state)} --> {_state(step.to_state)}"
        + (": with a reason" if step.needs_reason else "")
        for step in VERSION.transitions
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *steps, "```", ""])


def _state(state: str) -> str:
    return State(state).value if state else "[*]"
