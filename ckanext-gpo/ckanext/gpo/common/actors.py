"""Who acts, and in which post. Pure; `common/context.py` finds out.

A post is what the law and the workflows speak of: not a person, and not an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Post(str, Enum):
    """In what capacity an account acts."""

    SYSTEM = "system"
    """The platform itself: the gate, the consumer, a command."""
    SYSADMIN = "sysadmin"
    ADMIN = "admin"
    """Head of the department that the subject belongs to."""
    EDITOR = "editor"
    """Data steward of that department."""
    MEMBER = "member"
    ACCOUNT = "account"
    """Logged in, without a post in the department."""


@dataclass(frozen=True)
class Actor:
    """Who acts: the name of an account, and the post in which it does."""

    account: str
    post: Post

    @classmethod
    def system(cls, name: str) -> Actor:
        """A part of the platform."""
        return cls(name, Post.SYSTEM)
