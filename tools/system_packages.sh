#!/bin/sh
# Looks for the Debian packages that tests need; installs what is missing where it may, else names the command and stops.
set -eu

missing=
need() { missing="$missing $1"; }

[ -x /usr/bin/chromium ] || need chromium
fc-list :lang=zh-cn file 2>/dev/null | grep -qi 'noto.*cjk' || need 'fonts-noto-cjk fontconfig'
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || [ -n "${LUOSHI_TEST_PG_URL:-}" ] || need postgresql
ls /usr/lib/libreoffice/program/libsclo.so >/dev/null 2>&1 || need libreoffice-calc-nogui
ls /usr/lib/libreoffice/program/libswlo.so >/dev/null 2>&1 || need libreoffice-writer-nogui

[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    printf 'The tests need more Debian packages: apt-get install%s\n' "$missing" >&2
    exit 1
fi

printf 'Installing%s …\n' "$missing" >&2
log=$(mktemp)
# shellcheck disable=SC2086 -- both are lists of words on purpose
if ! { $as_root env DEBIAN_FRONTEND=noninteractive sh -c \
        "apt-get update -q && apt-get install -y -q --no-install-recommends $missing"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    printf 'The tests need more Debian packages: apt-get install%s\n' "$missing" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
