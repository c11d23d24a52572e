import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  func applyConfiguration(_ world: inout World) throws(CallFailure) -> ShimReply {
    if let word = line.arguments.first {
      throw CallFailure(
        word == "config" ? "expected no positional arguments" : "unknown positional argument \(word)")
    }
    guard let file = line.value("file"), !file.isEmpty else {
      throw CallFailure("no filename supplied for configuration")
    }
    let mode = line.value("mode") ?? "auto"
    guard ["auto", "no-reboot", "reboot", "staged", "try"].contains(mode) else {
      throw CallFailure("invalid argument \"\(mode)\" for \"-m, --mode\" flag: possible options are: \(Self.modes)")
    }
    let text = try patched(try configurationText(file))
    let node: IPAddress
    do { node = try target(world) } catch { throw CallFailure("error applying new configuration: \(error.message)") }
    do {
      let result = try world.applyConfiguration(text, to: node, isDryRun: line.isOn("dry-run"))
      if mode == "reboot", !line.isOn("dry-run") {
        world.reboot(node)
        return ShimReply(standardError: "Applied configuration with a reboot\n")
      }
      return ShimReply(standardError: result + "\n")
    } catch {
      throw CallFailure("error applying new configuration: \(wrapped(error, node))")
    }
  }

  private static let modes = "auto, no-reboot, reboot, staged, try"

  private func configurationText(_ file: String) throws(CallFailure) -> String {
    let text: String
    do { text = try files.read(file) } catch {
      throw CallFailure("failed to read configuration from \"\(file)\": \(error.message)")
    }
    guard !text.isEmpty else { throw CallFailure("no configuration data read") }
    return text
  }

  private func patched(_ text: String) throws(CallFailure) -> String {
    let patches = line.all("config-patch")
    guard !patches.isEmpty else { return text }
    do {
      var configuration = try MachineConfiguration(text: text)
      for patch in try self.patches(patches) { try configuration.apply(patch: patch) }
      return TalosYAML.text(configuration.documents)
    } catch { throw CallFailure("\(error)") }
  }

  /// The texts of patches, given as they are or as `@file`.
  func patches(_ values: [String]) throws -> [String] {
    try values.map { $0.hasPrefix("@") ? try files.read(String($0.dropFirst())) : $0 }
  }

  /// A refusal as it reads when it went through the endpoint.
  func wrapped(_ refusal: TalosRefusal, _ node: IPAddress) -> String {
    isInsecure ? "\(refusal)" : "\(ErrorList(["\(node): \(refusal)"]))"
  }

  func bootstrap(_ world: inout World) throws(CallFailure) -> ShimReply {
    if let snapshot = line.value("recover-from") { _ = try files.read(snapshot) }
    let node: IPAddress
    do { node = try target(world) } catch { throw CallFailure("error executing bootstrap: \(error.message)") }
    if let problem = problem(of: node, world) {
      throw CallFailure("error executing bootstrap: \(ErrorList(["\(node): \(problem)"]))")
    }
    do { try world.bootstrapEtcd(on: node) } catch {
      throw CallFailure("error executing bootstrap: \(wrapped(error, node))")
    }
    return ShimReply()
  }
}
