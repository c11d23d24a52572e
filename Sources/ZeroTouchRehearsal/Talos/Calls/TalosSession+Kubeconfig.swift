import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  /// The admin's kubeconfig; a control plane mints it whether its API server runs or not.
  func fetchKubeconfig(_ world: World) throws(CallFailure) -> ShimReply {
    var path = line.arguments.first ?? (isMerging ? "\(call.environment["HOME"] ?? "")/.kube/config" : "kubeconfig")
    var isDirectory: ObjCBool = false
    if path != "-", FileManager.default.fileExists(atPath: call.absolute(path), isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      path += "/kubeconfig"
    }
    let exists = path != "-" && files.exists(path)
    if exists, !line.isOn("force"), !isMerging {
      throw CallFailure("kubeconfig file already exists, use --force to overwrite: \"\(path)\"")
    }
    try checkMinting(world)
    if path == "-" { return ShimReply(standardOutput: kubeconfig) }
    guard exists, isMerging else {
      try files.write(kubeconfig, to: path, permissions: 0o600)
      return ShimReply()
    }
    return try merge(into: path)
  }

  private var isMerging: Bool { line.isOn("merge", otherwise: true) }

  private func checkMinting(_ world: World) throws(CallFailure) {
    let node: IPAddress
    do { node = try target(world) } catch { throw CallFailure("error copying: \(error.message)") }
    if let problem = problem(of: node, world) { throw CallFailure("error copying: \(node): \(problem)") }
    guard world.machines[node]?.configuration?.isControlPlane == true else {
      let refusal = TalosRefusal(.unimplemented, "kubeconfig is only available on control plane nodes")
      throw CallFailure("error initializing gzip: \(node): \(refusal)")
    }
  }

  /// Adds the cluster to a kubeconfig that exists; without `--force` an equal name gets a number.
  private func merge(into path: String) throws(CallFailure) -> ShimReply {
    do {
      var old = try YAMLDocuments.parse(try files.read(path), file: path).first ?? .object([:])
      let new = try YAMLDocuments.parse(kubeconfig, file: "kubeconfig").first ?? .object([:])
      var output = ""
      for kind in ["clusters", "contexts", "users"] {
        var entries = old[kind]?.arrayValue ?? []
        for entry in new[kind]?.arrayValue ?? [] {
          let name = entry["name"]?.stringValue ?? ""
          var added = entry
          if line.isOn("force") { entries.removeAll { $0["name"] == entry["name"] } }
          if entries.contains(where: { $0["name"] == entry["name"] }) {
            added["name"] = .string(Self.unused(name, in: entries))
            output += "renamed \(kind.dropLast()) \"\(name)\" -> \"\(added["name"]?.stringValue ?? "")\"\n"
          }
          entries.append(added)
          if kind == "contexts" { old["current-context"] = added["name"] }
        }
        old[kind] = .array(entries)
      }
      try files.write(YAMLWriter.text(of: old), to: path, permissions: 0o600)
      return ShimReply(standardOutput: output)
    } catch let failure as CallFailure {
      throw failure
    } catch { throw CallFailure("error loading config file \"\(path)\": yaml: \(error)") }
  }

  private static func unused(_ name: String, in entries: [JSONValue]) -> String {
    var number = 1
    while entries.contains(where: { $0["name"]?.stringValue == "\(name)-\(number)" }) { number += 1 }
    return "\(name)-\(number)"
  }
}
