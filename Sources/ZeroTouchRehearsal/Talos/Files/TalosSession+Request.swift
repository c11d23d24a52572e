import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  /// What `gen config` is asked for, checked as talosctl checks it.
  func request() throws(CallFailure) -> GenerationRequest {
    let endpoint = line.arguments[1]
    let host = try endpointHost(endpoint)
    guard let contract = GenerationRequest.Contract(line.value("talos-version") ?? Machine.talosVersion) else {
      throw CallFailure("invalid talos-version: error parsing version \"\(line.value("talos-version") ?? "")\"")
    }
    let version = line.value("kubernetes-version") ?? "1.36.3"
    return GenerationRequest(
      clusterName: line.arguments[0], endpoint: endpoint, endpointHost: host, secrets: try secrets(),
      kubernetesVersion: String(version.drop { $0 == "v" }), installDisk: line.value("install-disk") ?? "/dev/sda",
      installImage: line.value("install-image") ?? "ghcr.io/siderolabs/installer:\(Machine.talosVersion)",
      additionalSANs: line.list("additional-sans"), contract: contract)
  }

  private func endpointHost(_ endpoint: String) throws(CallFailure) -> String {
    guard let url = URLComponents(string: endpoint), let scheme = url.scheme, endpoint.contains("://") else {
      let name = endpoint.hasSuffix(":6443") ? endpoint : "\(endpoint):6443"
      let missing = endpoint.hasSuffix(":6443") ? "scheme" : "scheme and port"
      throw CallFailure("no \(missing) specified for the cluster endpoint URL\ntry: \"https://\(name)\"")
    }
    guard scheme == "https" else {
      let rest = endpoint.dropFirst(scheme.count)
      throw CallFailure(
        "the control plane endpoint URL should have scheme https://\ntry: \"https\(rest)\"")
    }
    guard let host = url.host, !host.isEmpty else {
      throw CallFailure("error validating the cluster endpoint URL: hostname must not be blank")
    }
    return host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
  }

  private func secrets() throws(CallFailure) -> JSONValue {
    guard let path = line.value("with-secrets") else {
      var bundle = SecretsBundle()
      return try parsed(bundle.text(), "secrets")
    }
    let text: String
    do { text = try files.read(path) } catch { throw CallFailure("failed to load secrets bundle: \(error.message)") }
    let bundle = try parsed(text, path)
    var problems = ErrorList()
    for (group, name) in [
      ("cluster", "id"), ("cluster", "secret"), ("trustdinfo", "token"), ("secrets", "bootstraptoken"),
    ]
    where bundle[path: group, name]?.stringValue?.isEmpty ?? true {
      problems.append("\(group).\(name) is required")
    }
    for name in ["etcd", "k8s", "k8saggregator", "os"] where bundle[path: "certs", name, "crt"] == nil {
      problems.append("certs.\(name) is required")
    }
    guard problems.isEmpty else { throw CallFailure("failed to validate secrets bundle: \(problems)") }
    return bundle
  }

  private func parsed(_ text: String, _ path: String) throws(CallFailure) -> JSONValue {
    do { return try YAMLDocuments.parse(text, file: path).first ?? .object([:]) } catch {
      throw CallFailure("failed to load secrets bundle: yaml: \(error)")
    }
  }
}
