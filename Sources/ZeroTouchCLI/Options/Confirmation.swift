import ArgumentParser
import ZeroTouchModel

/// What destroys wants the name of the cluster that it destroys.
struct Confirmation: ParsableArguments, Sendable {
  @Option(name: .long, help: "The name of the cluster, for what interrupts or wipes its machines.")
  var confirm: String?

  /// Refuses whoever has not said, or said of another cluster, that what is named is to be lost.
  func demand(of spec: ClusterSpec, losing what: String) throws {
    try check(of: spec)
    guard confirm != nil else {
      throw Refusal(
        .refused, "nothing was touched: \(what)", remedy: "if that is meant, run again with --confirm \(spec.name)")
    }
  }

  /// Refuses whoever has named another cluster.
  func check(of spec: ClusterSpec) throws {
    guard let confirm, confirm != spec.name else { return }
    throw Refusal(
      .refused, "--confirm names `\(confirm)`, and the cluster is `\(spec.name)`; nothing was touched",
      remedy: "name the cluster that you mean: --confirm \(spec.name)")
  }
}
