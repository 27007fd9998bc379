"""What a client has left, as answers say it.

See https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """A limit and how much of it is left.

    :param policy: its name
    :param quota: calls in a window
    :param window: seconds
    :param remaining: calls that are left
    :param reset: seconds until there are more
    """

    policy: str
    quota: int
    window: int
    remaining: int
    reset: int
    is_exceeded: bool

    def headers(self) -> dict[str, str]:
        """The headers of an answer."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={self.window}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset}',
        }
