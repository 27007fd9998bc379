"""What steps, findings and errors of reading say to people, in their language.

In: a code with its facts, a translator. Out: its `Words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ckanext.gpo.intake.kinds.words import Words
from ckanext.gpo.intake.kinds.words import all_words as all_of_kinds
from ckanext.gpo.intake.kinds.words import words as words_of_kinds
from ckanext.gpo.intake.steps import Fact

from . import body, layout, values

Translate: TypeAlias = Callable[[str], str]


__all__ = ["Words", "all_words", "title", "words"]


def words(code: str, facts: Mapping[str, Fact], _: Translate) -> Words:
    """The words of a code with its facts filled in.

    :raises KeyError: an unknown code, or a fact that is not there
    """
    own = all_words(_).get(code)
    if own is None:
        return words_of_kinds(code, facts, _)
    return Words(*(part.format_map(facts) for part in own))


def title(code: str, _: Translate) -> str | None:
    """The name of a code for people; None if it is none of this reader's."""
    own = all_words(_).get(code) or all_of_kinds(_).get(code)
    return own[0] if own else None


def all_words(_: Translate) -> dict[str, tuple[str, str, str]]:
    """Every code of the stations after `kinds` with its words; facts are in braces."""
    return (
        layout.all_words(_)
        | body.all_words(_)
        | values.texts(_)
        | values.numbers(_)
        | values.moments(_)
    )
