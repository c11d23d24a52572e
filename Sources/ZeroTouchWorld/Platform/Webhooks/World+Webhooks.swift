import ZeroTouchModel

extension World {
  /// Why a webhook that nobody answers refuses a request; nil when none is asked or all answer.
  ///
  /// The world runs no webhook's own rules: one whose service has a ready pod accepts everything.
  package mutating func webhookRefusal(of resource: GroupResource, operation: String) -> APIFailure? {
    for kind in ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"] {
      for (_, configuration) in objects.list(GroupResource(kind, "admissionregistration.k8s.io")) {
        for hook in configuration["webhooks"]?.arrayValue ?? [] where Self.asks(hook, about: resource, operation) {
          refreshIndex()
          if let failure = unanswered(hook) { return failure }
        }
      }
    }
    return nil
  }

  private static func asks(_ hook: JSONValue, about resource: GroupResource, _ operation: String) -> Bool {
    guard hook["failurePolicy"] != "Ignore" else { return false }
    return (hook["rules"]?.arrayValue ?? []).contains { rule in
      func names(_ field: String, _ name: String) -> Bool {
        rule[field]?.arrayValue?.contains { $0 == .string(name) || $0 == "*" } ?? false
      }
      return names("apiGroups", resource.group) && (names("resources", resource.resource) || names("resources", "*/*"))
        && names("operations", operation)
    }
  }

  private func unanswered(_ hook: JSONValue) -> APIFailure? {
    guard let service = hook[path: "clientConfig", "service"], let name = service["name"]?.stringValue,
      let namespace = service["namespace"]?.stringValue
    else { return nil }
    let path = service["path"]?.stringValue ?? ""
    let port = service["port"]?.intValue ?? 443
    let timeout = hook["timeoutSeconds"]?.intValue ?? 10
    let call =
      "Internal error occurred: failed calling webhook \"\(hook["name"]?.stringValue ?? "")\": failed to call "
      + "webhook: Post \"https://\(name).\(namespace).svc:\(port)\(path)?timeout=\(timeout)s\": "
    guard let target = objects[ObjectKey(.services, namespace, name)] else {
      return Self.refusal(call + "service \"\(name)\" not found")
    }
    guard hasReadyPod(behind: target, in: namespace) else {
      let address = target[path: "spec", "clusterIP"]?.stringValue ?? "10.96.0.1"
      return Self.refusal(call + "dial tcp \(address):\(port): connect: connection refused")
    }
    guard hook[path: "clientConfig", "caBundle"]?.stringValue?.isEmpty == false else {
      return Self.refusal(call + "tls: failed to verify certificate: x509: certificate signed by unknown authority")
    }
    return nil
  }

  private static func refusal(_ message: String) -> APIFailure {
    APIFailure(status: 500, reason: "InternalError", message: message)
  }

  /// Whether a Service has a ready pod behind it, as far as the index knows.
  func hasReadyPod(behind service: JSONValue, in namespace: String) -> Bool {
    let selector = service[path: "spec", "selector"]?.stringMap ?? [:]
    guard !selector.isEmpty else { return false }
    return index.pods(in: namespace).contains { pod in
      pod.isReady && selector.allSatisfy { pod.labels[$0.key] == $0.value }
    }
  }
}
