"""States of a case and who may move it from one to the next: transitions as data. Pure.

A room declares one `Workflow` per kind of case. `Workflow.check` refuses in the program
what is not declared; `rules` is the same declaration for the triggers that refuse it in
the database (`common/migration.py`), so a change of the transitions needs a migration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from .actors import Post
from .errors import GpoError

START: Final = ""
"""The state of a case that does not exist yet."""

Condition = Callable[[Any], bool]
"""What must be true of a case; its name is the code of the refusal."""


class IllegalTransition(GpoError):  # noqa: N818 - says what it is
    """A case cannot go this way; `code` says why."""


@dataclass(frozen=True)
class Transition:
    """One step that a case may take.

    `posts` are those who may take it; `conditions` are what must
    be true of the case before it; with `needs_reason` whoever takes it says why.
    """

    from_state: str
    to_state: str
    posts: Collection[Post]
    needs_reason: bool = False
    conditions: Collection[Condition] = ()


@dataclass(frozen=True)
class Workflow:
    """The states of one kind of case; `name` is the kind of its events in the ledger."""

    name: str
    transitions: Collection[Transition]
    _steps: dict[tuple[str, str], Transition] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        steps = {(step.from_state, step.to_state): step for step in self.transitions}
        if len(steps) != len(self.transitions):
            raise ValueError(f"{self.name}: a transition is declared twice")
        object.__setattr__(self, "_steps", steps)

    def following(self, state: str) -> frozenset[str]:
        """The states that may follow a state."""
        return frozenset(to for current, to in self._steps if current == state)

    def check(
        self, case: Any, from_state: str, to_state: str, post: Post, reason: str = ""
    ) -> None:
        """Make sure that a case may take a step.

        :raises IllegalTransition: with the code `no-transition`, `post-not-allowed`,
            `reason-missing` or the name of the condition that does not hold
        """
        step = self._steps.get((from_state, to_state))
        way = (from_state or "start") + " → " + to_state
        if step is None:
            raise IllegalTransition("no-transition", f"{self.name}: no way {way}")
        if post not in step.posts:
            raise IllegalTransition(
                "post-not-allowed", f"{way} is not for {post.value}"
            )
        if step.needs_reason and not reason.strip():
            raise IllegalTransition("reason-missing", f"{way} needs a reason")
        for condition in step.conditions:
            if not condition(case):
                code = condition.__name__.strip("_").replace("_", "-")
                raise IllegalTransition(code, f"{way}: {code} does not hold")

    def rules(self) -> dict[str, dict[str, Any]]:
        """`from>to` → `{posts, needs_reason}`: what the database holds of it."""
        return {
            step.from_state + ">" + step.to_state: {
                "posts": sorted(post.value for post in step.posts),
                "needs_reason": step.needs_reason,
            }
            for step in self.transitions
        }
