#!/usr/bin/env bash
# The old name of `zerotouch bootstrap`; arguments are passed on: 01-master-bootstrap.sh IP [--worker-nodes NAME:IP,…].
set -euo pipefail

# The old script took root passwords. They must not reach the program, whose usage errors repeat what they refuse.
refuse() {
  printf '%s\n' "01-master-bootstrap.sh: passwords are not taken: rescue systems are entered with an SSH key" \
    "  put your key there with \`ssh-copy-id root@IP\`, or name one under \`access.sshKey\` in zerotouch.yaml" >&2
  exit 2
}
[[ $# -lt 2 || $1 == -* || $2 == -* ]] || refuse
for word in "$@"; do [[ $word != --worker-password* ]] || refuse; done

exec "$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/zerotouch" bootstrap "$@"
