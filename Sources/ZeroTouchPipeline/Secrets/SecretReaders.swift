import ZeroTouchModel

/// Which pods read which Secrets, and how.
struct SecretReaders {
  private struct Use: Hashable {
    let secret: String
    let pod: String
    let isVariable: Bool
  }

  private var uses: Set<Use> = []
  private var obstacles: [String: String] = [:]

  init(_ pods: [JSONValue]) {
    for pod in pods {
      let metadata = pod["metadata"]
      let namespace = metadata?["namespace"]?.stringValue ?? ""
      let name = metadata?["name"]?.stringValue ?? ""
      let found = Self.secrets(of: pod["spec"] ?? [:])
      for (secret, isVariable) in found {
        uses.insert(Use(secret: "\(namespace)/\(secret)", pod: name, isVariable: isVariable))
        if let words = Self.obstacle(of: pod, about: secret) {
          obstacles["\(namespace)/\(secret)"] = "the pod `\(namespace)/\(name)` cannot start: \(words)"
        }
      }
    }
  }

  /// The pods that read a Secret.
  func names(of secret: String) -> [String] { Set(uses.filter { $0.secret == secret }.map(\.pod)).sorted() }

  /// Why a pod that reads it does not start.
  func obstacle(to secret: String) -> String? { obstacles[secret] }

  /// The Secrets of a pod's spec, and whether they are read once, as variables.
  static func secrets(of spec: JSONValue) -> [(name: String, isVariable: Bool)] {
    let containers = (spec["containers"]?.arrayValue ?? []) + (spec["initContainers"]?.arrayValue ?? [])
    let variables = containers.flatMap { container -> [String] in
      let single = (container["env"]?.arrayValue ?? []).compactMap {
        $0[path: "valueFrom", "secretKeyRef", "name"]?.stringValue
      }
      return single
        + (container["envFrom"]?.arrayValue ?? []).compactMap { $0[path: "secretRef", "name"]?.stringValue }
    }
    let volumes = (spec["volumes"]?.arrayValue ?? []).flatMap { volume -> [String] in
      let projected = (volume[path: "projected", "sources"]?.arrayValue ?? []).compactMap {
        $0[path: "secret", "name"]?.stringValue
      }
      return projected + [volume[path: "secret", "secretName"]?.stringValue].compactMap(\.self)
    }
    let pulling = (spec["imagePullSecrets"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    return variables.map { ($0, true) } + (volumes + pulling).map { ($0, false) }
  }

  private static func obstacle(of pod: JSONValue, about secret: String) -> String? {
    let statuses = pod[path: "status", "containerStatuses"]?.arrayValue ?? []
    return statuses.compactMap { status -> String? in
      let waiting = status[path: "state", "waiting"]
      guard waiting?["reason"]?.stringValue == "CreateContainerConfigError" else { return nil }
      let message = waiting?["message"]?.stringValue ?? ""
      return message.contains(secret) ? message : nil
    }.first
  }
}
