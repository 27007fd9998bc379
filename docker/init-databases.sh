#!/bin/sh
# Roles and databases, once, when the volume of PostgreSQL is new (its image runs this).
# Who may do what is the same as on a site of bin/run: bin/launcher/database.py.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    --set=ckan="$GPO_DB_PASSWORD_CKAN" \
    --set=datastore="$GPO_DB_PASSWORD_DATASTORE" \
    --set=reader="$GPO_DB_PASSWORD_DATASTORE_READER" <<'SQL'
CREATE ROLE gpo_ckan LOGIN PASSWORD :'ckan';
CREATE ROLE gpo_datastore LOGIN PASSWORD :'datastore';
CREATE ROLE gpo_datastore_reader LOGIN PASSWORD :'reader';
ALTER ROLE gpo_datastore_reader SET default_transaction_read_only = on;
CREATE DATABASE gpo_ckan OWNER gpo_ckan TEMPLATE template0 ENCODING 'UTF8';
CREATE DATABASE gpo_datastore OWNER gpo_datastore TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE gpo_ckan FROM PUBLIC;
REVOKE ALL ON DATABASE gpo_datastore FROM PUBLIC;
SQL
