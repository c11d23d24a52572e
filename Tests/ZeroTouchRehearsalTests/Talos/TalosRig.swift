import Foundation
import TestSupport
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

/// A host with machines, its clock, and the tools' command lines typed in one folder.
struct TalosRig: Sendable {
  let host: WorldHost
  let clock = ManualClock()
  let folder: String

  init(folder: String, machines: [Machine]) {
    self.folder = folder
    var world = World.assembled(epoch: Date(timeIntervalSince1970: 1_790_000_000))
    for machine in machines { world.addMachine(machine) }
    host = WorldHost(
      world, endpoint: APIEndpoint(port: 1, prefix: "secret"), clock: clock, speed: 1, errands: RefusingErrandRunner())
  }

  /// Runs a command line of talosctl.
  func talosctl(_ line: String, input: String = "") async -> ShimReply {
    await TalosDoor().answer(call("talosctl", line.split(separator: " ").map(String.init), input), host: host)
  }

  func ssh(_ arguments: [String], input: String = "") async -> ShimReply {
    await RescueDoor().answer(call("ssh", arguments, input), host: host)
  }

  private func call(_ program: String, _ arguments: [String], _ input: String) -> ShimCall {
    ShimCall(
      program: program, arguments: arguments, standardInput: Data(input.utf8), directory: folder,
      environment: ["HOME": folder])
  }

  /// Lets time pass in the world while a call waits for what happens in it.
  func whileTimePasses<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async throws -> Value {
    try await clock.running {
      async let _: Void = host.run()
      return await work()
    }
  }

  func pass(_ seconds: Int) { clock.advance(by: .seconds(seconds)) }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

  /// Makes secrets and configurations in `cfg` and points its talosconfig to an address.
  func prepare(_ address: String, patch: String = "", folder: String = "cfg") async throws {
    try write("apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: cp01\n\(patch)", to: "cp.yaml")
    _ = await talosctl("gen secrets -o \(folder)-secrets.yaml")
    _ = await talosctl(
      "gen config demo https://\(address):6443 --with-secrets \(folder)-secrets.yaml --config-patch-control-plane @cp.yaml "
        + "--install-disk /dev/sda --with-docs=false --with-examples=false --kubernetes-version 1.35.4 -o \(folder)")
    _ = await talosctl("--talosconfig \(folder)/talosconfig config endpoint \(address)")
    _ = await talosctl("--talosconfig \(folder)/talosconfig config node \(address)")
  }

  /// Brings a machine to a healthy etcd.
  func bringUp(_ address: String, patch: String = "") async throws {
    try await prepare(address, patch: patch)
    _ = await talosctl("apply-config --insecure -n \(address) -f cfg/controlplane.yaml")
    pass(30)
    _ = await talosctl("--talosconfig cfg/talosconfig bootstrap")
    pass(20)
  }
}

extension ShimReply {
  var outputText: String { String(decoding: standardOutput, as: UTF8.self) }
  var errorText: String { String(decoding: standardError, as: UTF8.self) }
}
