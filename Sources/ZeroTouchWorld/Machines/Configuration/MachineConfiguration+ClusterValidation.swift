import Foundation
import ZeroTouchManifests
import ZeroTouchModel

extension MachineConfiguration {
  /// What is wrong with the `cluster` half.
  func clusterProblems() -> ErrorList {
    guard main?["cluster"]?.objectValue != nil else { return ErrorList(["cluster instructions are required"]) }
    if cluster["controlPlane"] != nil, endpoint.isEmpty {
      return ErrorList(["cluster controlplane endpoint is required"])
    }
    var list = ErrorList()
    if !endpoint.isEmpty, let problem = Self.endpointProblem(endpoint) {
      list.append("invalid controlplane endpoint: \(problem)")
    }
    if !Self.isDNSName(dnsDomain) { list.append("\"\(dnsDomain)\" is not a valid DNS name") }
    if cluster["etcd"] != nil, !isControlPlane { list.append("etcd config is only allowed on control plane machines") }
    if !isControlPlane, cluster[path: "ca", "key"]?.stringValue?.isEmpty == false {
      list.append("cluster CA key is not allowed on non-controlplane nodes (.cluster.ca)")
    }
    list.append(ErrorList(inlineManifestProblems()))
    list.append(ErrorList(discoveryProblems()))
    return list
  }

  private func inlineManifestProblems() -> [String] {
    var known: Set<String> = []
    return inlineManifests.flatMap { manifest -> [String] in
      var problems: [String] = []
      if manifest.name.allSatisfy(\.isWhitespace) { problems.append("inline manifest name can't be empty") }
      if !known.insert(manifest.name).inserted {
        problems.append("inline manifest name \"\(manifest.name)\" is duplicate")
      }
      return problems
    }
  }

  private func discoveryProblems() -> [String] {
    let discovery = cluster["discovery"]
    guard discovery?["enabled"]?.boolValue == true,
      discovery?[path: "registries", "service", "disabled"]?.boolValue != true
    else { return [] }
    var problems: [String] = []
    if cluster["id"]?.stringValue?.isEmpty ?? true {
      problems.append("cluster discovery service requires .cluster.id")
    }
    if cluster["secret"]?.stringValue?.isEmpty ?? true {
      problems.append("cluster discovery service requires .cluster.secret")
    }
    return problems
  }

  private static func endpointProblem(_ endpoint: String) -> String? {
    guard let components = URLComponents(string: endpoint), let host = components.host, !host.isEmpty else {
      return "hostname must not be blank"
    }
    return components.scheme == nil ? "url scheme must not be blank" : nil
  }

  private static func isDNSName(_ name: String) -> Bool {
    let allowed = { (character: Character) in
      character.isASCII && (character.isLetter || character.isNumber || "_-".contains(character))
    }
    return !name.isEmpty && name.count <= 255
      && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0.count <= 63 && $0.allSatisfy(allowed) && !$0.hasPrefix("-")
      }
  }

  static func hostnameProblems(_ document: JSONValue) -> [String] {
    let auto = document["auto"]?.stringValue ?? ""
    let hostname = document["hostname"]?.stringValue ?? ""
    var problems: [String] = []
    if auto.isEmpty, hostname.isEmpty { problems.append("either 'auto' or 'hostname' must be set") }
    if !auto.isEmpty, auto != "off", !hostname.isEmpty {
      problems.append("'auto' and 'hostname' cannot be set at the same time")
    }
    if !["", "off", "stable"].contains(auto) { problems.append("invalid value for 'auto': \(auto)") }
    return problems
  }

  /// Settings that stand in the main document and in a document of their own.
  func conflicts() -> [String] {
    guard main != nil, document("HostnameConfig") != nil else { return [] }
    var problems: [String] = []
    if machine[path: "network", "hostname"]?.stringValue?.isEmpty == false {
      problems.append("static hostname is already set in v1alpha1 config")
    } else if machine[path: "features", "stableHostname"]?.boolValue == true {
      problems.append("stable hostname is already set in v1alpha1 config")
    }
    return problems
  }

  func labelProblems() -> [String] {
    nodeTaints.sorted { $0.key < $1.key }.compactMap { _, taint in
      let effect = taint.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
      guard !["NoSchedule", "PreferNoSchedule", "NoExecute"].contains(effect) else { return nil }
      return "invalid machine node taints: invalid taint effect: \"\(effect)\""
    }
  }
}
