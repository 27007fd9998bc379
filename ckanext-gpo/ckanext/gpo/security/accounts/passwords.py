"""Which passwords are refused, and why: too short, or among the first that are guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zxcvbn import zxcvbn

LOCAL_WORDS = (
    "tianning",
    "changzhou",
    "jiangsu",
    "zhengwu",
    "gongkai",
    "shuju",
    "mima",
)
"""What a guesser tries here and zxcvbn's English lists lack."""

LONGEST = 200
"""Characters that are hashed at most; more would only cost time."""

_ESTIMATED = 72
"""How many characters zxcvbn looks at; its cost grows faster than their number."""


def objections(
    password: str, *, min_length: int, min_score: int, personal: Iterable[str] = ()
) -> Iterator[str]:
    """What is wrong with a password, as English msgids; nothing for a good one.

    :param personal: words that the account's own name or e-mail address is made of
    """
    if len(password) < min_length:
        yield "The password is too short. A few unrelated words make a good one."
        return
    if len(password) > LONGEST:
        yield "The password is too long."
        return
    result = zxcvbn(password[:_ESTIMATED], user_inputs=[*LOCAL_WORDS, *personal])
    if result["score"] < min_score:
        feedback = result["feedback"]
        yield feedback["warning"] or "This password is easily guessed."
        yield from feedback["suggestions"]
