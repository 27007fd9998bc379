"""The command line of `bin/run`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

DEFAULT_PORT = 5000


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; ends the process on --help and on a mistake."""
    parser = argparse.ArgumentParser(
        prog="bin/run",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=(
            "建立并运行本机站点；不带参数时在前台运行，Ctrl-C 结束全部进程。\n"
            "Build and run the site on this machine; in the foreground, Ctrl-C ends all."
        ),
        epilog=(
            "已有服务器时设置环境变量 · Servers that exist already:\n"
            "  CKAN_SQLALCHEMY_URL  CKAN_DATASTORE_WRITE_URL + CKAN_DATASTORE_READ_URL\n"
            "  CKAN_REDIS_URL  CKAN_SOLR_URL  CKAN_SMTP_SERVER"
        ),
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--detach",
        action="store_true",
        help="站点就绪后返回，后台继续运行 · return when the site answers",
    )
    what.add_argument(
        "--stop", action="store_true", help="停止全部进程 · end everything"
    )
    what.add_argument(
        "--status",
        action="store_true",
        help="运行状态、内存、地址 · what runs, memory, address",
    )
    what.add_argument(
        "--reset",
        action="store_true",
        help="停止并删除全部数据（先询问）· stop and delete all data (asks first)",
    )
    parser.add_argument(
        "--yes", action="store_true", help="与 --reset 同用，不再询问 · don't ask"
    )
    parser.add_argument(
        "--port",
        type=_port,
        help=f"网站端口，默认沿用上次或 {DEFAULT_PORT} · port of the site",
    )
    options = parser.parse_args(arguments)
    if options.yes and not options.reset:
        parser.error("--yes 只与 --reset 同用 · --yes belongs to --reset")
    return options


def needs_install(options: argparse.Namespace) -> bool:
    """Tell whether the command builds and starts the site."""
    return not (options.stop or options.status or options.reset)


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f"端口应为 1–65535 · not a port: {text}")
    return port
