import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// What the roles in a file allow, as `group/resource`.
private func allowed(by path: String) throws -> Set<String> {
  let roles = try Fixture(path).documents().map(\.json).filter { $0["kind"] == "ClusterRole" }
  var allowed: Set<String> = []
  for rule in roles.flatMap({ $0["rules"]?.arrayValue ?? [] }) {
    #expect(rule["verbs"] == ["get", "list", "watch", "create", "update", "patch", "delete"])
    for group in rule["apiGroups"]?.arrayValue ?? [] {
      for resource in rule["resources"]?.arrayValue ?? [] {
        allowed.insert("\(group.stringValue ?? "")/\(resource.stringValue ?? "")")
      }
    }
  }
  return allowed
}

/// The group and resource of an object.
private func resource(_ object: JSONValue) -> String {
  let version = object["apiVersion"]?.stringValue ?? ""
  let kind = (object["kind"]?.stringValue ?? "").lowercased()
  let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
  return "\(group)/\(kind.hasSuffix("y") ? kind.dropLast() + "ies" : kind + "s")"
}

/// What Crossplane's own role covers, and what its manager of roles adds for its providers.
private let byItself: Set = ["/services", "/serviceaccounts", "apps/deployments", "kubernetes.crossplane.io/objects"]

@Test func `whatever the compositions make, Crossplane or its provider may make, and nothing else`() throws {
  let objects = try Fixture.accepted.flatMap { try $0.rendered() }
  let direct = Set(objects.map(resource)).subtracting(byItself)
  #expect(try direct == allowed(by: "crossplane-role.yaml"))
  let wrapped = Set(objects.filter { $0.unwrapped != $0 }.map { resource($0.unwrapped) })
  #expect(try wrapped == allowed(by: "postgresinstance/provider-access.yaml"))
}
