import ZeroTouchModel

/// A condition on fields, such as `metadata.name=a,spec.nodeName!=b`.
struct FieldSelector: Sendable, Hashable {
  private struct Requirement: Sendable, Hashable {
    let path: [String]
    let value: String
    let isEqual: Bool
  }

  private let requirements: [Requirement]

  /// Reads the comma-separated conditions.
  init(parsing text: String) throws(APIFailure) {
    var requirements: [Requirement] = []
    for term in text.split(separator: ",").map(String.init) {
      let isEqual = !term.contains("!=")
      let sign = isEqual ? (term.contains("==") ? "==" : "=") : "!="
      guard let range = term.firstRange(of: sign) else {
        throw .badRequest("invalid selector: '\(text)'; can't understand '\(term)'")
      }
      let path = term[..<range.lowerBound].split(separator: ".").map(String.init)
      requirements.append(Requirement(path: path, value: String(term[range.upperBound...]), isEqual: isEqual))
    }
    self.requirements = requirements
  }

  /// Flags that count as false where they are missing.
  private static let absentFlags: Set = [["spec", "unschedulable"], ["spec", "hostNetwork"]]

  func matches(_ object: JSONValue) -> Bool {
    requirements.allSatisfy { (Self.text(of: object, at: $0.path) == $0.value) == $0.isEqual }
  }

  /// The name that the conditions ask for, so that one object need not be searched among many.
  var name: String? { requirements.first { $0.isEqual && $0.path == ["metadata", "name"] }?.value }

  var isEmpty: Bool { requirements.isEmpty }

  /// Why objects of a kind cannot be chosen by these fields; nil where they can.
  func refusal(for type: ResourceType) -> APIFailure? {
    let known = Self.known[type.id] ?? []
    for requirement in requirements {
      let name = requirement.path.joined(separator: ".")
      if name == "metadata.name" || name == "metadata.namespace" && type.isNamespaced || known.contains(name) {
        continue
      }
      if !known.isEmpty || type.isCustom { return .badRequest("field label not supported: \(name)") }
      return .badRequest(
        "\"\(name)\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")
    }
    return nil
  }

  /// The fields beside name and namespace by which objects of a kind can be chosen.
  private static let known: [GroupResource: Set<String>] = [
    .pods: [
      "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
      "status.phase", "status.podIP", "status.nominatedNodeName",
    ],
    .nodes: ["spec.unschedulable"], .namespaces: ["status.phase"], .secrets: ["type"],
    .services: ["spec.clusterIP", "spec.type"], .jobs: ["status.successful"], .replicaSets: ["status.replicas"],
    GroupResource("replicationcontrollers"): ["status.replicas"],
    GroupResource("certificatesigningrequests", "certificates.k8s.io"): ["spec.signerName"],
    .events: [
      "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
      "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
      "reportingComponent", "source", "type",
    ],
  ]

  private static func text(of object: JSONValue, at path: [String]) -> String {
    switch path.reduce(Optional(object), { $0?[$1] }) {
    case .string(let text): text
    case .int(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    case .object(let source) where path == ["source"]: source["component"]?.stringValue ?? ""
    default: Self.absentFlags.contains(path) ? "false" : ""
    }
  }
}
