"""The JSON services of the tax bureau and the justice bureau, behind one server.

A request carries `Authorization: Bearer <token>` and gets one page:
`{"code": 0, "msg": "ok", "data": {"total", "pages", "pageNum", "pageSize", "list"}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hmac import compare_digest
from json import dumps
from typing import Any

from werkzeug.exceptions import BadRequest, HTTPException, NotFound, Unauthorized
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

Records = list[dict[str, Any]]

MAX_SIZE = 500


class Service:
    """A WSGI application over tables by path, e.g. `/tax/api/v1/a-credit`.

    A table is a list, or a function where the department may correct it meanwhile.
    """

    def __init__(
        self, token: str, tables: Mapping[str, Records | Callable[[], Records]]
    ) -> None:
        self._token = token
        self._tables = tables

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        try:
            response = self._answer(Request(environ))
        except HTTPException as error:
            response = _json({"code": error.code, "msg": error.description}, error.code)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path == "/health":
            return _json({"code": 0, "msg": "ok"})
        credentials = request.headers.get("Authorization", "")
        if not compare_digest(credentials.encode(), f"Bearer {self._token}".encode()):
            raise Unauthorized("令牌缺失或无效")
        table = self._tables.get(request.path)
        if table is None:
            raise NotFound("接口不存在")
        records = table() if callable(table) else table
        number = _positive(request, "pageNum", 1)
        size = min(_positive(request, "pageSize", 100), MAX_SIZE)
        data = {
            "total": len(records),
            "pages": -(-len(records) // size),
            "pageNum": number,
            "pageSize": size,
            "list": records[(number - 1) * size : number * size],
        }
        return _json({"code": 0, "msg": "ok", "data": data})


def _positive(request: Request, name: str, default: int) -> int:
    try:
        value = int(request.args.get(name, default))
    except ValueError:
        value = 0
    if value < 1:
        raise BadRequest(f"参数 {name} 应为正整数")
    return value


def _json(body: dict[str, Any], status: int | None = 200) -> Response:
    text = dumps(body, ensure_ascii=False, default=str)
    return Response(text, status, content_type="application/json; charset=utf-8")


def serve(app: Service, host: str, port: int) -> None:
    """Serve until the process is ended, a thread a request."""
    make_server(host, port, app, threaded=True).serve_forever()
