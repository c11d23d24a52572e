package import ZeroTouchModel

extension InstallOSStage {
  /// What the rescue system is told to do, in one script on standard input: prove that this is a rescue system, find
  /// the one disk that is meant, and stream the image onto it. It runs with `errexit`, `nounset` and `pipefail`, so a
  /// failed download cannot look like a written disk; only the reboot is a command of its own.
  package static func script(image: Image, disk: Node.DiskSelector?) -> String {
    """
    # zerotouch install-os
    image_url=\(image.url.shellWord)
    image_sha256=\((image.sha256 ?? "").shellWord)
    disk_serial=\((disk?.serial ?? "").shellWord)
    disk_model=\((disk?.model ?? "").shellWord)
    disk_wwid=\((disk?.wwid ?? "").shellWord)
    disk_size_test=\((disk?.size?.comparison.shellTest ?? "").shellWord)
    disk_size_bytes=\((disk?.size.map { "\($0.bytes)" } ?? "").shellWord)
    disk_path=\((disk?.path ?? "").shellWord)
    \(body)
    """
  }

  private static let body = #"""
    fail() { printf 'zerotouch: %s\n' "$1" >&2; exit 1; }

    [ "$(id -u)" = 0 ] || fail 'not root'
    [ "$(hostname)" = rescue ] || fail "this is \`$(hostname)\`, not a rescue system; nothing was touched"
    root=$(findmnt -no FSTYPE /)
    case "$root" in
      tmpfs|ramfs|rootfs|overlay|aufs|squashfs|nfs|nfs4) ;;
      *) fail "the root file system is $root, so this may be an installed system; nothing was touched" ;;
    esac
    for tool in curl dd lsblk sha256sum wipefs zstd; do
      command -v "$tool" >/dev/null || fail "the rescue system has no \`$tool\`; install it there and run again"
    done

    disks=$(lsblk --nodeps --noheadings --paths --pairs --bytes --output PATH,TYPE,SIZE,SERIAL,MODEL,WWN | grep 'TYPE="disk"') \
      || fail 'the rescue system shows no disk'
    # The second word is a pattern, in which * stands for anything, as in Talos's own selectors.
    fits() { case "$1" in $2) return 0 ;; esac; return 1; }
    chosen=''
    count=0
    while IFS= read -r line; do
      value() { printf '%s\n' "$line" | sed -n "s/.*$1=\"\([^\"]*\)\".*/\1/p"; }
      [ -z "$disk_serial" ] || fits "$(value SERIAL)" "$disk_serial" || continue
      [ -z "$disk_model" ] || fits "$(value MODEL)" "$disk_model" || continue
      # lsblk and Talos write the same name of a SATA disk in two ways.
      [ -z "$disk_wwid" ] || fits "$(value WWN | sed 's/^0x/naa./')" "$disk_wwid" || continue
      [ -z "$disk_size_bytes" ] || [ "$(value SIZE)" "$disk_size_test" "$disk_size_bytes" ] || continue
      [ -z "$disk_path" ] || [ "$(value PATH)" = "$disk_path" ] || continue
      chosen=$(value PATH)
      count=$((count + 1))
    done <<EOF
    $disks
    EOF
    [ "$count" = 1 ] || fail "$count disks fit, exactly one must; the disks are: $(printf '%s' "$disks" | tr '\n' ';')"

    if command -v mdadm >/dev/null; then mdadm --stop --scan 2>/dev/null || true; fi
    wipefs --all --force "$chosen" >/dev/null
    sums=$(mktemp -d)
    sum=$sums/sha256
    mkfifo "$sums/image"
    sha256sum <"$sums/image" | cut -d' ' -f1 >"$sum" &
    summing=$!
    curl --fail --silent --show-error --location --proto '=https,http' --retry 3 "$image_url" \
      | tee "$sums/image" \
      | zstd -dc \
      | dd of="$chosen" bs=4M conv=fsync status=none
    wait "$summing"
    if [ -n "$image_sha256" ] && [ "$(cat "$sum")" != "$image_sha256" ]; then
      fail "the image's SHA-256 is $(cat "$sum"), not $image_sha256; $chosen is not to be booted"
    fi
    sync
    printf 'zerotouch: wrote %s to %s\n' "$image_url" "$chosen"
    """#
}

extension String {
  /// The text in single quotes, whatever it holds.
  fileprivate var shellWord: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

extension DiskSize.Comparison {
  /// The operator of `test` that says the same.
  fileprivate var shellTest: String {
    switch self {
    case .atLeast: "-ge"
    case .atMost: "-le"
    case .more: "-gt"
    case .less: "-lt"
    case .exactly: "-eq"
    }
  }
}
