#!/bin/sh
# Makes .venv/ from requirements.lock and torch.lock; done at once when it is up to date.
#   PYTHON=python3.12   another interpreter; one that .venv was not made with is refused
#   TORCH=cuda          torch's plain wheel with its CUDA packages, for an NVIDIA GPU, its version
#                       pinned but not its hash; kept until TORCH=cpu
#   NO_APT=1            install no system packages
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
bin=.venv/bin
# "cpu" or "cuda", then the hash of what .venv was made from; no hash where making it broke off.
stamp=.venv/made-from
had=$(sed -En 's/^(cpu|cuda)( .*)?$/\1/p' $stamp 2>/dev/null || true)
flavour=${TORCH:-${had:-cpu}}
state="$flavour $(cat requirements.lock torch.lock pyproject.toml scripts/env.sh | sha256sum)"

say() {
    echo "briefer: $*" >&2
}

pip_install() {
    "$bin/python" -m pip install -qq --disable-pip-version-check --no-deps "$@"
}

# The lines of one package in the main lock.
locked() {
    sed -n "/^$1==/,/[^\\\\]\$/p" requirements.lock
}

install_torch() {
    if [ "$flavour" = cuda ]; then
        # Pip takes 2.13.0+cpu for 2.13.0 and would leave the CPU wheel where it is.
        [ "$had" = cuda ] || "$bin/python" -m pip uninstall -qq --disable-pip-version-check --yes torch
        echo cuda >$stamp
        "$bin/python" -m pip install -qq --disable-pip-version-check "$(sed -n 's/^\(torch==[0-9.]*\).*/\1/p' torch.lock)"
        return
    fi
    # On Linux the plain wheel cannot even be imported without gigabytes of CUDA packages, so the
    # CPU wheel is asked for by its full name. Elsewhere the plain wheel is the CPU wheel.
    cp torch.lock .venv/torch.lock
    [ "$(uname -s)" != Linux ] || sed 's/^torch==[0-9.]*/&+cpu/' torch.lock >.venv/torch.lock
    if pip_install --only-binary :all: --require-hashes -r .venv/torch.lock 2>.venv/torch.log; then
        return
    fi
    say "torch's CPU wheel is not where pip looks; trying PyTorch's own index"
    locked uv >.venv/uv.lock
    pip_install --require-hashes -r .venv/uv.lock
    if "$bin/uv" pip install --quiet --python "$bin/python" --torch-backend cpu --no-deps \
        --require-hashes -r .venv/torch.lock 2>>.venv/torch.log; then
        return
    fi
    say "torch for CPUs ($(sed -n 's/^\(torch==[^ ]*\).*/\1/p' .venv/torch.lock)) can be had neither where pip looks nor from PyTorch: put its wheel in a folder and run 'PIP_FIND_LINKS=FOLDER make env', or 'make env TORCH=cuda' for an NVIDIA GPU (reasons: .venv/torch.log)."
    exit 1
}

# Everything else comes as wheels but rouge-score, which has none: built with the locked setuptools.
install_rest() {
    sed '/^rouge-score==/,/[^\\]$/d' requirements.lock >.venv/wheels.lock
    pip_install --only-binary :all: --require-hashes -r .venv/wheels.lock
    locked rouge-score >.venv/sources.lock
    pip_install --use-pep517 --no-build-isolation --require-hashes -r .venv/sources.lock
}

version_of() {
    "$1" -c 'import sys; print(*sys.version_info[:2], sep="."); sys.exit(sys.version_info < (3, 11))'
}

# Whether the interpreter will do, and is that of an environment that is there already.
check_python() {
    version=$(version_of "$python") || {
        say "$python is too old, Python 3.11 or later is needed: make env PYTHON=python3.11"
        exit 1
    }
    [ -e $bin/pip ] || return 0
    there=$(version_of $bin/python) || true
    [ "$version" = "$there" ] || {
        say ".venv is of Python ${there:-that is gone} and $python is $version: remove .venv, then run this again"
        exit 1
    }
}

scripts/native.sh
case $flavour in cpu | cuda) ;; *)
    say "TORCH=$flavour is unknown: cpu or cuda"
    exit 1
    ;;
esac
if [ -n "${PYTHON:-}" ] || [ ! -e $bin/pip ]; then check_python; fi
[ "$(cat $stamp 2>/dev/null)" != "$state" ] || exit 0

say "making .venv (a few minutes the first time)"
[ -e $bin/pip ] || "$python" -m venv .venv  # pip comes last: without it a try broke off
echo "$had" >$stamp
install_torch
install_rest
pip_install --no-build-isolation --editable .
echo "$state" >$stamp
