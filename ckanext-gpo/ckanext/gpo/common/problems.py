"""Problem details (RFC 9457): how the REST API says what is wrong, whoever refuses.

A problem has a stable `code` for programs, a `title` that is the same for all of its code, a
`detail` of this one case, and what each wrong parameter should be. Its `type` is the address
of the code in the list of all codes. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

ADDRESSES: Final = "/api/gpo/"
"""Where every refusal has this form."""

MEDIA_TYPE: Final = "application/problem+json"

CODES_PAGE: Final = "/api-errors"
"""Where the codes are explained, each under its own name."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one parameter, and with which field of the table in it."""

    parameter: str
    code: str
    message: str
    field: str = ""

    def shape(self) -> dict[str, str]:
        shape = {
            "parameter": self.parameter,
            "code": self.code,
            "message": self.message,
        }
        return shape | ({"field": self.field} if self.field else {})


@dataclass(frozen=True)
class Problem:
    """Why a request is refused.

    :param extra: members of its own, as `reference`
    """

    status: int
    code: str
    title: str
    detail: str = ""
    faults: tuple[Fault, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def body(self, site_url: str) -> dict[str, Any]:
        """The problem as JSON has it."""
        detail = self.detail or " ".join(fault.message for fault in self.faults)
        return {
            "type": f"{site_url.rstrip('/')}{CODES_PAGE}#{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": detail or self.title,
            **({"errors": [f.shape() for f in self.faults]} if self.faults else {}),
            **self.extra,
        }

    def text(self, site_url: str) -> str:
        """The body of the answer."""
        return json.dumps(self.body(site_url), ensure_ascii=False)
