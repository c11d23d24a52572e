import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// The real ssh, the real script, the real pipe and the real sums, on a machine whose disks are files.
@Suite(.enabled(if: RescueSystem.obstacle == nil, Comment(rawValue: RescueSystem.obstacle ?? "")))
struct RescueSystemTests {
  @Test func `an image is streamed to the disk, read back and booted`() async throws {
    try await MetalRig.with { rig in
      let outcome = try await rig.install(try await rig.bootstrap())
      #expect(outcome.failure == nil)
      #expect(rig.holdsImage())
      #expect(rig.reboots == 1)
      let again = try await rig.install(try await rig.bootstrap())
      #expect(again.failure == nil)
      #expect(rig.reboots == 1)
      #expect(rig.server.requests.count == 1)
    }
  }

  @Test func `a password opens the machine, and stands in no file, event or command line afterwards`() async throws {
    try await MetalRig.with { rig in
      let bootstrap = try await rig.bootstrap(access: Node.Access(password: .environment("PASSWORD")))
      let outcome = try await rig.install(bootstrap, secrets: ["PASSWORD": RescueSystem.password])
      #expect(outcome.failure == nil)
      #expect(rig.holdsImage())
      #expect(!"\(outcome.events)".contains(RescueSystem.password))
      let files = FileManager.default.enumerator(atPath: "\(rig.folder)/state")?.compactMap { $0 as? String } ?? []
      #expect(files.contains("ssh/cp01.password"))
      for file in files {
        let data = FileManager.default.contents(atPath: "\(rig.folder)/state/\(file)") ?? Data()
        #expect(data.firstRange(of: Data(RescueSystem.password.utf8)) == nil, "\(file)")
      }
    }
  }

  @Test func `a wrong password is tried once, and nothing is touched`() async throws {
    try await MetalRig.with { rig in
      let bootstrap = try await rig.bootstrap(access: Node.Access(password: .environment("PASSWORD")))
      let outcome = try await rig.install(bootstrap, secrets: ["PASSWORD": "left, donkey?"])
      let failure = try #require(outcome.failure)
      #expect(failure.contains("Permission denied") && failure.contains("--root-password-file FILE"))
      #expect(!outcome.events.contains { if case .retrying = $0 { true } else { false } })
      #expect(rig.isUntouched() && rig.reboots == 0)
    }
  }

  @Test func `a key with a passphrase is not asked for on the terminal`() async throws {
    try await MetalRig.with { rig in
      let bootstrap = try await rig.bootstrap(access: Node.Access(sshKey: .file(rig.system.lockedKey)))
      let failure = try #require(try await rig.install(bootstrap).failure)
      #expect(failure.contains("has a passphrase\n  load it first: ssh-add FILE"))
      #expect(rig.isUntouched() && rig.reboots == 0)
    }
  }

  @Test func `a machine with another name is no rescue system, and is left alone`() async throws {
    try await MetalRig.with(hostname: "web01") { rig in
      let failure = try #require(try await rig.install(try await rig.bootstrap()).failure)
      #expect(failure.contains("this is `web01`, not a rescue system; nothing was touched"))
      #expect(failure.contains("boot it into its rescue system"))
      #expect(rig.isUntouched() && rig.reboots == 0)
    }
  }

  @Test func `a disk that is too small is never booted`() async throws {
    try await MetalRig.with(disks: [RescueSystem.Disk("nvme0n1", serial: "S1", bytes: 1 << 20, isFull: true)]) { rig in
      let failure = try #require(try await rig.install(try await rig.bootstrap()).failure)
      #expect(failure.contains("No space left on device"))
      #expect(failure.contains("the image does not fit on /disks/nvme0n1"))
      #expect(rig.reboots == 0)
    }
  }

  @Test func `an image with another sum is never booted, and its boot sector is gone`() async throws {
    try await MetalRig.with { rig in
      let bootstrap = try await rig.bootstrap(sha256: String(repeating: "0", count: 64))
      let failure = try #require(try await rig.install(bootstrap).failure)
      #expect(failure.contains("the image's SHA-256 is") && failure.contains("is not to be booted"))
      #expect(rig.reboots == 0)
      #expect(rig.system.contents(of: "nvme0n1").prefix(1 << 20).allSatisfy { $0 == 0 })
    }
  }

  @Test func `what is no image, no bootable disk or not there is told apart`() async throws {
    try await MetalRig.with { rig in
      rig.server.put(Data("<html>Not an image</html>".utf8), at: "/page.raw.zst")
      rig.server.put(Data(count: 1 << 20), at: "/empty.raw")
      let cases = [
        ("\(rig.server.address)/page.raw.zst", "what came is no image that `zstd` unpacks"),
        ("\(rig.server.address)/empty.raw", "what was written is no bootable disk"),
        ("\(rig.server.address)/nowhere.raw.zst", "the server has no such image"),
        ("http://127.0.0.1:1/metal.raw.zst", "send the image from this laptop: --image-from-laptop"),
      ]
      for (url, says) in cases {
        let sum = url.hasSuffix("empty.raw") ? "30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58" : nil
        let failure = try #require(try await rig.install(try await rig.bootstrap(url: url, sha256: sum)).failure)
        #expect(failure.contains(says), "\(failure)")
      }
      #expect(rig.reboots == 0)
      // What this run spoilt itself is nobody's data.
      let last = try await rig.install(try await rig.bootstrap())
      #expect(last.failure == nil)
      #expect(rig.holdsImage())
    }
  }

