import Foundation

extension ToolFailure {
  /// Reads what talosctl printed on standard error: the code of the last gRPC error in it decides.
  package init(talosctl text: String) {
    let words = text.inOneLine
    guard let marker = words.range(of: "code = ", options: .backwards) else {
      self.init(.other, words.isEmpty ? "talosctl said nothing" : words)
      return
    }
    let code = words[marker.upperBound...].prefix { !$0.isWhitespace }
    let description = words.range(of: "desc = ", range: marker.upperBound..<words.endIndex)
    let said = description.map { String(words[$0.upperBound...]) } ?? words
    self.init(Self.kind(code: String(code), saying: said), said)
  }

  private static func kind(code: String, saying said: String) -> Kind {
    switch code {
    case "Unavailable":
      said.contains("x509:") || said.contains("tls: certificate") || said.contains("bad certificate")
        ? .certificate : .unreachable
    case "DeadlineExceeded", "Canceled": .unreachable
    case "AlreadyExists": .alreadyExists
    case "FailedPrecondition", "Aborted", "ResourceExhausted": .failedPrecondition
    case "Unimplemented": .unimplemented
    case "PermissionDenied": .forbidden
    case "Unauthenticated": .unauthorized
    case "InvalidArgument": .invalid
    case "NotFound": .notFound
    // A race lets Talos say this without the code that it otherwise carries.
    case "Unknown": said.contains("etcd data directory is not empty") ? .alreadyExists : .other
    default: .other
    }
  }

  /// Whether an `--insecure` call was perhaps refused because the node is configured already: one of three answers,
  /// as a race will have it. A network fault can look the same, so mutual TLS has to confirm it.
  package var suggestsConfigured: Bool {
    ["certificate required", "bad certificate", "broken pipe", "connection reset by peer"].contains {
      words.contains($0)
    }
  }

  /// Whether a mutual-TLS call met a node in maintenance mode, or one of another cluster.
  package var suggestsOtherAuthority: Bool { words.contains("certificate signed by unknown authority") }

  /// Whether etcd has no leader: the majority of its members does not run, or is choosing one at this moment. Talos asks
  /// for the members with clientv3.WithRequireLeader (machined, EtcdMemberList).
  package var suggestsNoLeader: Bool { words.contains("etcdserver: no leader") }

  /// Whether the machine's Talos has no such kind of resource: it has the same code as a resource that does not exist
  /// (Talos 1.13.9, client/resources.go), and says nothing of any.
  package var suggestsUnknownKind: Bool { words.contains("is not registered") }

  /// Whether a mutual-TLS call met a node that belongs to another cluster: only a CA with a name leaves this trace.
  package var suggestsOtherCluster: Bool { words.contains("possibly because of") }
}
