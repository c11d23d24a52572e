import ZeroTouchModel

/// The checks of the Pod Security Standards' baseline level that matter to a platform's workloads.
struct PodSecurity: Sendable {
  private(set) var violations: [String] = []

  init(_ spec: JSONValue) {
    checkNamespaces(spec)
    checkVolumes(spec)
    let lists = ["initContainers", "containers"].flatMap { spec[$0]?.arrayValue ?? [] }
    checkHostPorts(lists)
    checkCapabilities(lists)
    checkPrivileged(lists)
  }

  private mutating func checkNamespaces(_ spec: JSONValue) {
    let set = ["hostNetwork", "hostPID", "hostIPC"].filter { spec[$0] == true }.map { "\($0)=true" }
    if !set.isEmpty { violations.append("host namespaces (\(set.joined(separator: ", ")))") }
  }

  private mutating func checkVolumes(_ spec: JSONValue) {
    let names = (spec["volumes"]?.arrayValue ?? []).filter { $0["hostPath"] != nil }.compactMap {
      $0["name"]?.stringValue
    }
    guard !names.isEmpty else { return }
    violations.append("hostPath volumes (\(Self.list("volume", names)))")
  }

  private mutating func checkHostPorts(_ containers: [JSONValue]) {
    let using = containers.filter { container in
      (container["ports"]?.arrayValue ?? []).contains { ($0["hostPort"]?.intValue ?? 0) != 0 }
    }
    guard !using.isEmpty else { return }
    let ports = using.flatMap { $0["ports"]?.arrayValue ?? [] }.compactMap { $0["hostPort"]?.intValue }.filter {
      $0 != 0
    }
    let list = Array(Set(ports)).sorted().map(String.init)
    violations.append(
      "hostPort (\(Self.list("container", Self.names(using))) \(using.count == 1 ? "uses" : "use") "
        + "hostPort\(list.count == 1 ? "" : "s") \(list.joined(separator: ", ")))")
  }

  private mutating func checkCapabilities(_ containers: [JSONValue]) {
    let allowed: Set<String> = [
      "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
      "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]
    func extra(_ container: JSONValue) -> [String] {
      (container[path: "securityContext", "capabilities", "add"]?.arrayValue ?? []).compactMap(\.stringValue)
        .filter { !allowed.contains($0) }
    }
    let using = containers.filter { !extra($0).isEmpty }
    guard !using.isEmpty else { return }
    let added = Array(Set(using.flatMap(extra))).sorted().map { "\"\($0)\"" }.joined(separator: ", ")
    violations.append(
      "non-default capabilities (\(Self.list("container", Self.names(using))) must not include \(added) "
        + "in securityContext.capabilities.add)")
  }

  private mutating func checkPrivileged(_ containers: [JSONValue]) {
    let using = containers.filter { $0[path: "securityContext", "privileged"] == true }
    guard !using.isEmpty else { return }
    violations.append(
      "privileged (\(Self.list("container", Self.names(using))) must not set securityContext.privileged=true)")
  }

  private static func names(_ containers: [JSONValue]) -> [String] { containers.compactMap { $0["name"]?.stringValue } }

  private static func list(_ noun: String, _ names: [String]) -> String {
    "\(noun)\(names.count == 1 ? "" : "s") \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
  }
}

extension World {
  /// How a pod breaks the rules of its namespace, in admission's words; nil when it does not.
  ///
  /// Talos enforces the baseline level wherever a namespace's labels say nothing, kube-system excepted.
  func podSecurityViolation(of spec: JSONValue, in namespace: String) -> String? {
    let labels = objects[ObjectKey(.namespaces, namespace)]?[path: "metadata", "labels"]?.stringMap ?? [:]
    let level = labels["pod-security.kubernetes.io/enforce"] ?? (namespace == "kube-system" ? "privileged" : "baseline")
    guard level != "privileged", namespace != "kube-system" else { return nil }
    let violations = PodSecurity(spec).violations
    guard !violations.isEmpty else { return nil }
    let version = labels["pod-security.kubernetes.io/enforce-version"] ?? "latest"
    return "\"\(level):\(version)\": \(violations.joined(separator: ", "))"
  }

  /// Refuses a pod sent by a client where its namespace forbids it.
  func admitPod(_ object: JSONValue, _ write: ObjectWrite) throws(APIFailure) {
    guard write.type.id == .pods,
      let violation = podSecurityViolation(of: object["spec"] ?? [:], in: write.key.namespace)
    else { return }
    throw .forbidden(.pods, write.key.name, "violates PodSecurity \(violation)")
  }
}
