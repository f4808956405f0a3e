# Sourced by bin/run and bin/test: makes the machine ready. Needs bash and Python 3.11 or later;
# apt where something has to be installed. Expects ROOT, the folder of this tree.

VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"

say() { printf '%s\n' "$*"; }

die() { # what happened, then what to do, one line each
    printf '\n' >&2
    printf '%s\n' "$@" >&2
    exit 1
}

# --- Debian ---------------------------------------------------------------------------------

missing_packages() { # of those named, the ones dpkg does not have, one per line
    local package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' \
            || printf '%s\n' "$package"
    done
}

as_root() { # run a command as root, or return 1 where that is not possible without asking
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

apt_line() { say "apt-get install -y --no-install-recommends $*"; }

install_packages() { # install quietly; 1 if this machine or this person may not
    command -v apt-get >/dev/null || return 1
    as_root true || return 1
    local log
    log=$(mktemp)
    local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=2)
    if { as_root "${apt[@]}" update \
        && as_root "${apt[@]}" install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null
    then
        rm -f "$log"
    else
        tail -n 5 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# --- Python ---------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Debian's own first, where it can make an environment: it is built with profiles of its use, and
# runs our tests in four fifths of the time of one that somebody compiled without.
find_python() { # the first Python that is new enough
    local candidate
    if new_enough /usr/bin/python3 && /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null; then
        echo /usr/bin/python3
        return
    fi
    for candidate in python3.11 python3 python3.12 python3.13; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_venv() {
    local python
    python=$(find_python) || die \
        "Cần Python 3.11 trở lên, máy này chưa có. / Python 3.11 or later is needed." \
        "  $(apt_line python3 python3-venv)"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "→ Cài python3-venv từ Debian / installing python3-venv from Debian"
        install_packages python3-venv || die \
            "Chưa tạo được môi trường Python. / The Python environment could not be made." \
            "  $(apt_line python3-venv)"
    fi
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || die \
        "Chưa tạo được $VENV; xem dòng trên. / $VENV could not be made; see above."
}

need_python() { # the requirements files, by name: installed once, and again when one changes
    local stamp wanted log
    stamp="$VENV/.installed-$1"
    wanted=$(cd "$ROOT" && sha256sum requirements*.txt constraints.txt | sha256sum)
    if [ -x "$PYTHON" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    if ! "$PYTHON" -c '' 2>/dev/null; then
        say "→ Tạo môi trường Python ở .venv / making the Python environment in .venv"
        make_venv
    fi
    say "→ Cài các gói trong $1 (lần đầu mất vài phút) / installing the packages of $1"
    log=$(mktemp)
    if ! "$PYTHON" -m pip install -q --disable-pip-version-check --no-input \
        -r "$ROOT/$1" >"$log" 2>&1 </dev/null
    then
        tail -n 8 "$log" >&2
        rm -f "$log"
        die "Chưa cài được các gói Python; thường là do không có mạng." \
            "The Python packages could not be installed, most often for want of a network." \
            "  $PYTHON -m pip install -r $ROOT/$1"
    fi
    rm -f "$log"
    printf '%s' "$wanted" >"$stamp"
}
