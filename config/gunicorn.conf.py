"""gunicorn, for every site; what differs comes from the environment.

GPO_BIND         where to listen, default 127.0.0.1:5000
GPO_WEB_WORKERS  processes, default 2
GPO_WEB_THREADS  threads in each, default 4
"""

from __future__ import annotations

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

# Who may say that a request came over https: nginx on this machine.
forwarded_allow_ips = "127.0.0.1"
control_socket_disable = True
accesslog = "-"
errorlog = "-"


def pre_fork(server: Any, worker: Any) -> None:
    """Close connections before a worker is made: two processes can't share one."""
    from ckan import model, plugins  # noqa: PLC0415  only once the application is loaded

    for plugin in plugins.PluginImplementations(plugins.IForkObserver):
        plugin.before_fork()
    model.Session.remove()
    model.meta.engine.dispose()