  @Test func `a download that breaks off is begun anew`() async throws {
    try await MetalRig.with { rig in
      rig.server.misbehave(.cutAfter(100_000), at: "/metal.raw.zst")
      let outcome = try await rig.install(try await rig.bootstrap())
      #expect(outcome.failure == nil)
      #expect(outcome.events.contains { if case .retrying = $0 { true } else { false } })
      #expect(rig.holdsImage())
      #expect(rig.server.requests.count == 2)
    }
  }

  @Test func `a run that is killed in the middle of the writing leaves nothing that writes beside the next`()
    async throws
  {
    try await MetalRig.with { rig in
      rig.server.misbehave(.stallAfter(500_000), at: "/metal.raw.zst")
      let bootstrap = try await rig.bootstrap()
      let first = Task { try await rig.install(bootstrap) }
      while rig.server.requests.isEmpty { try await ContinuousClock().sleep(for: .milliseconds(20)) }
      first.cancel()
      #expect(try await first.value.failure?.contains("interrupted") == true)
      let second = try await rig.install(bootstrap)
      #expect(second.failure == nil)
      #expect(rig.holdsImage())
      #expect(rig.reboots == 1)
    }
  }

  @Test func `a run that is killed before the reboot writes no second time`() async throws {
    try await MetalRig.with(programs: ["reboot": "test -e /disks/may && echo rebooted >>/disks/reboots"]) { rig in
      let failure = try #require(try await rig.install(try await rig.bootstrap()).failure)
      #expect(failure.contains("exited with status 1"))
      try Data().write(to: URL(filePath: "\(rig.system.folder)/disks/may"))
      let last = try await rig.install(try await rig.bootstrap())
      #expect(last.failure == nil)
      #expect(rig.server.requests.count == 1)
      #expect(rig.holdsImage())
    }
  }

  @Test func `a disk that carries data wants the cluster's name`() async throws {
    try await MetalRig.with { rig in
      let disk = "\(rig.system.folder)/disks/nvme0n1"
      _ = try await MetalRig.programs.succeed(ToolInvocation("mkswap", ["--quiet", disk]))
      let before = rig.system.contents(of: "nvme0n1")
      var bootstrap = try await rig.bootstrap()
      let failure = try #require(try await rig.install(bootstrap).failure)
      #expect(failure.contains("/disks/nvme0n1 carries data (swap); nothing was touched"))
      #expect(failure.contains("--wipe") && !failure.contains("ServerAliveInterval"))
      #expect(rig.system.contents(of: "nvme0n1") == before)
      // What was shown of another machine permits nothing here.
      bootstrap.installation.wiping = WipePermission(cluster: "demo")
      bootstrap.installation.wiping.machines = ["worker01"]
      #expect(try await rig.install(bootstrap).failure?.contains("carries data") == true)
      #expect(rig.system.contents(of: "nvme0n1") == before)
      bootstrap.installation.wiping.machines = ["cp01"]
      bootstrap.installation.wiping.cluster = "demo"
      #expect(try await rig.install(bootstrap).failure == nil)
      #expect(rig.holdsImage())
    }
  }

  @Test func `two equal disks are shown with the line that tells them apart, and others are cleared only when asked`()
    async throws
  {
    let disks = [RescueSystem.Disk("nvme0n1", serial: "S1"), RescueSystem.Disk("nvme1n1", serial: "S2")]
    try await MetalRig.with(disks: disks) { rig in
      let failure = try #require(try await rig.install(try await rig.bootstrap()).failure)
      #expect(failure.contains("2 disks fit, exactly one must; nothing was touched"))
      #expect(failure.contains("install: {disk: {serial: \"S2\"}}, or --disk serial=S2"))
      #expect(rig.isUntouched("nvme0n1") && rig.isUntouched("nvme1n1"))
      let other = "\(rig.system.folder)/disks/nvme0n1"
      _ = try await MetalRig.programs.succeed(ToolInvocation("mkswap", ["--quiet", other]))
      var bootstrap = try await rig.bootstrap(disk: Node.DiskSelector(serial: "S2"))
      #expect(try await rig.install(bootstrap).failure == nil)
      #expect(rig.holdsImage("nvme1n1") && !rig.isUntouched("nvme0n1"))
      try FileManager.default.removeItem(atPath: "\(rig.system.folder)/disks/reboots")
      bootstrap.installation.wiping = WipePermission(cluster: "demo", clearsOtherDisks: true)
      let anew = try await rig.bootstrap(
        disk: Node.DiskSelector(serial: "S2"), url: "\(rig.server.address)/metal.raw.zst?again")
      var second = anew
      second.installation.wiping = bootstrap.installation.wiping
      rig.server.put(try await rig.packed(), at: "/metal.raw.zst?again")
      #expect(try await rig.install(second).failure == nil)
      let signatures = try await MetalRig.programs.succeed(ToolInvocation("wipefs", ["--noheadings", other]))
      #expect(signatures.text.isEmpty)
    }
  }

