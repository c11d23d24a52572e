import ZeroTouchManifests
import ZeroTouchModel

/// An AppProject: from where and to where its Applications may bring what.
struct ApplicationProject: Sendable {
  private let name: String
  private let spec: JSONValue

  init?(of application: Application, in world: World) {
    name = application.project
    guard let spec = world.objects[ObjectKey(ArgoCDNames.projects, application.key.namespace, name)]?["spec"] else {
      return nil
    }
    self.spec = spec
  }

  /// Why an Application may not be followed at all, in Argo CD's words.
  func refusal(of application: Application) -> String? {
    let repositories = (spec["sourceRepos"]?.arrayValue ?? []).compactMap(\.stringValue)
    for repository in application.sources.map({ $0["repoURL"]?.stringValue ?? "" })
    where !repositories.contains(where: { Self.matches($0, repository) || Self.isSame($0, repository) }) {
      return "application repo \(repository) is not permitted in project '\(name)'"
    }
    let namespace = application.destinationNamespace
    guard permits(namespace: namespace) else {
      return "application destination server '\(ArgoCDNames.inCluster)' and namespace '\(namespace)' do not match any "
        + "of the allowed destinations in project '\(name)'"
    }
    return nil
  }

  /// Why an object may not be brought; `isNamespaced` is nil for a kind that the server does not know.
  func refusal(of identity: ResourceIdentity, isNamespaced: Bool?) -> String? {
    guard let isNamespaced else { return nil }
    guard permits(identity.group, identity.kind, isNamespaced: isNamespaced) else {
      return "resource \(identity.group):\(identity.kind) is not permitted in project \(name)"
    }
    return !isNamespaced || permits(namespace: identity.namespace)
      ? nil : "namespace \(identity.namespace) is not permitted in project '\(name)'"
  }

  private func permits(_ group: String, _ kind: String, isNamespaced: Bool) -> Bool {
    func names(_ list: String) -> Bool {
      (spec[list]?.arrayValue ?? []).contains { entry in
        Self.matches(entry["group"]?.stringValue ?? "", group) && Self.matches(entry["kind"]?.stringValue ?? "", kind)
      }
    }
    // The cluster's own kinds are forbidden unless they are named; those of namespaces are allowed unless they are.
    guard isNamespaced else { return names("clusterResourceWhitelist") && !names("clusterResourceBlacklist") }
    return (spec["namespaceResourceWhitelist"] == nil || names("namespaceResourceWhitelist"))
      && !names("namespaceResourceBlacklist")
  }

  private func permits(namespace: String) -> Bool {
    (spec["destinations"]?.arrayValue ?? []).contains { destination in
      let server = destination["server"]?.stringValue ?? destination["name"]?.stringValue ?? ""
      return ["in-cluster", ArgoCDNames.inCluster].contains { Self.matches(server, $0) }
        && Self.matches(destination["namespace"]?.stringValue ?? "", namespace)
    }
  }

  private static func matches(_ pattern: String, _ text: String) -> Bool { Wildcard.matches(pattern, text) }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    ChartReference.normalized(left) == ChartReference.normalized(right)
  }
}

extension Application {
  /// The project that it belongs to; without a word the one that allows everything.
  var project: String {
    let name = spec["project"]?.stringValue ?? ""
    return name.isEmpty ? "default" : name
  }
}
