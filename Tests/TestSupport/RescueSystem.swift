package import Foundation
package import ZeroTouchModel
import ZeroTouchTools

/// A rescue system on loopback: a real sshd in a root file system, with a host name and process ids of its own, whose
/// disks are files.
///
/// The machine shows what a rescue system shows because it is so: its root is a tmpfs and its name is `rescue`. Only
/// `lsblk` and `reboot` are stand-ins, for no disk of this machine may be seen and nothing restarted, `blockdev` and
/// `partprobe` are absent to files anyway, and `efibootmgr` where a test wants one. Everything else is real: ssh, bash,
/// curl, dd, wipefs, the sums.
package actor RescueSystem {
  /// A file that plays a disk.
  package struct Disk: Sendable {
    package var path: String
    package var serial: String
    package var model: String
    package var bytes: Int
    /// Whether the disk can hold no more than its bytes; a file of its own would grow.
    package var isFull: Bool

    package init(
      _ name: String, serial: String, model: String = "SAMSUNG MZVL2", bytes: Int = 4 << 20, isFull: Bool = false
    ) {
      path = "/disks/\(name)"
      self.serial = serial
      self.model = model
      self.bytes = bytes
      self.isFull = isFull
    }
  }

  package static let password = "right, horse!"
  package nonisolated let folder: String
  package nonisolated let port: Int
  package nonisolated let address = IPAddress(127, 0, 0, 1)
  private var server: Task<Void, Never>?

  /// Why none can be started here; nil where one can.
  package static var obstacle: String? {
    guard FileManager.default.isExecutableFile(atPath: sshd) else {
      return "OpenSSH's server is not there: scripts/tools --test brings it"
    }
    return getuid() == 0 ? nil : "a root file system of its own needs root"
  }

  private static var sshd: String { "\(BuiltProgram.packageRoot)/.tools/sshd/sshd" }

  /// Starts the system and waits until its ssh answers; `stop` ends it.
  package init(
    in folder: String, hostname: String = "rescue", rootFileSystem: String = "tmpfs",
    disks: [Disk] = [Disk("nvme0n1", serial: "S1")], programs: [String: String] = [:], hasEFI: Bool = false
  ) async throws {
    self.folder = folder
    port = try FreePort.find()
    try await prepare(disks, programs, hostname, rootFileSystem, hasEFI)
  }

  private func prepare(
    _ disks: [Disk], _ programs: [String: String], _ hostname: String, _ rootFileSystem: String, _ hasEFI: Bool
  ) async throws {
    let manager = FileManager.default
    for name in ["disks", "etc/ssh", "programs", "root"] {
      try manager.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    try await makeKeys()
    try writeAccounts()
    let table = disks.map {
      "PATH=\"\($0.path)\" TYPE=\"disk\" SIZE=\"\($0.bytes)\" SERIAL=\"\($0.serial)\" MODEL=\"\($0.model)\" WWN=\"eui.\($0.serial)\""
    }
    try (table.joined(separator: "\n") + "\n").write(toFile: "\(folder)/disks/table", atomically: true, encoding: .utf8)
    for disk in disks { _ = manager.createFile(atPath: "\(folder)\(disk.path)", contents: Data(count: disk.bytes)) }
    let own = [
      "lsblk": "case \"$*\" in *--pairs*) cat /disks/table ;; *--json*) cat /disks/table.json ;; esac",
      "reboot": "echo rebooted >>/disks/reboots; kill -KILL $(ps -o ppid= -p $PPID)",
    ]
    for (name, text) in own.merging(programs, uniquingKeysWith: { $1 }) {
      try writeProgram("#!/bin/sh\n\(text)\n", to: "\(folder)/programs/\(name)")
    }
    let full = disks.filter(\.isFull).map { "\($0.path.dropFirst(7)):\($0.bytes)" }.joined(separator: " ")
    try await start([folder, Self.sshd, hostname, "\(port)", rootFileSystem, hasEFI ? "efi" : "", full])
  }

  private func start(_ words: [String]) async throws {
    let arguments = ["--mount", "--uts", "--pid", "--fork", "--kill-child", "sh", "-c", Self.setup, "sh"] + words
    let tools = Self.tools
    server = Task {
      _ = try? await tools.run(ToolInvocation("unshare", arguments, deadline: .seconds(600)))
    }
    for _ in 0..<600 {
      let knock = ToolInvocation("ssh-keyscan", ["-p", "\(port)", "127.0.0.1"], deadline: .seconds(10))
      if let output = try? await tools.run(knock), !output.standardOutput.isEmpty { return }
      try await ContinuousClock().sleep(for: .milliseconds(50))
    }
    throw CocoaError(.executableLoad)
  }

  /// Ends the system and everything in it.
  package func stop() async {
    server?.cancel()
    await server?.value
  }

  /// What a disk holds.
  package nonisolated func contents(of name: String) -> Data {
    FileManager.default.contents(atPath: "\(folder)/disks/\(name)") ?? Data()
  }

  /// The private key that opens it, and the one with a passphrase.
  package nonisolated var key: String { "\(folder)/key" }
  package nonisolated var lockedKey: String { "\(folder)/locked" }
  /// Its public host key, as the API of a provider tells it.
  package nonisolated var hostKey: String {
    let text = FileManager.default.contents(atPath: "\(folder)/etc/ssh/host_key.pub") ?? Data()
    return String(decoding: text, as: UTF8.self).split(separator: " ").prefix(2).joined(separator: " ")
  }

  private func makeKeys() async throws {
    for (path, phrase) in [("key", ""), ("locked", "a phrase"), ("etc/ssh/host_key", "")] {
      let words = ["-q", "-t", "ed25519", "-N", phrase, "-f", "\(folder)/\(path)"]
      _ = try await Self.tools.succeed(ToolInvocation("ssh-keygen", words))
    }
    let keys = try ["key", "locked"].map { try String(contentsOfFile: "\(folder)/\($0).pub", encoding: .utf8) }
    try keys.joined().write(toFile: "\(folder)/etc/ssh/authorized_keys", atomically: true, encoding: .utf8)
  }

  private func writeAccounts() throws {
    let files = [
      "passwd": "root:x:0:0:root:/root:/bin/bash\nsshd:x:101:65534::/run/sshd:/usr/sbin/nologin\n",
      "group": "root:x:0:\nnogroup:x:65534:\n", "hosts": "127.0.0.1 localhost\n",
      // The hash of the password above.
      "shadow":
        "root:$6$zerotouch$FMhbCjfzVl9flbqqfN.kP1owl3a.6Y/E8XLkEyLieYEOygrCLLDLgRxkastQLPQN5O1xXowHMUHN8EV5NRXqY/:20000:0:99999:7:::\n",
      "ssh/sshd_config": """
      HostKey /etc/ssh/host_key
      ListenAddress 127.0.0.1
      PermitRootLogin yes
      PasswordAuthentication yes
      KbdInteractiveAuthentication no
      AuthorizedKeysFile /etc/ssh/authorized_keys
      StrictModes no
      UsePAM no
      UseDNS no
      MaxStartups 100
      PidFile none

      """,
    ]
    for (name, text) in files {
      try text.write(toFile: "\(folder)/etc/\(name)", atomically: true, encoding: .utf8)
    }
  }

  private static var tools: SubprocessToolRunner {
    SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]), clock: ContinuousClock())
  }

  /// Makes the root file system in a mount namespace of its own and becomes sshd in it.
  private static let setup = """
    set -eu
    folder=$1 sshd=$2 name=$3 port=$4 kind=$5 efi=$6 full=$7
    root=$folder/root
    mount --make-rprivate /
    [ "$kind" != tmpfs ] || mount -t tmpfs none "$root"
    cd "$root"
    mkdir -p usr dev proc sys run/sshd tmp etc root disks opt/sshd
    for link in bin sbin lib lib64; do
      if [ -L "/$link" ]; then cp -P "/$link" "$link"; elif [ -d "/$link" ]; then mkdir "$link"; mount --rbind "/$link" "$link"; fi
    done
    mount --rbind /usr usr
    mount -t tmpfs none usr/local
    mkdir -p usr/local/sbin
    mount --rbind /dev dev
    mount -t proc none proc
    mount -t tmpfs none sys
    [ -z "$efi" ] || mkdir -p sys/firmware/efi
    mount --bind "$folder/disks" disks
    for disk in $full; do
      mkdir -p "run/full/${disk%%:*}"
      mount -t tmpfs -o "size=${disk##*:}" none "run/full/${disk%%:*}"
      : >"run/full/${disk%%:*}/disk"
      mount --bind "run/full/${disk%%:*}/disk" "disks/${disk%%:*}"
    done
    mount --bind "$(dirname "$sshd")" opt/sshd
    cp /etc/ld.so.cache etc/ 2>/dev/null || true
    cp -r "$folder/etc/." etc/
    cp "$folder/programs/"* usr/local/sbin/
    chmod 600 etc/shadow etc/ssh/host_key
    hostname "$name"
    export LD_LIBRARY_PATH=/opt/sshd
    exec chroot . /opt/sshd/sshd -D -e -p "$port" -f /etc/ssh/sshd_config
    """
}
