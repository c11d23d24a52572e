extension InstallOSStage {
  /// What the script says when the download ended in the middle, which another attempt may cure.
  static let brokenDownload = "zerotouch: the download broke off"

  /// What the script says of a disk that nobody permitted to be wiped.
  static let carriesData = " carries data ("

  /// How the machine shows that it is a rescue system, as functions.
  static let proof = #"""
    fail() {
      printf 'zerotouch: %s\n' "$1" >&2
      [ $# -lt 2 ] || printf '  %s\n' "${@:2}" >&2
      exit 1
    }

    prove_rescue() {
      local again='boot it into its rescue system, and run again'
      [ "$(id -u)" = 0 ] || fail 'not root; nothing was touched' 'enter the rescue system as root'
      [ "$(hostname)" = rescue ] || fail "this is \`$(hostname)\`, not a rescue system; nothing was touched" "$again"
      local root
      root=$(findmnt -no FSTYPE /)
      case "$root" in
        tmpfs|ramfs|rootfs|overlay|aufs|squashfs|nfs|nfs4) ;;
        *) fail "the root file system is $root, so this may be an installed system; nothing was touched" "$again" ;;
      esac
    }
    """#

  /// The script behind its variables. All of it is read before anything is done: half a script does nothing.
  static let body =
    proof + #"""


      state=/run/zerotouch

      demand_tools() {
        case "$image_url" in
          *.xz) unpack=xz ;;
          *.gz) unpack=gzip ;;
          *.raw|*.img) unpack=cat ;;
          *) unpack=zstd ;;
        esac
        for tool in curl dd flock lsblk sha256sum wipefs "$unpack"; do
          command -v "$tool" >/dev/null || fail "the rescue system has no \`$tool\`; nothing was touched" \
            "install it there and run again: apt-get install $tool"
        done
      }

      # The writer of a connection that broke may still be at work, and two would mix their bytes.
      take_turn() {
        mkdir -p "$state"
        exec 9>>"$state/lock"
        if ! flock --nonblock 9; then
          kill -TERM -- "-$(cat "$state/group")" 2>/dev/null || true
          flock --timeout 30 9 || fail 'an earlier installation still writes to this machine; nothing was touched' \
            'boot the rescue system anew, and run again'
        fi
        printf '%s\n' "$$" >"$state/group"
      }

      value() { printf '%s\n' "$2" | sed -n "s/.*\\b$1=\"\([^\"]*\)\".*/\1/p"; }

      # The second word is a pattern, in which * stands for anything, as in Talos's own selectors.
      fits() { case "$1" in $2) return 0 ;; esac; return 1; }

      # A disk as the file that describes the cluster would name it.
      show_disks() {
        local line serial
        while IFS= read -r line; do
          serial=$(value SERIAL "$line")
          printf '  %s, %s, %s bytes, serial %s, WWID %s\n' "$(value PATH "$line")" "$(value MODEL "$line")" \
            "$(value SIZE "$line")" "${serial:-none}" "$(value WWN "$line" | sed 's/^0x/naa./')" >&2
          [ -z "$serial" ] || printf '    to mean it: install: {disk: {serial: "%s"}}, or --disk serial=%s\n' "$serial" "$serial" >&2
        done <<<"$disks"
      }

      choose_disk() {
        disks=$(lsblk --nodeps --noheadings --paths --pairs --bytes --output PATH,TYPE,SIZE,SERIAL,MODEL,WWN | grep 'TYPE="disk"') \
          || fail 'the rescue system shows no disk' 'look at the machine'"'"'s disks and their cables: lsblk'
        chosen=''
        local count=0 line
        while IFS= read -r line; do
          [ -z "$disk_serial" ] || fits "$(value SERIAL "$line")" "$disk_serial" || continue
          [ -z "$disk_model" ] || fits "$(value MODEL "$line")" "$disk_model" || continue
          # lsblk and Talos write the same name of a SATA disk in two ways.
          [ -z "$disk_wwid" ] || fits "$(value WWN "$line" | sed 's/^0x/naa./')" "$disk_wwid" || continue
          [ -z "$disk_size_bytes" ] || [ "$(value SIZE "$line")" "$disk_size_test" "$disk_size_bytes" ] || continue
          [ -z "$disk_path" ] || [ "$(value PATH "$line")" = "$disk_path" ] || continue
          chosen=$(value PATH "$line")
          count=$((count + 1))
        done <<<"$disks"
        [ "$count" = 1 ] && return
        printf 'zerotouch: %s disks fit, exactly one must; nothing was touched. The disks are:\n' "$count" >&2
        show_disks
        exit 1
      }

      # What this script began to write is nobody's data.
      may_wipe() {
        [ "$(cat "$state/began" 2>/dev/null)" != "$chosen" ] || return 0
        [ -z "$(lsblk --noheadings --raw --output MOUNTPOINT "$chosen" | tr -d '[:space:]')" ] || fail \
          "$chosen is mounted in this system; nothing was touched" "unmount it: umount ${chosen}*"
        local found
        found=$(wipefs --noheadings --output TYPE "$chosen" | sort -u | paste -sd' ')
        [ -n "$found" ] && [ -z "$wipe" ] || return 0
        printf 'zerotouch: %s carries data (%s); nothing was touched\n' "$chosen" "$found" >&2
        lsblk --noheadings --list --output NAME,SIZE,FSTYPE,LABEL,PARTLABEL "$chosen" | sed 's/^/    /' >&2
        printf '  to have it wiped, run again with --wipe and the name of the cluster\n' >&2
        exit 1
      }

      clear_signatures() {
        if command -v mdadm >/dev/null; then mdadm --stop --scan 2>/dev/null || true; fi
        wipefs --all --force "$chosen" >/dev/null
        [ -n "$wipe_others" ] || return 0
        local line other
        while IFS= read -r line; do
          other=$(value PATH "$line")
          [ "$other" = "$chosen" ] || wipefs --all --force "$other" >/dev/null
        done <<<"$disks"
      }

      fetch() {
        [ "$image_source" != stdin ] || exec cat
        exec curl --fail --silent --show-error --location --proto '=https,http' --connect-timeout 20 \
          --speed-limit 1 --speed-time 60 --dump-header "$work/headers" "$image_url"
      }

      # dd counts aloud once a second. Whoever hears nothing any more ends it: a broken connection stops the writing.
      tell_progress() {
        local line total=$image_size
        while IFS= read -r -d $'\r' line; do
          [ -n "$total" ] || total=$(tr -d '\r' <"$work/headers" 2>/dev/null | sed -n 's/^[Cc]ontent-[Ll]ength: //p' | tail -1)
          case "$line" in *bytes*) printf 'zerotouch: progress %s %s\n' "${line%% *}" "${total:-0}" >&3 ;; esac
        done
      }

      spoil() {
        trap - EXIT
        dd if=/dev/zero of="$chosen" bs=1M count=1 conv=fsync,notrunc status=none || true
        rm -rf "$work"
      }

      blame() {
        local fetched=$1 unpacked=$2 written=$3
        if [ "$written" != 0 ]; then
          cat "$work/dd" >&2
          ! grep -q 'No space left' "$work/dd" || fail "the image does not fit on $chosen" \
            "name a larger disk: zerotouch disks lists them; $chosen is not to be booted"
          fail "writing $chosen failed; it is not to be booted" 'look at the disk: smartctl -a; or name another one'
        fi
        case "$fetched" in
          0|23|141) ;;
          22) fail "the server has no such image: $image_url" 'look at the schematic and the version that the lock pins' ;;
          18|28|52|55|56|92) fail 'the download broke off' 'run the same command again' ;;
          *) fail "the rescue system cannot reach the image's server: $image_url" \
            'look at its network and its DNS, or send the image from this laptop: --image-from-laptop' ;;
        esac
        fail "what came is no image that \`$unpack\` unpacks; $chosen is not to be booted" \
          'look at the URL of talos-image in bootstrap/artifacts.lock.yaml'
      }

      write_image() {
        local codes compressed raw
        exec 3>&1
        mkfifo "$work/compressed" "$work/raw"
        sha256sum <"$work/compressed" >"$work/compressed.sum" &
        compressed=$!
        sha256sum <"$work/raw" >"$work/raw.sum" &
        raw=$!
        set +e
        fetch | dd bs=1M iflag=fullblock status=progress 2> >(tell_progress) | tee "$work/compressed" \
          | "$unpack" $([ "$unpack" = cat ] || echo -dc) | tee "$work/raw" \
          | dd of="$chosen" bs=4M iflag=fullblock conv=fsync,notrunc 2>"$work/dd"
        codes=("${PIPESTATUS[@]}")
        set -e
        for code in "${codes[@]}"; do
          [ "$code" = 0 ] || blame "${codes[0]}" "${codes[3]}" "${codes[5]}"
        done
        wait "$compressed" "$raw"
      }

      # What the disk holds is read back from it, not from what the system remembers of it.
      verify() {
        local sum bytes held
        sum=$(cut -d' ' -f1 "$work/compressed.sum")
        if [ -n "$image_sha256" ] && [ "$sum" != "$image_sha256" ]; then
          fail "the image's SHA-256 is $sum, not $image_sha256; $chosen is not to be booted" \
            'somebody changed the image, or the lock is older than it: zerotouch artifacts update talos-image'
        fi
        bytes=$(sed -n 's/^\([0-9]*\) bytes.*/\1/p' "$work/dd")
        blockdev --flushbufs "$chosen" 2>/dev/null || true
        held=$(head -c "$bytes" "$chosen" | sha256sum)
        [ "$held" = "$(cat "$work/raw.sum")" ] || fail "$chosen does not hold what was written to it; it is not to be booted" \
          'look at the disk: smartctl -a; or name another one'
        [ "$(dd if="$chosen" bs=1 skip=510 count=2 status=none | od -An -tx1 | tr -d ' ')" = 55aa ] || fail \
          "what was written is no bootable disk; $chosen is not to be booted" \
          'look at the URL of talos-image in bootstrap/artifacts.lock.yaml'
        printf 'zerotouch: %s bytes on %s, read back, SHA-256 %s\n' "$bytes" "$chosen" "${held%% *}"
      }

      # The firmware starts the new disk next. Network entries keep their places: a provider's rescue system needs them.
      set_boot_entry() {
        [ -d /sys/firmware/efi ] && command -v efibootmgr >/dev/null || return 0
        local entry old loader='\EFI\BOOT\BOOTX64.EFI' network rest
        [ "$(uname -m)" != aarch64 ] || loader='\EFI\BOOT\BOOTAA64.EFI'
        for old in $(efibootmgr | sed -n 's/^Boot\([0-9A-F]\{4\}\)\*\{0,1\} *Talos Linux.*/\1/p'); do
          efibootmgr --quiet --bootnum "$old" --delete-bootnum
        done
        partprobe "$chosen" 2>/dev/null || true
        efibootmgr --quiet --create-only --disk "$chosen" --part 1 --label 'Talos Linux' --loader "$loader"
        entry=$(efibootmgr | sed -n 's/^Boot\([0-9A-F]\{4\}\)\*\{0,1\} *Talos Linux.*/\1/p' | head -1)
        network=$(efibootmgr | grep -iE '^Boot[0-9A-F]{4}.*(pxe|network|ipv4|ipv6|http)' | sed 's/^Boot\(....\).*/\1/' | paste -sd' ')
        rest=$entry
        local order=''
        for old in $(efibootmgr | sed -n 's/^BootOrder: //p' | tr ',' ' '); do
          case " $network " in
            *" $old "*) order="$order,$old" ;;
            *) rest="$rest,$old" ;;
          esac
        done
        order=${order#,}
        efibootmgr --quiet --bootorder "${order:+$order,}$rest"
        efibootmgr --quiet --bootnext "$entry"
        printf 'zerotouch: the firmware starts %s next (entry %s)\n' "$chosen" "$entry"
      }

      main() {
        prove_rescue
        demand_tools
        take_turn
        choose_disk
        local key="$chosen $mark"
        if [ "$(cat "$state/written" 2>/dev/null)" = "$key" ]; then
          printf 'zerotouch: %s holds the image already\n' "$chosen"
          return
        fi
        may_wipe
        work=$(mktemp -d)
        printf '%s\n' "$chosen" >"$state/began"
        rm -f "$state/written"
        trap spoil EXIT
        clear_signatures
        write_image
        verify
        sync
        trap - EXIT
        rm -rf "$work"
        set_boot_entry
        printf '%s\n' "$key" >"$state/written"
        printf 'zerotouch: wrote %s to %s\n' "$image_url" "$chosen"
      }

      main
      """#
}
