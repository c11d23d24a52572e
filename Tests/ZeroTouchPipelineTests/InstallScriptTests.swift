import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// The script that a rescue system runs, in a real bash, with programs that only note what they were asked.
struct InstallScriptTests {
  private static let disks = """
    PATH="/dev/nvme0n1" TYPE="disk" SIZE="1024209543168" SERIAL="S1" MODEL="SAMSUNG MZVL2" WWN="eui.0025"
    PATH="/dev/sda" TYPE="disk" SIZE="4000787030016" SERIAL="W1" MODEL="WDC WD40" WWN="0x5002"
    PATH="/dev/loop0" TYPE="loop" SIZE="1" SERIAL="" MODEL="" WWN=""
    """
  private static let image = Data("the image".utf8)

  /// Counts, passes on or writes, as it is told; `55aa` is what a bootable disk ends its first sector with.
  private static let dd = """
    case "$*" in
    *status=progress*) exec cat ;;
    *if=/dev/zero*) exit 0 ;;
    *skip=510*) printf 'U\\252' ;;
    *) cat >"$0.written"; echo "$1" >"$0.target"; echo "$(wc -c <"$0.written") bytes copied" >&2 ;;
    esac
    """

  private struct Answer {
    let status: Int32
    let errorText: String
    /// The argument that `dd` got, and what it wrote.
    let target: String?
    let written: Data?
  }

  private func run(
    _ disk: Node.DiskSelector?, host: String = "rescue", root: String = "tmpfs", download: String = "cat \"$0.image\"",
    sha256: String? = nil
  ) async throws -> Answer {
    try await withTemporaryFolder { folder in
      let programs = [
        "id": "echo 0", "hostname": "echo \(host)", "findmnt": "echo \(root)", "flock": "true", "blockdev": "true",
        "lsblk": "case \"$*\" in *--pairs*) cat \"$0.disks\" ;; esac", "curl": download, "zstd": "cat",
        "sync": "true", "wipefs": "true", "mdadm": "true", "head": "cat \"$(dirname \"$0\")/dd.written\"",
        "dd": Self.dd,
      ]
      for (name, body) in programs {
        try writeProgram("#!/bin/sh\n\(body)\n", to: "\(folder)/\(name)")
      }
      try "\(Self.disks)\n".write(toFile: "\(folder)/lsblk.disks", atomically: true, encoding: .utf8)
      try Self.image.write(to: URL(filePath: "\(folder)/curl.image"))
      let script = InstallOSStage.script(
        image: InstallOSStage.Image(url: "https://example.org/talos's image", sha256: sha256), disk: disk
      ).replacing("/run/zerotouch", with: "\(folder.replacing(" ", with: "\\ "))/run")
      let tools = SubprocessToolRunner(
        environment: ToolEnvironment(inheriting: ["PATH": "\(folder):/usr/bin:/bin", "TMPDIR": folder]),
        clock: ContinuousClock())
      let output = try await tools.run(
        ToolInvocation("bash", ["-euo", "pipefail", "-s"], input: .text(script), deadline: .seconds(60)))
      let target = FileManager.default.contents(atPath: "\(folder)/dd.target")
      return Answer(
        status: output.status, errorText: output.errorText,
        target: target.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines) },
        written: FileManager.default.contents(atPath: "\(folder)/dd.written"))
    }
  }

  @Test(arguments: [
    (Node.DiskSelector(serial: "W1"), "of=/dev/sda"), (Node.DiskSelector(model: "SAMSUNG*"), "of=/dev/nvme0n1"),
    (Node.DiskSelector(model: "SAMSUNG MZVL2"), "of=/dev/nvme0n1"),
    (Node.DiskSelector(wwid: "eui.0025"), "of=/dev/nvme0n1"), (Node.DiskSelector(wwid: "naa.5002"), "of=/dev/sda"),
    (Node.DiskSelector(path: "/dev/sda"), "of=/dev/sda"),
    (Node.DiskSelector(model: "*", wwid: "naa.5002"), "of=/dev/sda"), (Node.DiskSelector(serial: "W*"), "of=/dev/sda"),
    (Node.DiskSelector(size: DiskSize("> 2TB")), "of=/dev/sda"),
    (Node.DiskSelector(size: DiskSize("<= 1100GB")), "of=/dev/nvme0n1"),
  ])
  func `the one disk that every word of the selector fits is written`(disk: Node.DiskSelector, target: String)
    async throws
  {
    let answer = try await run(disk)
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(answer.target == target)
    #expect(answer.written == Self.image)
  }

  @Test(arguments: [
    (nil, "2 disks fit, exactly one must"), (Node.DiskSelector(model: "*"), "2 disks fit"),
    (Node.DiskSelector(model: "SAM"), "0 disks fit"), (Node.DiskSelector(serial: "W1", model: "SAM*"), "0 disks fit"),
    (Node.DiskSelector(path: "/dev/loop0"), "0 disks fit"), (Node.DiskSelector(size: DiskSize("> 1GB")), "2 disks fit"),
    (Node.DiskSelector(serial: "W1", size: DiskSize(">= 5TB")), "0 disks fit"),
  ])
  func `where not exactly one disk fits none is written`(disk: Node.DiskSelector?, says: String) async throws {
    let answer = try await run(disk)
    #expect(answer.status == 1)
    #expect(answer.errorText.contains(says))
    #expect(answer.target == nil)
  }

  @Test func `a machine that is no rescue system is left alone`() async throws {
    for (host, root, says) in [("web01", "tmpfs", "`web01`"), ("rescue", "ext4", "root file system is ext4")] {
      let answer = try await run(Node.DiskSelector(serial: "S1"), host: host, root: root)
      #expect(answer.status == 1)
      #expect(answer.errorText.contains(says) && answer.errorText.contains("nothing was touched"))
      #expect(answer.target == nil)
    }
  }

  @Test func `a failed download and a wrong sum are no written disk`() async throws {
    let failed = try await run(Node.DiskSelector(serial: "S1"), download: "echo 'curl: (22) 404' >&2; exit 22")
    #expect(failed.status == 1)
    #expect(failed.errorText.contains("404") && failed.errorText.contains("the server has no such image"))
    let wrong = try await run(Node.DiskSelector(serial: "S1"), sha256: String(repeating: "0", count: 64))
    #expect(wrong.status == 1)
    #expect(wrong.errorText.contains("/dev/nvme0n1 is not to be booted"))
  }
}
