"""What `bin/run` and `bin/test` share: install, services, site, supervisor, progress.

`__main__`, `options`, `bootstrap`, `packages`, `steps`, `commands`, `place`, `environment`
and `ckan_command` are run by the system's Python before anything is installed, so they need the
standard library only; the other modules are run by the Python of `.venv`.

    start.sh → __main__ → bootstrap ─┬→ run ─┬→ start: postgres, redis_server, database
                      │              │       ├→ site, secrets_file, ports    what CKAN is told
                      │              │       ├→ services, supervisor         what keeps it up
                      │              │       ├→ filling                      what it holds
                      │              │       └→ outcome, status              what a person reads
                      │              └→ testing: the same servers, in a temporary folder
                      └→ ckan_command: `bin/ckan`
"""
