import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  /// Why a node behind the endpoint that was dialled gives no answer; nil when it does.
  func problem(of node: IPAddress, _ world: World) -> String? {
    guard !isInsecure else { return nil }
    guard let context = try? context() else { return nil }
    return Self.handshakeProblem(node, context, world)
  }

  /// Asks every node; what only some of them answer is printed with a warning.
  func ask(
    _ world: World, prefix: String, _ question: (IPAddress) throws(TalosRefusal) -> String
  ) throws(CallFailure) -> ShimReply {
    let nodes: [IPAddress]
    do { nodes = try targets(world) } catch { throw CallFailure(prefix + error.message, output: error.output) }
    var output = ""
    var errors: [String] = []
    for node in nodes {
      if let problem = problem(of: node, world) {
        errors.append("\(node): \(problem)")
        continue
      }
      do { output += try question(node) } catch { errors.append(isInsecure ? "\(error)" : "\(node): \(error)") }
    }
    if errors.isEmpty { return ShimReply(standardOutput: output) }
    let text = isInsecure ? errors.joined(separator: "\n") : "\(ErrorList(errors))"
    guard errors.count < nodes.count else { throw CallFailure(prefix + text) }
    return ShimReply(standardOutput: output, standardError: "WARNING: \(text)\n")
  }
}
