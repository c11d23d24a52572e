import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

/// What rescue systems, ssh and Talos say, as it is read.
struct RescueAnswerTests {
  @Test func `ssh's questions are answered with a password only where a password is asked for`() throws {
    let variables = [Askpass.variable: "/state/password", "SSH_ASKPASS": "/zerotouch"]
    func answer(_ question: String) throws -> Askpass.Answer {
      try #require(Askpass(["zerotouch", question], environment: variables)).answer
    }
    #expect(try answer("root@203.0.113.10's password: ") == .contents(of: "/state/password"))
    for question in [
      "Enter passphrase for key '/keys/id': ",
      "Are you sure you want to continue connecting (yes/no/[fingerprint])? ", "Verification code: ",
    ] {
      guard case .refusal(let text) = try answer(question) else {
        Issue.record("\(question) was answered")
        continue
      }
      #expect(!text.contains("/state/password"))
    }
    #expect(Askpass(["zerotouch", "status"], environment: [:]) == nil)
    #expect(Askpass(["zerotouch", "status", "-o", "json"], environment: variables) == nil)
  }

  @Test(arguments: [
    ("root@203.0.113.10: Permission denied (publickey,password).", SSHFailure.denied),
    ("zerotouch: the private key `k` has a passphrase\nroot@x: Permission denied (publickey).", .passphrase),
    ("Host key verification failed.", .hostKey), ("client_loop: send disconnect: Broken pipe", .broken),
    ("ssh: connect to host 203.0.113.10 port 22: Connection timed out", .unreachable),
    ("ssh: connect to host 203.0.113.10 port 22: Connection refused", .unreachable),
    ("Timeout, server 203.0.113.10 not responding.", .broken),
  ])
  func `why ssh failed is told apart`(text: String, failure: SSHFailure) {
    let output = ToolOutput(status: 255, standardError: Data(text.utf8))
    #expect(SSHFailure(output) == failure)
    #expect(SSHFailure(ToolOutput(status: 1, standardError: Data(text.utf8))) == nil)
    #expect(failure.isPassing == [.broken, .unreachable].contains(failure))
  }

  @Test func `disks are read from lsblk and from Talos, with what lies on them`() throws {
    let lsblk = """
      {"blockdevices": [
        {"name":"nvme0n1","path":"/dev/nvme0n1","type":"disk","size":1024209543168,"serial":"S1","model":"SAMSUNG MZVL2","wwn":"eui.0025","children":[
          {"name":"nvme0n1p1","type":"part","fstype":"ext4","label":"root","partlabel":null,"mountpoint":null}]},
        {"name":"sda","path":"/dev/sda","type":"disk","size":4000787030016,"serial":" W1 ","model":"WDC","wwn":"0x5002","fstype":null},
        {"name":"loop0","path":"/dev/loop0","type":"loop","size":1}]}
      """
    let seen = BlockDevice.disks(in: Data(lsblk.utf8))
    #expect(seen.map(\.path) == ["/dev/nvme0n1", "/dev/sda"])
    #expect(seen.map(\.serial) == ["S1", "W1"])
    #expect(seen.map(\.wwid) == ["eui.0025", "naa.5002"])
    #expect(seen.map(\.contents) == ["nvme0n1p1 (ext4 root)", "nothing"])
    #expect(seen.map(\.sizeInWords) == ["1.0 TB", "4.0 TB"])
    let talos = """
      {"metadata":{"id":"nvme0n1"},"spec":{"dev_path":"/dev/nvme0n1","model":"M","serial":"S2","wwid":"eui.1","size":512110190592,"transport":"nvme"}}
      {"metadata":{"id":"loop0"},"spec":{"dev_path":"/dev/loop0","size":1,"readonly":true}}
      """
    let asked = BlockDevice.disks(in: Data(talos.utf8))
    #expect(asked.map(\.serial) == ["S2"])
    #expect(asked.first?.sizeInWords == "512.1 GB")
    #expect(asked.first?.contents == "not known: this Talos does not tell")
    #expect(BlockDevice.disks(in: Data("nonsense".utf8)).isEmpty)
  }

  /// The fields of `DiscoveredVolumeSpec`, Talos 1.13.
  @Test(arguments: [
    (
      #"{"parentDevPath":"/dev/sda","devPath":"/dev/sda1","type":"partition","name":"xfs","label":"EPHEMERAL","partitionLabel":"EPHEMERAL"}"#,
      "sda1 (xfs EPHEMERAL)"
    ), (#"{"devPath":"/dev/sda","type":"disk","name":"ext4","label":"data"}"#, "ext4 data"),
    (#"{"devPath":"/dev/sda","type":"disk","name":""}"#, "nothing"),
    (#"{"parentDevPath":"/dev/sdb","devPath":"/dev/sdb1","type":"partition","name":"xfs"}"#, "nothing"),
  ])
  func `what Talos finds on a disk is told`(volume: String, contents: String) {
    let answers = """
      {"metadata":{"id":"sda","type":"Disks.block.talos.dev"},"spec":{"dev_path":"/dev/sda","size":1,"transport":"sata"}}
      {"metadata":{"id":"sda1","type":"DiscoveredVolumes.block.talos.dev"},"spec":\(volume)}
      """
    #expect(BlockDevice.disks(in: Data(answers.utf8)).map(\.contents) == [contents])
  }

  @Test func `a meter tells bytes, rate and time left, and not too often`() {
    var meter = ImageMeter(start: .zero)
    func note(_ text: String, at seconds: Int) -> String? {
      meter.note(.standardOutput(Data(text.utf8)), at: .seconds(seconds))
    }
    #expect(note("zerotouch: prog", at: 1) == nil)
    #expect(note("ress 50000000 400000000\n", at: 2) == "50 MB of 400 MB, 25 MB/s, 14s left")
    #expect(note("zerotouch: progress 60000000 400000000\n", at: 3) == nil)
    #expect(
      note("zerotouch: progress 200000000 400000000\nzerotouch: wrote\n", at: 12)
        == "200 MB of 400 MB, 17 MB/s, 12s left")
    #expect(note("zerotouch: progress 300000000 0\n", at: 30) == "300 MB, 10 MB/s")
  }

  @Test func `what failed on a machine is told without the options it was entered with`() {
    let ssh = SSH(host: IPAddress(203, 0, 113, 10), knownHosts: "k").script("true", effect: .mutates)
    func words(_ text: String, _ status: Int32 = 1) -> String {
      ToolError.exited(ssh, ToolOutput(status: status, standardOutput: Data(), standardError: Data(text.utf8)))
        .description
    }
    #expect(
      words("curl: (6) no such host\r\nzerotouch: there is no image\n  look at the lock\n")
        == "root@203.0.113.10: there is no image\n  look at the lock\n  what was said before: curl: (6) no such host")
    #expect(
      words("root@203.0.113.10: Permission denied (publickey).\r\n", 255).hasPrefix(
        "`ssh root@203.0.113.10` exited with status 255: root@203.0.113.10: Permission denied (publickey).\n  name what"
      ))
  }
}
