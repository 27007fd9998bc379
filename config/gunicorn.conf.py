"""gunicorn, for every site; what differs comes from the environment.

GPO_BIND         where to listen, default 127.0.0.1:5000
GPO_WEB_WORKERS  processes, default 2
GPO_WEB_THREADS  threads in each, default 4
FORWARDED_ALLOW_IPS  (gunicorn's own) who may say that a request came over https: the proxy;
                 default this machine
"""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path
from typing import Any

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
# Memory that a long life gathers is given back.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

control_socket_disable = True
accesslog = "-"
errorlog = "-"


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
