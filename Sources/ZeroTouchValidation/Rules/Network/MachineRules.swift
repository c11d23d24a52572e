import ZeroTouchManifests
import ZeroTouchModel

/// What a machine configuration says wrong by itself.
extension Rule {
  static let oldBesideNew = Rule(
    "ZT207", .error, "an old field beside the document that took its place",
    why: "Talos refuses to hear the same twice",
    remedy: "write it in the document, and take the field away",
    example: Example(
      wrong: "machine: {network: {hostname: a}}\n---\nkind: HostnameConfig\nhostname: a",
      right: "kind: HostnameConfig\nhostname: a\nauto: \"off\""),
    check: { survey in
      survey.eachTalosFile { talos in
        let kinds = Set(talos.file.documents.filter { $0["$patch"] == nil }.compactMap { $0["kind"]?.text })
        guard let (path, kind) = ReplacedField.first(in: talos, beside: kinds) else { return nil }
        return Violation(
          at: talos.main.place(at: path), "`\(path.joined(separator: "."))` stands beside a `\(kind)`")
      }
    })

  static let versionSkew = Rule(
    "ZT209", .warning, "machines of one cluster with different versions",
    why: "a kubelet may be older than the API server by few versions only, and never newer",
    remedy: "write the same images into every configuration of the cluster",
    example: Example(
      wrong: "cp01: kubelet:v1.36.3\nworker01: kubelet:v1.34.1",
      right: "cp01: kubelet:v1.36.3\nworker01: kubelet:v1.36.3"),
    check: { survey in
      let images = [("kubelet", ["machine", "kubelet", "image"]), ("Talos", ["machine", "install", "image"])]
      return images.flatMap { what, path in skew(survey, what, path) } + survey.eachTalosFile(kubeletBesideServer)
    })

  /// Machines whose image is not the one that most machines of their cluster have; the first of several that do.
  private static func skew(_ survey: Survey, _ what: String, _ path: [String]) -> [Violation] {
    func tag(_ talos: TalosFile) -> String? { talos.main.node(at: path)?.text.flatMap(MachineConfiguration.tag) }
    let files = survey.talosFiles.filter { $0.isWhole && !$0.clusterName.isEmpty }
    return Dictionary(grouping: files, by: \.clusterName).values.flatMap { machines -> [Violation] in
      let tags = machines.compactMap(tag)
      let counts = Dictionary(grouping: tags.indices, by: { tags[$0] })
      let usual = counts.max { ($0.value.count, $1.value[0]) < ($1.value.count, $0.value[0]) }?.key ?? ""
      return machines.compactMap { talos in
        guard let own = tag(talos), own != usual else { return nil }
        return Violation(
          at: talos.main.place(at: path),
          "the \(what) is `\(own)`, and another machine of `\(talos.clusterName)` has `\(usual)`")
      }
    }
  }

  /// A kubelet that is newer than the API server beside it, or older by more than three minors.
  private static func kubeletBesideServer(_ talos: TalosFile) -> Violation? {
    func version(_ path: [String]) -> SemanticVersion? {
      talos.main.node(at: path)?.text.flatMap(MachineConfiguration.tag).flatMap {
        SemanticVersion($0.hasPrefix("v") ? String($0.dropFirst()) : $0)
      }
    }
    guard let kubelet = version(["machine", "kubelet", "image"]),
      let server = version(["cluster", "apiServer", "image"]),
      kubelet > server || server.minor - kubelet.minor > 3
    else { return nil }
    return Violation(
      at: talos.place("machine", "kubelet", "image"), "the kubelet is `\(kubelet)` beside an API server `\(server)`")
  }

  static let unstableDisk = Rule(
    "ZT210", .warning, "a disk by a name that can change",
    why:
      "the kernel numbers disks in the order it finds them: after the next boot the name may be that of the wrong one, which is wiped",
    remedy: "select it by serial number, WWID or model in `diskSelector`, or name it by /dev/disk/by-id",
    example: Example(wrong: "install: {disk: /dev/sda}", right: "install: {diskSelector: {serial: S4EVNX0R}}"),
    check: { survey in
      survey.tree.files.flatMap { file in
        file.documents.flatMap(NamedDisk.all).map {
          Violation(at: $0.location, "the disk is `\($0.name)`, which can be another one after a boot")
        }
      }
    })

