#!/bin/sh
# Saves a site into a new folder: both databases and the files of versions and uploads.
#   backup.sh /var/backups/gpo/2026-11-27
# Needs CKAN_SQLALCHEMY_URL, CKAN_DATASTORE_WRITE_URL, CKAN_STORAGE_PATH. Pages may stay up;
# the worker and the harvest are stopped meanwhile, so that the parts fit together.
set -eu
umask 077

target=$1
mkdir "$target" # one that exists is never written over

# Databases before files: a file is written before the row that names it.
pg_dump --format=custom --file="$target/ckan.dump" "$CKAN_SQLALCHEMY_URL"
pg_dump --format=custom --file="$target/datastore.dump" "$CKAN_DATASTORE_WRITE_URL"
# What can be made anew is left out: index, styles, scripts, candidates on their way.
tar --create --gzip --file="$target/files.tar.gz" --directory="$CKAN_STORAGE_PATH" \
    --exclude=./search-index --exclude=./webassets --exclude=./i18n --exclude=./harvest .
# Last: a folder without sums is a backup that did not come to its end.
(cd "$target" && sha256sum ckan.dump datastore.dump files.tar.gz > SHA256SUMS)
echo "$target"
