/// When something is applied: the way down the tree of Applications, with the wave taken at each of them.
package struct SyncPosition: Sendable, Hashable {
  /// What is applied at one level.
  package enum Item: Sendable, Hashable {
    case application(Int)
    /// An object by its number in the cluster.
    case object(Int)
    /// What Argo CD does before it applies anything of the Application, such as creating its namespace.
    case beginning
  }

  /// One level: whose sync it is, nil for what people apply, and in which order of that sync it comes.
  package struct Step: Sendable, Hashable {
    package let scope: Int?
    package let order: Int
    package let item: Item
  }

  package let steps: [Step]

  /// How something stands in the order to something else.
  package enum Relation: Sendable, Hashable {
    /// It is there before; or nobody can say, because people apply it.
    case before
    /// Both are in one wave of one sync, in different Applications: those.
    case together(own: Step, other: Step)
    /// It comes later: the two things whose waves say so.
    case after(own: Step, other: Step)
  }

  /// Whether `other` is there when this is applied.
  package func relation(to other: SyncPosition) -> Relation {
    for (own, theirs) in zip(steps, other.steps) {
      guard own.scope == theirs.scope, own.scope != nil else {
        if own.item == theirs.item { continue }
        return .before
      }
      if own.order < theirs.order { return .after(own: own, other: theirs) }
      if own.order > theirs.order { return .before }
      if own.item == theirs.item { continue }
      // Within one wave of one Application kinds have an order of their own, which puts what is needed first.
      if case .application = own.item, case .application = theirs.item {
        return .together(own: own, other: theirs)
      }
      return .before
    }
    return .before
  }
}
