import ZeroTouchReadiness
import ZeroTouchTools

extension Question: CustomStringConvertible {
  /// The question as a person would write it down.
  package var description: String {
    switch self {
    case .run(let invocation): "\(invocation)"
    case .file(let path): "read \(path)"
    case .gate(let gate): "look at \(gate.name)"
    case .node(let name, let kubectl): "\(kubectl.list("nodes", .cluster)), what it says of \(name)"
    case .reference(let reference): "whether \(reference) can be resolved"
    case .injected(let row, let target): "\(target.get(row)), compared with what is wanted, unseen"
    case .step(let id): "what `\(id)` saw"
    }
  }
}
