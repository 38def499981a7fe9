#!/bin/sh
# One backup: a consistent copy of the database and the uploaded files, checked before it counts.
# Usage: DATABASE_URL=… PORTAL_VAR=/srv/portal/var deploy/backup.sh /backup/portal
set -eu
umask 077

target=${1:?"say where: deploy/backup.sh FOLDER"}
var=${PORTAL_VAR:-var}
url=${DATABASE_URL:-sqlite:///$var/portal.sqlite3}
name=$(date -u +%Y%m%dT%H%M%SZ)
work=$target/.$name.part
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT

# The database first, the files second: a file whose row is missing is harmless, a row whose file is missing is not.
case $url in
sqlite:*)
    # Python's own copy-while-in-use; the sqlite3 program need not be installed.
    python3 - "${url#sqlite:///}" "$work/database.sqlite3" <<'PY'
import sqlite3
import sys

source, target = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sqlite3.connect(sys.argv[2])
source.backup(target)
answer = target.execute("PRAGMA integrity_check").fetchone()[0]
sys.exit(0 if answer == "ok" else f"the copy is damaged: {answer}")
PY
    ;;
*)
    pg_dump --format=custom --file="$work/database.dump" "$url"
    pg_restore --list "$work/database.dump" >/dev/null
    ;;
esac
if [ -d "$var/files" ]; then tar -C "$var" -cf "$work/files.tar" files; fi
(cd "$work" && sha256sum -- * >SHA256SUMS)

mv "$work" "$target/$name"
trap - EXIT
echo "$target/$name"
