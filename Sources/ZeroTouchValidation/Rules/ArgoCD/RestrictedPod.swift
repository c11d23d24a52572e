import ZeroTouchManifests
import ZeroTouchModel

/// A pod template, held against the levels of Pod Security.
struct RestrictedPod {
  typealias Excess = (path: [String], what: String)

  private let base: [String]
  private let spec: LocatedYAML
  /// Whether all of it is known: what a catalogue writes out leaves out what is harmless.
  private let isWhole: Bool

  init?(_ manifest: Manifest) {
    guard let template = PodTemplate(manifest) else { return nil }
    base = template.base + ["spec"]
    spec = template.spec
    isWhole = if case .chart = manifest.origin { false } else { true }
  }

  /// The first thing that a level forbids.
  func excess(over level: String) -> Excess? {
    if let found = ofPod ?? containers.lazy.compactMap({ ofContainer($0.node, $0.path) }).first { return found }
    guard level == "restricted", isWhole, spec["os"]?["name"]?.text != "windows" else { return nil }
    return containers.lazy.compactMap { lack($0.node, $0.path) }.first
  }

  private var containers: [(node: LocatedYAML, path: [String])] {
    ["initContainers", "containers", "ephemeralContainers"].flatMap { list in
      (spec[list]?.items ?? []).enumerated().map { ($1, base + [list, String($0)]) }
    }
  }
}

extension RestrictedPod {
  /// The capabilities that `baseline` lets containers add.
  private static let capabilities: Set<String> = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]

  /// What even `baseline` forbids of a pod.
  private var ofPod: Excess? {
    for key in ["hostNetwork", "hostPID", "hostIPC"] where spec[key]?.scalar == .bool(true) {
      return (base + [key], "asks for `\(key)`")
    }
    for (index, volume) in (spec["volumes"]?.items ?? []).enumerated() where volume["hostPath"] != nil {
      return (base + ["volumes", String(index)], "mounts a folder of the node")
    }
    guard spec["securityContext"]?["seccompProfile"]?["type"]?.text == "Unconfined" else { return nil }
    return (base + ["securityContext", "seccompProfile"], "runs without seccomp")
  }

  private func ofContainer(_ container: LocatedYAML, _ path: [String]) -> Excess? {
    let context = container["securityContext"]
    let place = path + ["securityContext"]
    if context?["privileged"]?.scalar == .bool(true) { return (place + ["privileged"], "runs privileged") }
    for (index, item) in (context?["capabilities"]?["add"]?.items ?? []).enumerated() {
      guard let name = item.text, !Self.capabilities.contains(name) else { continue }
      return (place + ["capabilities", "add", String(index)], "adds the capability `\(name)`")
    }
    if let mount = context?["procMount"]?.text, mount != "Default" {
      return (place + ["procMount"], "asks for `procMount: \(mount)`")
    }
    if context?["seccompProfile"]?["type"]?.text == "Unconfined" {
      return (place + ["seccompProfile"], "runs without seccomp")
    }
    for (index, port) in (container["ports"]?.items ?? []).enumerated() {
      guard let number = port["hostPort"]?.json.intValue, number != 0 else { continue }
      return (path + ["ports", String(index), "hostPort"], "takes the port \(number) of the node")
    }
    return nil
  }

  /// What `restricted` asks for and a container does not say.
  private func lack(_ container: LocatedYAML, _ path: [String]) -> Excess? {
    let context = container["securityContext"]
    let pod = spec["securityContext"]
    func says(_ key: String) -> JSONValue? { context?[key]?.scalar ?? pod?[key]?.scalar }
    if context?["allowPrivilegeEscalation"]?.scalar != .bool(false) {
      return (path, "does not say `allowPrivilegeEscalation: false`")
    }
    if says("runAsNonRoot") != .bool(true) { return (path, "does not say `runAsNonRoot: true`") }
    if says("runAsUser") == .int(0) { return (path, "runs as root") }
    let profile = (context?["seccompProfile"] ?? pod?["seccompProfile"])?["type"]?.text
    if !["RuntimeDefault", "Localhost"].contains(profile) { return (path, "names no seccomp profile") }
    let dropped = context?["capabilities"]?["drop"]?.items ?? []
    if !dropped.contains(where: { $0.text == "ALL" }) { return (path, "does not drop all capabilities") }
    let added = (context?["capabilities"]?["add"]?.items ?? []).compactMap(\.text)
    return added.first { $0 != "NET_BIND_SERVICE" }.map { (path, "adds the capability `\($0)`") }
  }
}
