import ZeroTouchModel

extension SpecDraft {
  /// Takes what is well formed out of a document; the validator has reported the rest.
  init(reading document: LocatedYAML) {
    name = document[path: "metadata", "name"]?.text(.label)
    guard let spec = document["spec"] else { return }
    environment = spec["environment"]?.word() ?? environment
    stage = spec["stage"]?.word() ?? stage
    if let node = spec["provider"], let word: ClusterSpec.Provider = node.word() {
      provider = Placed(word, at: node.location)
    }
    if let node = spec["endpoint"], let url = node.text(.endpoint), let value = Endpoint(url: url) {
      endpoint = Placed(value, at: node.location)
    }
    nodesPlace = spec.entry("nodes")?.keyLocation
    nodes = (spec["nodes"]?.items ?? []).map(NodeDraft.init)
    readVersions(spec["versions"])
    readNetwork(spec["network"])
    for entry in spec["timeouts"]?.entries ?? [] {
      timeouts[entry.key] = entry.value.text(.duration).flatMap(Duration.init(words:))
    }
    repoURL = spec[path: "gitops", "repoURL"]?.text(.repositoryURL)
    revision = spec[path: "gitops", "revision"]?.text(.plain)
    secrets.aws = spec[path: "secrets", "aws"].flatMap(SecretReferences.AWS.init)
    secrets.repository = spec[path: "secrets", "repository"].flatMap(SecretReferences.Repository.init)
    secrets.registry = spec[path: "secrets", "registry"].flatMap(SecretReferences.Registry.init)
    secrets.others = (spec[path: "secrets", "others"]?.items ?? []).compactMap(SecretReferences.Other.init)
    secrets.onePassword = spec[path: "secrets", "onePassword"]?.reference("token", "secrets.onePassword.token")
    secrets.openBao = spec[path: "secrets", "openBao"]?.reference("token", "secrets.openBao.token")
    for part in spec["secrets"]?.entries ?? [] {
      secretPlaces[part.key] = part.keyLocation
      for entry in part.value.entries ?? [] { secretPlaces["\(part.key).\(entry.key)"] = entry.value.location }
    }
    costLabels = spec["costLabels"]?.texts(.labelKey) ?? []
    secrets.recipients = spec[path: "secrets", "recipients"]?.texts(.ageRecipient) ?? []
  }

  private mutating func readVersions(_ node: LocatedYAML?) {
    let keys: [(String, WritableKeyPath<VersionSet, SemanticVersion>)] = [
      ("talos", \.talos), ("kubernetes", \.kubernetes), ("cilium", \.cilium), ("gatewayAPI", \.gatewayAPI),
      ("argocd", \.argocd),
    ]
    for (key, path) in keys {
      guard let value = node?[key], let version = value.text(.version).flatMap(SemanticVersion.init(strict:)) else {
        continue
      }
      versions[keyPath: path] = version
      versionPlaces[key] = value.location
    }
  }

  private mutating func readNetwork(_ node: LocatedYAML?) {
    if let value = node?["podCIDR"], let block = value.text(.block).flatMap({ CIDRBlock($0) }) {
      podCIDR = Placed(block, at: value.location)
    }
    if let value = node?["serviceCIDR"], let block = value.text(.block).flatMap({ CIDRBlock($0) }) {
      serviceCIDR = Placed(block, at: value.location)
    }
    if let value = node?["gateway"] { readGateway(value) }
    timeServers = node?["timeServers"]?.texts(.host) ?? []
    nodeSubnets = node?["nodeSubnets"]?.texts(.block).compactMap { CIDRBlock($0) } ?? []
  }

  private mutating func readGateway(_ node: LocatedYAML) {
    let mode: Network.Gateway.Mode? = node["mode"]?.word()
    gateway.isUnclear = node["mode"] != nil && mode == nil
    gateway.mode = mode ?? gateway.mode
    gateway.place = node["mode"]?.location ?? node.location
    gateway.poolPlace = node["pool"]?.location
    gateway.pool = node["pool"]?.text(.pool).flatMap { AddressPool($0) }
  }
}

extension SpecDraft.NodeDraft {
  init(_ node: LocatedYAML) {
    place = node.location
    name = node["name"].flatMap { name in name.text(.label).map { Placed($0, at: name.location) } }
    role = node["role"]?.word()
    address = node["address"].flatMap { place in
      place.text(.address).flatMap { IPAddress($0) }.map { Placed($0, at: place.location) }
    }
    let selector = node[path: "install", "disk"]
    diskPlace = selector?.location
    disk = selector.map {
      Node.DiskSelector(
        serial: $0["serial"]?.text(.plain), model: $0["model"]?.text(.plain), wwid: $0["wwid"]?.text(.plain),
        size: $0["size"]?.text(.diskSize).flatMap { DiskSize($0) }, path: $0["path"]?.text(.diskPath))
    }
    for entry in node["labels"]?.entries ?? [] {
      labels[entry.key] = entry.value.text(.labelValue).map { Placed($0, at: entry.keyLocation) }
    }
    for entry in node["taints"]?.entries ?? [] { taints[entry.key] = entry.value.text(.taint) }
    readInterfaces(node["interfaces"]?.items ?? [])
    patches = node["patches"]?.items?.compactMap { $0.text(.repositoryPath) } ?? []
    readAccess(node["access"])
    providerID = node["providerID"]?.text(.plain)
  }
}

extension SpecDraft.NodeDraft {
  fileprivate mutating func readAccess(_ node: LocatedYAML?) {
    func reference(_ key: String, _ title: String) -> SecretReference? {
      node?[key]?.text(.secretReference).flatMap { SecretReference($0) }
        .map { $0.asking(for: "\(title) of \(name?.value ?? "a machine")") }
    }
    access.sshKey = reference("sshKey", "the ssh key")
    access.password = reference("password", "the root password")
    access.port = node?["port"]?.scalar?.intValue ?? access.port
  }
}

extension SecretReferences.AWS {
  init?(_ node: LocatedYAML) {
    func reference(_ key: String) -> SecretReference? { node.reference(key, "secrets.aws.\(key)") }
    guard let accessKeyID = reference("accessKeyID"), let secretAccessKey = reference("secretAccessKey"),
      let region = node["region"]?.text(.plain), let prefix = node["prefix"]?.text(.parameterPath)
    else { return nil }
    self.init(
      accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: reference("sessionToken"),
      region: region, prefix: prefix)
  }
}

extension LocatedYAML {
  /// The strings of a list that are well formed.
  func texts(_ format: SpecFormat) -> [String] { (items ?? []).compactMap { $0.text(format) } }

  /// The string here when it is well formed.
  func text(_ format: SpecFormat) -> String? {
    guard let text = scalar?.stringValue, format.problem(with: text) == nil else { return nil }
    return text
  }

  /// The word of an enumeration here.
  fileprivate func word<Word: RawRepresentable>() -> Word? where Word.RawValue == String {
    scalar?.stringValue.flatMap(Word.init(rawValue:))
  }
}
