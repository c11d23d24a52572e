#!/usr/bin/env bash
# The old name of `zerotouch inject-secrets`; arguments are passed on.
set -euo pipefail

zerotouch="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/zerotouch"

# The old form, KEY SECRET: printf is the shell's own, so that no further program is given them as arguments.
if [[ $# -ge 2 && $1 != -* && $2 != -* ]]; then
  printf '%s\n' "03-inject-secrets.sh: everybody on this machine can read the keys among its processes" \
    "  export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and run it without arguments" >&2
  printf '%s\n' "$1" "$2" | "$zerotouch" inject-secrets --only aws --from-stdin "${@:3}"
  exit
fi

exec "$zerotouch" inject-secrets "$@"
