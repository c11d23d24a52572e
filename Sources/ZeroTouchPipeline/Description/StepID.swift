/// The name of a step: its stage and, where the stage has one step a node, the node: `apply-config/cp01`.
package struct StepID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let stage: String
  package let node: String?

  package init(_ stage: String, _ node: String? = nil) {
    self.stage = stage
    self.node = node
  }

  package var description: String { node.map { "\(stage)/\($0)" } ?? stage }

  package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}
