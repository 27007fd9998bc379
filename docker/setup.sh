#!/bin/sh
# Brings the databases and the catalogue to what this image expects. Run before every start
# of a new image; what is up to date is left as it is.
set -eu

ckan db upgrade

# As the DataStore's superuser: its reader may read and nothing else.
ckan datastore set-permissions > /tmp/permissions.sql
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$GPO_POSTGRES_ADMIN_URL" < /tmp/permissions.sql

ckan gpo-catalogue seed
ckan gpo-harvest sync-sources
# The index is derived data: a new volume has none, and a new version may read it otherwise.
# A dataset that cannot be indexed is told, and stops nothing.
if ckan gpo-search --help > /dev/null 2>&1; then
    ckan gpo-search check --repair || true
else
    ckan search-index rebuild --force || true # on Solr
fi
# The browser's scripts speak the site's languages; CKAN does this in `ckan run` only.
ckan translation js