  @Test func `a pinned host key lets in whoever has it, and nobody else`() async throws {
    try await MetalRig.with { rig in
      let stranger = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGQ3PGKgUeJ4gf0HdfOQL2xFSlxDLzzHkjBVQYjZwDRd"
      for (key, isRight) in [(stranger, false), (rig.system.hostKey, true)] {
        let file = "\(rig.folder)/pinned"
        let line = SSH.knownHost(rig.system.address, port: rig.system.port, key: key)
        try "\(line)\n".write(toFile: file, atomically: true, encoding: .utf8)
        var bootstrap = try await rig.bootstrap()
        bootstrap.installation.pinned = ["cp01": file]
        let outcome = try await rig.install(bootstrap)
        #expect((outcome.failure == nil) == isRight)
        #expect(isRight || outcome.failure?.contains("somebody stands between") == true)
        #expect(rig.holdsImage() == isRight)
      }
    }
  }

  @Test func `what an earlier rescue system was known by does not count`() async throws {
    try await MetalRig.with { rig in
      let bootstrap = try await rig.bootstrap()
      let stranger = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGQ3PGKgUeJ4gf0HdfOQL2xFSlxDLzzHkjBVQYjZwDRd"
      let line = SSH.knownHost(rig.system.address, port: rig.system.port, key: stranger)
      let file = bootstrap.knownHosts(of: bootstrap.spec.nodes[0])
      try bootstrap.workspace.prepare()
      try bootstrap.workspace.write(Data("\(line)\n".utf8), to: file)
      #expect(try await rig.install(bootstrap).failure == nil)
      let seen = String(decoding: bootstrap.workspace.contents(of: file) ?? Data(), as: UTF8.self)
      #expect(seen.contains(rig.system.hostKey) && !seen.contains(stranger))
    }
  }

  @Test func `an image from the laptop begins with the same proof`() async throws {
    let noted = ["mkdir": "echo \"$*\" >>/disks/made; exec /usr/bin/mkdir \"$@\""]
    try await MetalRig.with(hostname: "web01", programs: noted) { rig in
      var bootstrap = try await rig.bootstrap()
      bootstrap.installation.sendsImage = true
      let failure = try #require(try await rig.install(bootstrap).failure)
      #expect(failure.contains("root@127.0.0.1: this is `web01`, not a rescue system; nothing was touched"))
      #expect(rig.system.contents(of: "made").isEmpty)
    }
  }

  @Test func `a machine without a way out gets the image from the laptop`() async throws {
    try await MetalRig.with { rig in
      var bootstrap = try await rig.bootstrap(url: "http://127.0.0.1:1/metal.raw.zst")
      bootstrap.installation.sendsImage = true
      let cached = bootstrap.cached(try #require(bootstrap.lock["talos-image"]))
      try FileManager.default.createDirectory(atPath: bootstrap.cache, withIntermediateDirectories: true)
      try await rig.packed().write(to: URL(filePath: cached))
      #expect(try await rig.install(bootstrap).failure == nil)
      #expect(rig.holdsImage())
      #expect(rig.server.requests.isEmpty)
    }
  }

  @Test func `the firmware boots the new disk next, and network entries keep their places`() async throws {
    let program = """
      case "$*" in
      '') printf 'BootCurrent: 0001\\nBootOrder: 0001,0002,0000\\nBoot0000* old\\nBoot0001* UEFI PXE IPv4\\nBoot0002* debian\\n'
        [ ! -e /disks/made ] || printf 'Boot0007* Talos Linux\\n' ;;
      *) echo "$*" >>/disks/efi; case "$*" in *--create-only*) : >/disks/made ;; esac ;;
      esac
      """
    try await MetalRig.with(programs: ["efibootmgr": program], hasEFI: true) { rig in
      let last = try await rig.install(try await rig.bootstrap())
      #expect(last.failure == nil)
      let calls = String(decoding: rig.system.contents(of: "efi"), as: UTF8.self)
      #expect(calls.contains("--create-only --disk /disks/nvme0n1 --part 1"))
      #expect(calls.contains("--bootorder 0001,0007,0002,0000\n"))
      #expect(calls.hasSuffix("--bootnext 0007\n"))
    }
  }
}
