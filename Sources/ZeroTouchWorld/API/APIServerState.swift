package import ZeroTouchModel

/// What the API server keeps beside the objects.
package struct APIServerState: Sendable {
  /// Whether the server answers; while it does not, every request gets 503.
  package var isServing = true
  /// Whether it is kept from answering, whatever else is well: an outage that a scenario wants.
  var isSuspended = false
  /// How long it takes to establish definitions, by name, where a scenario wants it to take longer than usual.
  package var establishing: [String: Duration] = [:]
  /// The kinds it serves.
  package internal(set) var registry = ResourceRegistry.builtIn
  /// The first address of the network Services live in; Talos's default.
  package var serviceNetwork: [UInt8] = [10, 96, 0, 0]
  /// The version it reports.
  package var version = VersionSet.default.kubernetes

  package init() {}
}

extension World {
  /// Whether the API server answers.
  package var isServing: Bool {
    get { server.isServing && !server.isSuspended }
    set { server.isServing = newValue }
  }

  /// The kinds the API server serves.
  package var registry: ResourceRegistry { server.registry }

  /// The address with a number in the network of Services; the API server has the first.
  package func serviceAddress(_ number: Int) -> String {
    var rest = number
    var bytes = server.serviceNetwork
    for index in bytes.indices.reversed() {
      rest += Int(bytes[index])
      bytes[index] = UInt8(rest & 0xFF)
      rest >>= 8
    }
    return bytes.map(String.init).joined(separator: ".")
  }
}
