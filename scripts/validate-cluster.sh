#!/usr/bin/env bash
# The old name of `zerotouch validate --cluster`; arguments are passed on.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
zerotouch=$("$root/scripts/build")
exec "$zerotouch" validate --cluster "$@"
