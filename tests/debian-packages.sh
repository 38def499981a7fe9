#!/bin/sh
# A full test needs a browser with Chinese fonts, Redis, PostgreSQL and gettext. Installs what is missing, or says how.
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing="$missing fonts-noto-cjk"
command -v redis-server >/dev/null || missing="$missing redis-server"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
command -v xgettext >/dev/null || missing="$missing gettext"
[ -z "$missing" ] && exit 0

line="apt-get update && apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    # Nothing may start by itself: the tests run their own servers.
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    log=$(mktemp)
    if sh -c "$line" >"$log" 2>&1; then rm -f "$log"; exit 0; fi
    tail -n 20 "$log"
fi
echo "The tests need$missing. Type as root: $line"
exit 1
