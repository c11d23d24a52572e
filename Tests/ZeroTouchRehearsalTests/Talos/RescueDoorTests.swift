import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct RescueDoorTests {
  private let address = IPAddress(10, 0, 0, 10)
  private var ssh: SSH { SSH(host: address, credential: .key("/keys/own key"), knownHosts: "/state/known hosts") }

  private func rig(isInMaintenance: Bool = false) -> TalosRig {
    TalosRig(
      folder: "/", machines: [Machine(address: address, name: "cp01", isInMaintenance: isInMaintenance)])
  }

  private func script(serial: String, model: String = "", size: String = "") -> String {
    "image_url='https://images.invalid/metal-amd64.raw.zst'\ndisk_serial='\(serial)'\ndisk_model='\(model)'\ndisk_wwid=''\n"
      + "disk_size_test='-ge'\ndisk_size_bytes='\(size)'\ndisk_path=''\ncurl \"$image_url\" | zstd -dc | dd of=\"$chosen\" bs=4M\n"
  }

  @Test func `a rescue system answers the pipeline's own command lines`() async {
    let rig = rig()
    #expect(await rig.ssh(ssh.run(["true"], effect: .reads).arguments).status == 0)
    #expect(await rig.ssh(ssh.run(["hostname"], effect: .reads).arguments).outputText == "rescue\n")
    let disks = await rig.ssh(["root@10.0.0.10", "lsblk", "--json", "--bytes", "-o", "PATH,SERIAL"])
    #expect(disks.outputText.contains("\"serial\": \"S676NX0CP011\""))
    let unknown = await rig.ssh(["root@10.0.0.10", "frobnicate", "--now"])
    #expect(unknown.status == 127)
    #expect(unknown.errorText == "bash: line 1: frobnicate: command not found\n")
  }

  @Test func `the install script takes its time and writes the disk that is meant`() async throws {
    let rig = rig()
    let invocation = ssh.script(script(serial: "S676NX0CP011"), effect: .mutates)
    let reply = try await rig.whileTimePasses { [script = script(serial: "S676NX0CP011")] in
      await rig.ssh(invocation.arguments, input: script)
    }
    #expect(reply.status == 0)
    #expect(reply.outputText.hasSuffix("to /dev/nvme1n1\n"))
    #expect(await rig.host.withWorld { $0.now } >= .seconds(60))
    let reboot = await rig.ssh(ssh.run(["reboot"], effect: .mutates).arguments)
    #expect(reboot.status == 255)
    #expect(reboot.errorText.contains("closed by remote host"))
    rig.pass(121)
    #expect(await rig.host.withWorld { $0.machineStatus(address)?.stage } == "maintenance")
  }

  @Test func `a disk that does not exist and a script that fits two stop before anything is written`() async {
    let rig = rig()
    let cases = [
      ("NONE", "", "", "0 disks fit"), ("", "", "", "2 disks fit"), ("", "SAM*", "", "2 disks fit"),
      ("", "WDC*", "", "0 disks fit"), ("S676*", "", "", "2 disks fit"), ("", "", "500000000000", "2 disks fit"),
      ("S676NX0CP011", "", "2000000000000", "0 disks fit"),
    ]
    for (serial, model, size, message) in cases {
      let reply = await rig.ssh(
        ssh.script("", effect: .mutates).arguments, input: script(serial: serial, model: model, size: size))
      #expect(reply.status == 1)
      #expect(reply.errorText.contains(message))
    }
    #expect(await rig.host.withWorld { $0.machines[address]?.state } == .rescue)
  }

  @Test func `Talos has no shell`() async {
    let rig = rig(isInMaintenance: true)
    let reply = await rig.ssh(["root@10.0.0.10", "true"])
    #expect(reply.status == 255)
    #expect(reply.errorText == "ssh: connect to host 10.0.0.10 port 22: Connection refused\r\n")
    let nobody = await rig.ssh(["root@10.9.9.9", "true"])
    #expect(nobody.errorText == "ssh: connect to host 10.9.9.9 port 22: Connection timed out\r\n")
  }

  @Test func `ports that are tried are open where something listens, and nobody is logged in`() async {
    func states(_ rig: TalosRig, _ address: IPAddress) async -> [PortState] {
      var states: [PortState] = []
      for port in [22, 50000, 6443] {
        let reply = await rig.ssh(SSH.knock(at: address, port: port, within: 3).arguments)
        let output = ToolOutput(status: reply.status, standardError: reply.standardError)
        states.append(PortState(.success(output)))
      }
      return states
    }
    #expect(await states(rig(), address) == [.open, .closed, .closed])
    #expect(await states(rig(isInMaintenance: true), address) == [.closed, .open, .closed])
    #expect(await states(rig(), IPAddress(10, 9, 9, 9)) == [.filtered, .filtered, .filtered])
    let entered = await rig().ssh(SSH.knock(at: address, port: 22, within: 3).arguments)
    #expect(entered.errorText == "root@10.0.0.10: Permission denied (publickey,password).\r\n")
  }

  @Test func `options are read as OpenSSH reads them`() {
    let words = ["-T", "-p", "2222", "-oUser=ops", "-i", "key", "[::1]", "--", "echo", "a b"]
    var expected = SSHCommandLine()
    expected.host = "::1"
    expected.user = "ops"
    expected.port = 2222
    expected.options = ["user": "ops"]
    expected.command = "echo a b"
    #expect(SSHCommandLine.read(words) == .connect(expected))
    #expect(SSHCommandLine.read(["-V"]) == .version)
    guard case .invalid(let text) = SSHCommandLine.read(["-Z", "host"]) else {
      Issue.record("an unknown option passed")
      return
    }
    #expect(text.hasPrefix("unknown option -- Z"))
  }
}
