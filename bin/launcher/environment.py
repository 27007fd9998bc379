"""The environment of a site's processes."""

from __future__ import annotations

import os
import pwd

from launcher.place import Place

# In the environment of every process that a site starts: how they are found again.
MARK = "GPO_SITE"

# These stand in the site's ini file only: what the shell says may be another site's.
_IN_THE_FILE = {
    "CKAN_SQLALCHEMY_URL",
    "CKAN_DATASTORE_WRITE_URL",
    "CKAN_DATASTORE_READ_URL",
    "CKAN_REDIS_URL",
    "CKAN_SOLR_URL",
    "CKAN_SITE_URL",
    "CKAN_STORAGE_PATH",
}


def site_env(place: Place, uid: int) -> dict[str, str]:
    """Return the environment for a process that works on the site as user `uid`."""
    name = pwd.getpwuid(uid).pw_name
    dropped = _IN_THE_FILE | {"PYTHONPATH"}
    return {
        **{key: value for key, value in os.environ.items() if key not in dropped},
        "HOME": str(place.data),
        "USER": name,
        "LOGNAME": name,
        "LANG": "C.UTF-8",
        "CKAN_INI": str(place.ckan_ini),
        "PYTHONUNBUFFERED": "1",
        # Threads of C libraries would each take an arena and a stack of their own.
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
