#!/usr/bin/env bash
# The old name of `zerotouch inject-secrets`; arguments are passed on.
set -euo pipefail

zerotouch="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/zerotouch"

# The old form, KEY SECRET [TOKEN]. What comes before the first option is a secret, whatever it looks like: none of it is
# handed on as an argument.
if [[ $# -gt 0 && $1 != -* ]]; then
  secrets=()
  while [[ $# -gt 0 && $1 != --* ]]; do
    secrets+=("$1")
    shift
  done
  printf '%s\n' "03-inject-secrets.sh: everybody on this machine can read the keys among its processes" \
    "  export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and run it without arguments" >&2
  if [[ ${#secrets[@]} -lt 2 || ${#secrets[@]} -gt 3 ]]; then
    printf '%s\n' "03-inject-secrets.sh: ${#secrets[@]} words, which are not repeated, are no keys" \
      "  write 03-inject-secrets.sh KEY SECRET [TOKEN] [--OPTION …]" >&2
    exit 2
  fi
  # printf is the shell's own, so that no further program is given them as arguments.
  printf '%s\n' "${secrets[@]}" | "$zerotouch" inject-secrets --only aws --from-stdin "$@"
  exit
fi

exec "$zerotouch" inject-secrets "$@"
