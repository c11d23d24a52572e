#!/usr/bin/env bash
# The old name of `zerotouch validate --cluster`; arguments are passed on.
set -euo pipefail
exec "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/zerotouch" validate --cluster "$@"
