import ZeroTouchManifests
import ZeroTouchModel

/// What Talos refuses when a configuration is applied.
extension Rule {
  static let machineRefused = Rule(
    "ZT219", .error, "a machine configuration that Talos refuses",
    why: "the machine stays in maintenance mode, or keeps the configuration that it had",
    remedy: "`talosctl validate --mode metal --config FILE` says the same before a machine is touched",
    example: Example(
      wrong: "machine: {type: worker}\ncluster: {etcd: {advertisedSubnets: [10.0.0.0/24]}}",
      right: "machine: {type: controlplane}\ncluster: {etcd: {advertisedSubnets: [10.0.0.0/24]}}"),
    check: { survey in
      let files = survey.talosFiles
      let hasDiskElsewhere = files.contains { !$0.isWhole && $0.namesDisk }
      return files.flatMap { talos -> [Violation] in
        if let host = namedTwice(talos.file) {
          return [Violation(at: host, "`hostname` beside an `auto` that is not `off`: a machine has one name")]
        }
        if let (path, what) = refusal(of: talos, hasDiskElsewhere: hasDiskElsewhere) {
          return [Violation(at: talos.main.place(at: path), what)]
        }
        return talos.unknownKeys.map {
          Violation(at: $0.location ?? talos.main.location, $0.message, remedy: $0.remedy)
        }
      }
    })

  private static func refusal(of talos: TalosFile, hasDiskElsewhere: Bool) -> (path: [String], what: String)? {
    network(talos) ?? worker(talos) ?? taint(talos) ?? imageWithoutTag(talos)
      ?? {
        if talos.main["persist"]?.scalar == .bool(false) { return (["persist"], "`persist: false` is refused") }
        guard talos.isWhole, !hasDiskElsewhere, talos.node("machine", "install")?.entries?.isEmpty == false,
          !talos.namesDisk
        else { return nil }
        return (["machine", "install"], "neither a disk nor a diskSelector says where Talos is installed")
      }()
  }

  /// A document that gives a name and lets Talos make one up as well.
  private static func namedTwice(_ file: SourceFile) -> SourceLocation? {
    file.documents.first { document in
      guard document["kind"]?.text == "HostnameConfig", document["hostname"]?.text?.isEmpty == false,
        let auto = document["auto"]
      else { return false }
      return auto.text != "off" && auto.scalar != .bool(false)
    }?.place(at: ["auto"])
  }

  private static func network(_ talos: TalosFile) -> (path: [String], what: String)? {
    let base = ["cluster", "network", "cni"]
    guard let cni = talos.main.node(at: base), let name = cni["name"]?.text else { return nil }
    guard ["flannel", "custom", "none"].contains(name) || SecretText.isReference(name) else {
      return (base + ["name"], "there is no network `\(name)`, only `flannel`, `custom` and `none`")
    }
    guard name == "none", cni["urls"]?.items?.isEmpty == false else { return nil }
    return (base + ["urls"], "the network is `none` and has addresses of manifests")
  }

  /// What only a control plane may have.
  private static func worker(_ talos: TalosFile) -> (path: [String], what: String)? {
    guard talos.isWhole, talos.configuration.type == "worker" else { return nil }
    if talos.node("cluster", "etcd") != nil { return (["cluster", "etcd"], "a worker has no etcd") }
    let interfaces = talos.node("machine", "network", "interfaces")?.items ?? []
    if let index = interfaces.firstIndex(where: { $0["vip"] != nil }) {
      return (["machine", "network", "interfaces", String(index), "vip"], "a worker shares no address")
    }
    return [["machine", "ca", "key"], ["cluster", "ca", "key"]].first { path in
      talos.main.node(at: path)?.text.map { !$0.isEmpty } ?? false
    }.map { ($0, "a worker has the key of an authority") }
  }

  /// Talos reads the version of Kubernetes in the tag, and a digest alone has none.
  private static func imageWithoutTag(_ talos: TalosFile) -> (path: [String], what: String)? {
    let images = [["machine", "kubelet"]] + ["apiServer", "controllerManager", "scheduler"].map { ["cluster", $0] }
    return images.map { $0 + ["image"] }.first { path in
      guard let image = talos.main.node(at: path)?.text, image.contains("@sha256:") else { return false }
      return MachineConfiguration.tag(of: image) == nil
    }.map { ($0, "the image has a digest and no tag, in which Talos looks for the version") }
  }

  private static func taint(_ talos: TalosFile) -> (path: [String], what: String)? {
    let effects: Set = ["NoSchedule", "PreferNoSchedule", "NoExecute"]
    let taints = talos.node("machine", "nodeTaints")?.entries ?? []
    return taints.lazy.compactMap { taint -> (path: [String], what: String)? in
      guard let text = taint.value.text, !SecretText.isReference(text),
        let effect = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).last.map(String.init),
        !effects.contains(effect)
      else { return nil }
      return (["machine", "nodeTaints", taint.key], "the taint `\(taint.key)` has no effect `\(effect)`")
    }.first
  }
}

extension TalosFile {
  fileprivate var namesDisk: Bool {
    let install = node("machine", "install")
    return install?["disk"]?.text.map { !$0.isEmpty } ?? false || install?["diskSelector"] != nil
      || file.documents.contains { $0["kind"]?.text == "UnattendedInstallConfig" }
  }
}

extension TalosFile {
  /// The keys and documents that its Talos does not know.
  ///
  /// Where the release is not known, or newer than the table, only what is spelled almost like a key counts.
  fileprivate var unknownKeys: [Diagnostic] {
    guard !isEncrypted, !file.isUnfilled else { return [] }
    let known = installed.map { GenerationRequest.Contract(of: $0) }
    guard let contract = known ?? GenerationRequest.Contract("1.13") else { return [] }
    let isExact = known != nil && contract.major == 1 && contract.minor <= 13
    let check = TalosDocumentCheck(contract: contract)
    return file.documents.filter { $0["kind"] == nil || isExact }.flatMap(check.problems).filter { problem in
      guard problem.message.hasPrefix("Talos "), problem.message.contains(" knows no "),
        !Self.retired.contains(where: problem.message.contains)
      else { return false }
      return isExact || problem.remedy.hasPrefix("did you mean")
    }
  }

  /// Fields that the loader still reads and that no table lists.
  private static let retired = ["`allowSchedulingOnMasters`"]
}
