import ArgumentParser
import ZeroTouchModel

/// What destroys wants the name of the cluster that it destroys.
struct Confirmation: ParsableArguments, Sendable {
  @Option(name: .long, help: "The name of the cluster: what is on the machines goes.")
  var confirm: String?

  /// Refuses whoever has not said, or said of another cluster, that what is named is to be lost.
  func demand(of spec: ClusterSpec, losing what: String) throws {
    guard let confirm else {
      throw Refusal(
        .refused, "nothing was touched: \(what)", remedy: "if that is meant, run again with --confirm \(spec.name)")
    }
    guard confirm == spec.name else {
      throw Refusal(
        .refused, "--confirm names `\(confirm)`, and the cluster is `\(spec.name)`; nothing was touched",
        remedy: "name the cluster that you mean: --confirm \(spec.name)")
    }
  }
}
