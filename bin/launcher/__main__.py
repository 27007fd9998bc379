"""`python -m launcher run|test|bench|ckan …`: first the system's Python, then that of `.venv`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from launcher import bootstrap, ckan_command, options
from launcher.place import VENV, VENV_PYTHON
from launcher.steps import StepError, Steps, explain


def main(command: str, arguments: list[str]) -> int:
    """Install what is missing, then become the command; return its exit code."""
    testing = command in ("test", "bench")
    choices = options.parse(arguments) if command == "run" else None
    try:
        if command == "ckan":
            ckan_command.main(arguments)
        if Path(sys.prefix).resolve() != VENV:
            if choices is None or options.needs_install(choices):
                bootstrap.prepare(Steps(), testing=testing)
            elif not bootstrap.is_installed():
                print("尚未安装，没有运行中的站点 · Nothing is installed, nothing runs")
                return 0
            words = [str(VENV_PYTHON), "-m", "launcher", command, *arguments]
            os.execv(VENV_PYTHON, words)  # noqa: S606
        if choices is None:
            from launcher import testing as tests  # noqa: PLC0415  needs .venv

            return (tests.bench if command == "bench" else tests.main)(arguments)
        from launcher import run  # noqa: PLC0415  needs .venv

        return run.main(choices)
    except StepError as error:
        explain(error)
        return 1
    except KeyboardInterrupt:
        print("\n已中断 · Interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
