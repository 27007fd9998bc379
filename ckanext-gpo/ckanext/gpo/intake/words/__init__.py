"""What steps, findings and errors of reading say to people, in their language.

In: a code with its facts, a translator. Out: its `Words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from ckanext.gpo.intake.steps import Fact

from . import body, layout, values

Translate: TypeAlias = Callable[[str], str]


class Words(NamedTuple):
    """`title` names it, `meaning` says what was done or seen, `remedy` what to do, if anything."""

    title: str
    meaning: str
    remedy: str


def words(code: str, facts: Mapping[str, Fact], _: Translate) -> Words:
    """The words of a code with its facts filled in.

    :raises KeyError: an unknown code, or a fact that is not there
    """
    return Words(*(part.format_map(facts) for part in all_words(_)[code]))


def all_words(_: Translate) -> dict[str, tuple[str, str, str]]:
    """Every code with its words; facts are in braces."""
    return (
        layout.all_words(_)
        | body.all_words(_)
        | values.texts(_)
        | values.numbers(_)
        | values.moments(_)
    )