  static let loneNodeCannotSchedule = Rule(
    "ZT213", .error, "a single machine that runs no pods",
    why: "control planes take no pods unless they are told to: on the only machine nothing ever starts",
    remedy: "set `cluster.allowSchedulingOnControlPlanes: true`, or add a worker",
    example: Example(
      wrong: "machine: {type: controlplane}   # the only one", right: "cluster: {allowSchedulingOnControlPlanes: true}"),
    check: { survey in
      let files = survey.talosFiles
      // Patches may say so, and nobody knows of whom.
      guard files.allSatisfy({ $0.isWhole }) else { return [] }
      return Dictionary(grouping: files, by: \.clusterName).values.compactMap { group in
        guard let talos = group.first, group.count == 1, talos.configuration.isControlPlane,
          !talos.schedulesOnControlPlanes, !talos.deletesDocuments
        else { return nil }
        let taints = talos.document("KubeNodeConfig")?.place(at: ["taints", TalosFile.controlPlaneTaint])
        return Violation(
          at: taints ?? talos.place("cluster", "allowSchedulingOnControlPlanes"),
          "the only machine of `\(talos.clusterName)` runs no pods")
      }
    })

  static let inlineManifestTwice = Rule(
    "ZT216", .error, "two inline manifests of one name",
    why: "Talos refuses the configuration",
    remedy: "give every one a name of its own",
    example: Example(
      wrong: "inlineManifests: [{name: a, contents: …}, {name: a, contents: …}]",
      right: "inlineManifests: [{name: a, contents: …}, {name: b, contents: …}]"),
    check: { survey in
      survey.eachTalosFile { talos in
        var names: Set<String> = []
        for (index, item) in (talos.node("cluster", "inlineManifests")?.items ?? []).enumerated()
        where item["$patch"] == nil {
          let name = item["name"]?.text ?? ""
          if !names.insert(name).inserted {
            return Violation(
              at: talos.place("cluster", "inlineManifests", String(index), "name"),
              "another inline manifest is named `\(name)` too")
          }
        }
        return nil
      }
    })

  static let inlinePrivateKey = Rule(
    "ZT217", .error, "an inline manifest with a private key",
    why: "it stands in the configuration of every control plane, and everybody who may read that has it",
    remedy:
      "let cert-manager or a Job make the key in the cluster; for Cilium set `hubble.enabled: false` or `hubble.tls.auto.method: cronJob`",
    example: Example(
      wrong: "contents: |\n  kind: Secret\n  data: {ca.key: LS0t…}", right: "contents: |\n  kind: ConfigMap"),
    check: { survey in
      survey.eachTalosFile { talos in
        for (index, item) in (talos.node("cluster", "inlineManifests")?.items ?? []).enumerated() {
          guard let text = item["contents"]?.text, holdsKey(text) else { continue }
          return Violation(
            at: talos.place("cluster", "inlineManifests", String(index), "contents"),
            "the inline manifest `\(item["name"]?.text ?? "")` holds a private key")
        }
        return nil
      }
    })

  /// `-----BEGIN … PRIVATE KEY`, as it is and in base64.
  private static func holdsKey(_ text: String) -> Bool {
    let packed = ["BQUklWQVRF", "BSU0EgUFJJVk", "BFQyBQUklW", "BPUEVOU1NI", "BFRDI1NTE5"].map { "LS0tLS1CRUdJTi" + $0 }
    return CredentialPattern.first(in: text) == .privateKey || packed.contains(where: text.contains)
  }

  static let hostDNSForwardsToNothing = Rule(
    "ZT218", .error, "names forwarded to a resolver that is off",
    why: "Talos refuses `forwardKubeDNSToHost` without `hostDNS.enabled`",
    remedy: "set `hostDNS.enabled: true`, or `forwardKubeDNSToHost: false`",
    example: Example(
      wrong: "hostDNS: {enabled: false, forwardKubeDNSToHost: true}",
      right: "hostDNS: {enabled: true, forwardKubeDNSToHost: true}"),
    check: { survey in
      survey.eachTalosFile { talos in
        let dns = talos.node("machine", "features", "hostDNS")
        guard dns?["enabled"]?.scalar == .bool(false), dns?["forwardKubeDNSToHost"]?.scalar == .bool(true) else {
          return nil
        }
        return Violation(
          at: talos.place("machine", "features", "hostDNS", "forwardKubeDNSToHost"),
          "names are forwarded to the host's resolver, which is off")
      }
    })

  static let kernelArgumentsTwice = Rule(
    "ZT221", .error, "kernel arguments that Talos refuses",
    why: "`extraKernelArgs` and `grubUseUKICmdline` exclude each other",
    remedy: "bake the arguments into the image's schematic, or set `grubUseUKICmdline: false`",
    example: Example(
      wrong: "install: {grubUseUKICmdline: true, extraKernelArgs: [net.ifnames=0]}",
      right: "install: {grubUseUKICmdline: true}"),
    check: { survey in
      survey.eachTalosFile { talos in
        let install = talos.node("machine", "install")
        guard install?["grubUseUKICmdline"]?.scalar == .bool(true), install?["extraKernelArgs"]?.items?.isEmpty == false
        else { return nil }
        return Violation(
          at: talos.place("machine", "install", "extraKernelArgs"),
          "`extraKernelArgs` stands beside `grubUseUKICmdline: true`")
      }
    })
}
