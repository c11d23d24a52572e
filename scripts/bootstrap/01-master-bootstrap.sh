#!/usr/bin/env bash
# The old name of `zerotouch bootstrap`, with the old arguments:
#   01-master-bootstrap.sh IP [PASSWORD] [--worker-nodes NAME:IP,…] [--worker-password PASSWORD] [what bootstrap takes]
set -euo pipefail
umask 077

# Passwords go on in 0600 files, for the program takes none on its command line, and its usage errors repeat what they
# refuse.
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT

warn() {
  printf '%s\n' "01-master-bootstrap.sh: a password on a command line is there for everybody on this machine to read" \
    "  put it into a 0600 file and name that: --root-password-file FILE; or export ZEROTOUCH_ROOT_PASSWORD" >&2
}

arguments=()
if [[ $# -ge 2 && $1 != -* && $2 != -* ]]; then
  warn
  printf '%s\n' "$2" >"$files/root"
  arguments=("$1" --root-password-file "$files/root")
  shift 2
fi
while (($#)); do
  case "$1" in
    --worker-password) (($# > 1)) || { printf '%s\n' "01-master-bootstrap.sh: --worker-password has no value" \
      "  write --worker-password-file FILE" >&2; exit 2; }
      warn; printf '%s\n' "$2" >"$files/worker"; arguments+=(--worker-password-file "$files/worker"); shift 2 ;;
    --worker-password=*) warn; printf '%s\n' "${1#*=}" >"$files/worker"
      arguments+=(--worker-password-file "$files/worker"); shift ;;
    *) arguments+=("$1"); shift ;;
  esac
done

"$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/zerotouch" bootstrap ${arguments[@]+"${arguments[@]}"}
