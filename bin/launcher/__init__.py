"""What `bin/run` and `bin/test` share: install, services, site, supervisor, progress.

`__main__`, `options`, `bootstrap`, `packages`, `steps`, `commands` and `place` are run by
the system's Python before anything is installed, so they need the standard library only;
the other modules are run by the Python of `.venv`.

    start.sh → __main__ → bootstrap ─┬→ run ─┬→ services (postgres, redis_server, database)
                                     │       ├→ site, secrets_file, ports   what CKAN is told
                                     │       ├→ supervisor                  what keeps it up
                                     │       └→ filling, outcome            what it holds
                                     └→ testing → the same services, in a temporary folder
"""
