"""What every step, finding and error of this station says to people, in their language.

In: a code of `codes.CODES` or `codes.ERRORS`, its facts, a translator. Out: its `Words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from ckanext.gpo.intake.steps import Fact

from . import errors, steps

Translate: TypeAlias = Callable[[str], str]


class Words(NamedTuple):
    """`title` names it, `meaning` says what was done or seen, `remedy` what to do, if anything."""

    title: str
    meaning: str
    remedy: str


def words(code: str, facts: Mapping[str, Fact], _: Translate) -> Words:
    """The words of a code with its facts filled in.

    :raises KeyError: another station's code, or a fact that is not there
    """
    spoken = {name: _spoken(name, fact, _) for name, fact in facts.items()}
    return Words(*(part.format_map(spoken) for part in all_words(_)[code]))


def all_words(_: Translate) -> dict[str, tuple[str, str, str]]:
    """Every code of this station with its words; facts are in braces."""
    return errors.all_errors(_) | steps.all_steps(_)


def _spoken(name: str, fact: Fact, _: Translate) -> str:
    """A fact as people say it."""
    if name in ("delimiter", "other"):
        signs = {"\t": _("tab"), "\x01": _("control character 1")}
        return signs.get(str(fact), str(fact))
    if name == "guess":
        guesses = {
            "big5": _("Big5 (traditional Chinese)"),
            "euc_kr": _("EUC-KR (Korean)"),
            "shift_jis": _("Shift-JIS (Japanese)"),
            "windows-1252": _("Windows-1252 (Western European)"),
        }
        return guesses.get(str(fact), _("another encoding"))
    if name == "encoding":
        return str(fact).upper()
    return str(fact)
