#!/bin/sh
# Brings a site back from a folder of backup.sh, into empty databases and an empty storage:
#   restore.sh /var/backups/gpo/2026-11-27 && setup.sh
# Needs what backup.sh needs. setup.sh then migrates, gives the rights anew and makes the index.
set -eu

source=$1

(cd "$source" && sha256sum --check --quiet SHA256SUMS)
for url in "$CKAN_SQLALCHEMY_URL" "$CKAN_DATASTORE_WRITE_URL"; do
    tables=$(psql --no-psqlrc --tuples-only --no-align --dbname="$url" \
        --command="SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    if [ "$tables" != 0 ]; then
        echo "数据库不为空（$tables 张表），未作任何改动。请换用新建的空数据库。" >&2
        echo "A database is not empty ($tables tables); nothing was changed. Use new ones." >&2
        exit 1
    fi
done
if [ -e "$CKAN_STORAGE_PATH/versions" ]; then
    echo "$CKAN_STORAGE_PATH/versions 已存在，未作任何改动。" >&2
    echo "$CKAN_STORAGE_PATH/versions is there already; nothing was changed." >&2
    exit 1
fi

# Owners and rights come from the roles of this site, not from the one that was saved.
for name in ckan datastore; do
    case $name in
        ckan) url=$CKAN_SQLALCHEMY_URL ;;
        datastore) url=$CKAN_DATASTORE_WRITE_URL ;;
    esac
    pg_restore --no-owner --no-privileges --exit-on-error --single-transaction \
        --dbname="$url" "$source/$name.dump"
done
tar --extract --gzip --file="$source/files.tar.gz" --directory="$CKAN_STORAGE_PATH"
