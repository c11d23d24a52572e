#!/usr/bin/env bash
# The old name of `zerotouch inject-secrets`; arguments are passed on.
set -euo pipefail

# The old script took the two keys. They must not reach the program, whose usage errors repeat what they refuse.
if [[ $# -ge 2 && $1 != -* && $2 != -* ]]; then
  printf '%s\n' "03-inject-secrets.sh: keys are not taken as arguments, where everybody on this machine can read them" \
    "  export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and run it without them" >&2
  exit 2
fi

exec "$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/zerotouch" inject-secrets "$@"
