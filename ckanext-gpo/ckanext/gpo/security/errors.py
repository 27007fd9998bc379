"""Errors of the API: a sentence for people, a stable code for programs.

The answer keeps CKAN's shape (`success`, `error.__type`, `error.message`), so that
`ckanapi` and other clients raise the classes they know; `error.code` is added to it.
"""

from __future__ import annotations

import logging
import re
import uuid
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, InternalServerError

import ckan.plugins.toolkit as tk
from ckan.lib.navl.dictization_functions import DataError
from ckan.lib.search import (
    SearchError,
    SearchIndexError,
    SearchQueryError,
    SolrConnectionError,
)

from ckanext.gpo.common.workflow import IllegalTransition

from . import blame
from .codes import sentence

log = logging.getLogger(__name__)

CHINESE = re.compile("[\u4e00-\u9fff]")

HTTPError = TypeVar("HTTPError", bound=HTTPException)


@dataclass(frozen=True)
class Answer:
    """How a class of errors is answered; `kind` is CKAN's `__type`."""

    status: int
    kind: str
    code: str

    def shape(self) -> dict[str, str]:
        """`error` of the answer."""
        return {
            "__type": self.kind,
            "code": self.code,
            "message": sentence(self.code, tk._),
        }


_EXPECTED = {
    tk.NotAuthorized: Answer(403, "Authorization Error", "not-authorized"),
    tk.ObjectNotFound: Answer(404, "Not Found Error", "not-found"),
    tk.ValidationError: Answer(409, "Validation Error", "validation-failed"),
    # the case has moved meanwhile, or whoever acts has lost the post
    IllegalTransition: Answer(409, "Validation Error", "conflict"),
    DataError: Answer(400, "Integrity Error", "data-malformed"),
    SearchQueryError: Answer(400, "Search Query Error", "search-query-invalid"),
    SearchError: Answer(409, "Search Error", "search-failed"),
    SearchIndexError: Answer(500, "Search Index Error", "search-index-failed"),
    SolrConnectionError: Answer(500, "Search Connection Error", "search-unavailable"),
}
"""As CKAN answers them; a subclass stands before its base."""

_CONFLICT = Answer(409, "Validation Error", "conflict")
_PARAMETERS = Answer(400, "Validation Error", "parameters-invalid")
_FAULT = Answer(500, "Internal Server Error", "internal-error")

_HTTP = {
    403: Answer(403, "Authorization Error", "not-authorized"),
    404: Answer(404, "Not Found Error", "address-unknown"),
    405: Answer(405, "Method Not Allowed", "method-not-allowed"),
    413: Answer(413, "Request Entity Too Large", "body-too-large"),
    429: Answer(429, "Too Many Requests", "too-many-requests"),
}


def answer(error: Exception, action: str) -> tuple[int, dict[str, Any]]:
    """Status and `error` of what an action raised.

    What nobody expected is logged with its traceback under a reference number that the
    answer tells. An action of ours checks its parameters: whatever else it raises is a
    fault of the site.
    """
    for kind, expected in _EXPECTED.items():
        if isinstance(error, kind):
            return expected.status, _described(expected, error)
    unexpected = _FAULT
    if blame.is_caller(error) and not action.startswith("gpo_"):
        unexpected = _CONFLICT if isinstance(error, IntegrityError) else _PARAMETERS
    reference = report(error, f"action {action}")
    return unexpected.status, unexpected.shape() | {"reference": reference}


def http_answer(error: HTTPException) -> tuple[int, dict[str, Any]]:
    """Status and `error` of what was refused before an action was called."""
    status = error.code or 500
    general = _FAULT if status >= 500 else Answer(status, "Bad Request", "bad-request")
    shape = _HTTP.get(status, general).shape()
    if isinstance(error, InternalServerError):
        reference = report(error.original_exception or error, "a view")
        shape |= {"reference": reference}
    if code := getattr(error, "gpo_code", None):
        shape |= {"code": code, "message": str(error.description)}
    return status, shape


def report(error: BaseException, place: str) -> str:
    """Log an error with its traceback; returns the reference number to tell people."""
    reference = uuid.uuid4().hex[:8]
    log.error("%s failed, reference %s", place, reference, exc_info=error)
    return reference


def refusal(
    kind: type[HTTPError], code: str, *, place: str = "", **kwargs: Any
) -> HTTPError:
    """An HTTP error of the front guard or the door, with one of our codes."""
    description = sentence(code, tk._).format(place=place)
    error = kind(description=description, **kwargs)
    error.gpo_code = code  # type: ignore[attr-defined]
    return error


def _described(answer: Answer, error: Exception) -> dict[str, Any]:
    described: dict[str, Any] = dict(answer.shape())
    if isinstance(error, tk.ValidationError):
        # Its fields say what is wrong; clients take every other key for a field, too.
        del described["message"]
        return {**described, **error.error_dict, "__type": answer.kind}
    detail = _detail(error)
    if detail and (tk.h.lang() == "en" or CHINESE.search(detail)):
        described["message"] += ": " + detail
    elif detail:  # CKAN has no translation: in English, beside the sentence
        described["detail"] = detail
    return described


def _detail(error: Exception) -> str:
    if isinstance(error, DataError):
        return str(error.error)
    if isinstance(error, SearchError) and error.__context__:
        return str(error.__context__)  # without the query that CKAN made of it
    return " ".join(str(part) for part in error.args if part)
