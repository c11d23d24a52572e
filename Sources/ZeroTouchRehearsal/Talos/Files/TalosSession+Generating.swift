import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  func generateSecrets() throws(CallFailure) -> ShimReply {
    let path = line.value("output-file") ?? "secrets.yaml"
    try checkVersion()
    var bundle = SecretsBundle()
    if path == "-" { return ShimReply(standardOutput: bundle.text()) }
    try refuseExisting(path)
    try files.write(bundle.text(), to: path, permissions: 0o600)
    return ShimReply()
  }

  private func refuseExisting(_ path: String) throws(CallFailure) {
    guard !line.isOn("force"), files.exists(path) else { return }
    throw CallFailure("file \"\(path)\" already exists, use --force to overwrite")
  }

  private func checkVersion() throws(CallFailure) {
    guard let text = line.value("talos-version"), GenerationRequest.Contract(text) == nil else { return }
    throw CallFailure("invalid talos-version: error parsing version \"\(text)\"")
  }

  func generateConfiguration() throws(CallFailure) -> ShimReply {
    let request = try request()
    let types = line.has("output-types") ? line.list("output-types") : ["controlplane", "worker", "talosconfig"]
    let unknown = types.filter { !["controlplane", "worker", "talosconfig"].contains($0) }
    guard unknown.isEmpty else {
      throw CallFailure("\(ErrorList(unknown.map { "invalid output type: \"\($0)\"" }))")
    }
    let output = line.value("output") ?? "."
    if output == "-", types.count > 1 { throw CallFailure("can't use multiple output types with stdout") }
    var errors = "generating PKI and tokens\n"
    for type in types {
      let text = try text(of: type, request)
      if output == "-" { return ShimReply(standardOutput: text, standardError: errors) }
      let path = destination(of: type, output, isOnly: types.count == 1)
      do throws(CallFailure) {
        try refuseExisting(path)
        try files.write(text, to: path, permissions: 0o644)
      } catch { throw CallFailure(errors + error.message) }
      errors += "Created \(path)\n"
    }
    return ShimReply(standardError: errors)
  }

  private func destination(of type: String, _ output: String, isOnly: Bool) -> String {
    let name = type == "talosconfig" ? type : "\(type).yaml"
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: call.absolute(output), isDirectory: &isDirectory)
    // A single file may be named itself; a folder that exists is a folder.
    if isOnly, output != ".", !(exists && isDirectory.boolValue) { return output }
    return output == "." ? name : "\(output)/\(name)"
  }

  private func text(of type: String, _ request: GenerationRequest) throws(CallFailure) -> String {
    if type == "talosconfig" { return talosconfig(request).text }
    let isControlPlane = type == "controlplane"
    var configuration = request.configuration(isControlPlane: isControlPlane)
    let own = isControlPlane ? "config-patch-control-plane" : "config-patch-worker"
    do {
      for patch in try patches(line.all("config-patch") + line.all(own)) { try configuration.apply(patch: patch) }
    } catch let failure as CallFailure {
      throw CallFailure("error parsing config JSON patch: \(failure.message)")
    } catch { throw CallFailure("failed to generate config bundle: \(error)") }
    return TalosYAML.text(configuration.documents)
  }

  private func talosconfig(_ request: GenerationRequest) -> Talosconfig {
    var bundle = SecretsBundle()
    let client = bundle.client()
    return Talosconfig(
      context: request.clusterName,
      Talosconfig.Context(
        ca: request.secrets[path: "certs", "os", "crt"]?.stringValue ?? "", crt: client.crt, key: client.key))
  }
}
