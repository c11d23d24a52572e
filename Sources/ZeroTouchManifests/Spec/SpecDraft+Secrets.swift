import ZeroTouchModel

extension SecretReferences.Repository {
  /// The one way in that is written there; the rules tell where there is none, or more than one.
  init?(_ node: LocatedYAML) {
    let access: Access
    if let password = node.reference("password", "secrets.repository.password") {
      access = .password(username: node["username"]?.text(.plain) ?? "git", password)
    } else if let key = node.reference("sshKey", "secrets.repository.sshKey") {
      access = .sshKey(key)
    } else if let app = node["app"], let id = app["id"]?.scalar?.intValue,
      let installation = app["installation"]?.scalar?.intValue,
      let key = app.reference("key", "secrets.repository.app.key")
    {
      access = .app(id: id, installation: installation, key: key)
    } else {
      return nil
    }
    self.init(url: node["url"]?.text(.repositoryURL), access: access)
  }
}

extension SecretReferences.Registry {
  init?(_ node: LocatedYAML) {
    guard let username = node["username"]?.text(.plain),
      let token = node.reference("token", "secrets.registry.token")
    else { return nil }
    self.init(
      server: node["server"]?.text(.host) ?? "ghcr.io", username: username, token: token,
      namespaces: node["namespaces"]?.texts(.label) ?? ["intelligence"])
  }
}

extension SecretReferences.Other {
  init?(_ node: LocatedYAML) {
    guard let namespace = node["namespace"]?.text(.label), let name = node["name"]?.text(.objectName) else {
      return nil
    }
    var values: [String: SecretReference] = [:]
    for entry in node["values"]?.entries ?? [] {
      values[entry.key] = node["values"]?.reference(entry.key, "secrets.others: \(namespace)/\(name), \(entry.key)")
    }
    self.init(namespace: namespace, name: name, values: values)
  }
}

extension LocatedYAML {
  /// The reference below a key; what is asked for on a terminal is told by its place.
  func reference(_ key: String, _ place: String) -> SecretReference? {
    self[key]?.text(.secretReference).flatMap { SecretReference($0)?.asking(for: place) }
  }
}
