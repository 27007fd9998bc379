#!/usr/bin/env bash
# Finds the system's Python, installs it where there is none, and hands over to the launcher.
# Not the first python3 of the PATH: the machine's packages (headers, venv) belong to this one.
set -euo pipefail
bin="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
python=/usr/bin/python3

if [[ ! -x $python ]]; then
    sudo=""
    if [[ $EUID -ne 0 ]]; then sudo="sudo"; fi
    echo "▸ 安装 Python · Installing Python" >&2
    export DEBIAN_FRONTEND=noninteractive
    # What apt reports stays; what it chats about does not.
    if ! { $sudo apt-get -qq update \
        && $sudo apt-get -qqy install --no-install-recommends python3 > /dev/null; }; then
        echo "没有 $python，也装不上。请以 root 或带 sudo 的用户在 Debian 12 上运行。" >&2
        echo "No $python and no way to install it. Run on Debian 12 as root or with sudo." >&2
        exit 1
    fi
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
    echo "$python 版本过低：需要 3.10 以上（Debian 12 自带 3.11）。" >&2
    echo "$python is too old: 3.10 or newer is needed (Debian 12 has 3.11)." >&2
    exit 1
fi

unset PYTHONHOME VIRTUAL_ENV
export PYTHONPATH="$bin" PYTHONUTF8=1
exec "$python" -m launcher "$@"
