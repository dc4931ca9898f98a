#!/bin/sh
# Makes .venv where there is none and installs the exact pins of a file, only where they changed since the last time.
# usage: tools/install_pins.sh requirements.txt
set -eu

pins=$1
python=${PYTHON:-python3}
venv=.venv
stamp=$venv/.installed-$(basename "$pins" .txt)

say() { printf '%s\n' "$*" >&2; }

if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    if ! command -v "$python" >/dev/null 2>&1; then
        say "Python 3.11 or newer is needed: apt-get install python3 python3-venv"
        exit 1
    fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "Python 3.11 or newer is needed, $python is $("$python" -V 2>&1 | cut -d' ' -f2): name another by PYTHON=/path/to/python3 make …"
        exit 1
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        say "This Python cannot make virtual environments: apt-get install python3-venv"
        exit 1
    fi
    say "Making $venv …"
    "$python" -m venv --clear "$venv"
fi

# What is installed depends on the pins and on the Python that they are installed for.
wanted=$({ "$venv/bin/python" -V; cat "$pins"; } | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    say "Installing $pins (a minute or so) …"
    rm -f "$stamp"
    # The file names every package that is needed, so nothing outside it may come in.
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --no-deps -r "$pins"
    printf '%s\n' "$wanted" > "$stamp"
fi
