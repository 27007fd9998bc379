"""gunicorn, for every site; what differs comes from the environment.

GPO_BIND         where to listen, default 127.0.0.1:5000
GPO_WEB_WORKERS  processes, default 2
GPO_WEB_THREADS  threads in each, default 4
GPO_WEB_MEMORY   MiB that each process may take, default 2048; one that asks for more ends,
                 and another takes its place, before the machine has none left
GPO_SEND_TIMEOUT  seconds after which a reader who takes nothing of an answer is cut off,
                 default 60; until then it holds a thread
FORWARDED_ALLOW_IPS  (gunicorn's own) who may say that a request came over https: the proxy;
                 default this machine
"""

from __future__ import annotations

import gc
import logging
import os
import resource
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SHORTEST_SECRET = 32

bind = os.environ.get("GPO_BIND", "127.0.0.1:5000")
workers = int(os.environ.get("GPO_WEB_WORKERS", "2"))
threads = int(os.environ.get("GPO_WEB_THREADS", "4"))
worker_class = "gthread"

wsgi_app = "wsgi:application"
pythonpath = str(Path(__file__).resolve().parent)
# Loaded once, before the workers are made: they share what it takes in memory.
preload_app = True

timeout = 60
graceful_timeout = 20
keepalive = 5
# gunicorn's own timeouts end neither a worker nor a thread that waits for a reader.
send_timeout = int(os.environ.get("GPO_SEND_TIMEOUT", "60"))
# Memory that a long life gathers is given back.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

memory = int(os.environ.get("GPO_WEB_MEMORY", "2048")) << 20

control_socket_disable = True
accesslog = "-"
# What somebody searched for and where from are never kept together: the path without its
# query, and no referer, which may have one too.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
errorlog = "-"


def on_starting(server: Any) -> None:
    """Refuse to serve a site whose sessions, forms or tokens anyone could sign."""
    from ckan.cli import load_config  # noqa: PLC0415  gunicorn's own checks come first

    weak = weak_secrets(load_config(os.environ["CKAN_INI"]))
    if weak:
        sys.exit(
            f"{', '.join(weak)}: at least {SHORTEST_SECRET} characters are needed; "
            "`openssl rand -hex 32` makes a secret"
        )


def weak_secrets(config: Mapping[str, str]) -> list[str]:
    """Return the options whose secret is too short.

    CKAN itself insists on the first one only, and an empty variable would make `string:`
    the key of all API tokens. A secret that is not set at all is derived from the first.
    """
    return [
        name
        for name in ("SECRET_KEY", "WTF_CSRF_SECRET_KEY", "api_token.jwt.encode.secret")
        if name in config
        and not config[name].startswith("file:")
        and len(config[name].removeprefix("string:")) < SHORTEST_SECRET
    ]


def when_ready(server: Any) -> None:
    """Have the system end connections whose reader takes nothing; each inherits this."""
    for listener in server.LISTENERS:
        if listener.sock.family in (socket.AF_INET, socket.AF_INET6):
            listener.sock.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, send_timeout * 1000
            )


def pre_fork(server: Any, worker: Any) -> None:
    """Let a worker share memory with its maker, and nothing else.

    Connections are closed: two processes can't use one. What lives by now lives for ever,
    so the collector leaves it alone; its marks would make every shared page a copy.
    """
    import ckan.plugins as p  # noqa: PLC0415  only once the application is loaded
    from ckan import model  # noqa: PLC0415

    # CKAN's logging configuration switches off every logger that it does not name.
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).disabled = False
    for plugin in p.PluginImplementations(p.IForkObserver):
        plugin.before_fork()
    model.Session.remove()
    model.meta.engine.dispose()
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """Limit what a worker may take; files that it maps, as the search index, don't count."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
