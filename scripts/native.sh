#!/bin/sh
# Installs the system packages that briefer needs (PDFs: Pango, fonts), when it may:
# as root on Debian. Elsewhere it says what to run. NO_APT=1 keeps it from installing anything.
#   native.sh tests    also what only the tests need: a PostgreSQL of their own
set -eu

wanted="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk"
[ "${1:-}" != tests ] || wanted="$wanted postgresql"
"${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || wanted="$wanted python3-venv"

if ! command -v dpkg-query >/dev/null; then
    "${PYTHON:-python3}" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("pango-1.0"))' ||
        echo "briefer: no Pango found: install Pango, HarfBuzz and the Noto fonts with your system's package manager, or PDFs cannot be made." >&2
    exit 0
fi

missing=""
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0

install="apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" = 0 ] && [ "${NO_APT:-0}" != 1 ]; then
    echo "briefer: installing what is missing:$missing (NO_APT=1 stops this)" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    $install -qq >&2
    exit 0
fi
echo "briefer: missing here:$missing" >&2
echo "briefer: install with: sudo $install" >&2
case " $missing " in
    # Without these nothing goes on; without fonts or the subsetter pages are only poorer or slower.
    *" libpango-1.0-0 "* | *" libpangoft2-1.0-0 "* | *" python3-venv "*) exit 1 ;;
esac
