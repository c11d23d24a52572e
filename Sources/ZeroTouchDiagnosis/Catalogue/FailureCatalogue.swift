/// Every failure that is known by name; the page docs/failures.md is made from it.
///
/// The order is that of the layers, from the machine upwards: what lies below is a cause of what lies above it.
package enum FailureCatalogue {
  package static var all: [KnownFailure] {
    machines + etcd + api + network + gateways + workloads + definitions + applications + secrets + claims + flux
  }

  package static func named(_ id: String) -> KnownFailure? { all.first { $0.id == id } }
}
