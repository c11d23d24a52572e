package import ZeroTouchTools

/// What is known of the sources a gate looks at, at one moment.
package struct Observations: Sendable {
  /// What one source has to tell.
  enum Report: Sendable {
    case unseen
    case failed(String)
    /// The API does not let us in.
    case refused(String)
    case objects([String: any ClusterObject])
    case answer(ToolOutput)
  }

  private let reports: [Source: Report]

  init(_ reports: [Source: Report]) { self.reports = reports }

  /// What programs answered that somebody asked already; of everything else nothing is known.
  package init(answers: [ToolInvocation: ToolOutput]) {
    reports = Dictionary(uniqueKeysWithValues: answers.map { (.poll($0.key), .answer($0.value)) })
  }

  /// The objects of one kind, in the order of their names.
  package func objects<Object: ClusterObject>(
    _ kind: Object.Type, _ scope: KubernetesScope, by kubectl: Kubectl
  ) -> Sight<[Object]> {
    objects(of: .watch(kind, scope, by: kubectl)).mapped { byKey in
      byKey.sorted { $0.key < $1.key }.compactMap { $0.value as? Object }
    }
  }

  /// One object by name; nil when it was looked for and does not exist.
  package func object<Object: ClusterObject>(
    _ kind: Object.Type, _ scope: KubernetesScope, named name: String, by kubectl: Kubectl
  ) -> Sight<Object?> {
    let key = if case .namespace(let namespace) = scope { "\(namespace)/\(name)" } else { "/\(name)" }
    return objects(of: .watch(kind, scope, by: kubectl)).mapped { $0[key] as? Object }
  }

  /// Any object of one kind that is meant; nil when none was found. Quicker than all of them in order.
  package func object<Object: ClusterObject>(
    _ kind: Object.Type, _ scope: KubernetesScope, by kubectl: Kubectl, where isMeant: (Object) -> Bool
  ) -> Sight<Object?> {
    objects(of: .watch(kind, scope, by: kubectl)).mapped { byKey in
      byKey.values.lazy.compactMap { $0 as? Object }.first(where: isMeant)
    }
  }

  /// The latest answer of a program; exit statuses other than 0 are answers too.
  package func answer(to invocation: ToolInvocation) -> Sight<ToolOutput> {
    switch reports[.poll(invocation)] {
    case .answer(let output): .seen(output)
    case .failed(let reason), .refused(let reason): .failed(reason)
    case .objects, .unseen, nil: .unseen
    }
  }

  private func objects(of source: Source) -> Sight<[String: any ClusterObject]> {
    switch reports[source] {
    case .objects(let byKey): .seen(byKey)
    case .failed(let reason), .refused(let reason): .failed(reason)
    case .answer, .unseen, nil: .unseen
    }
  }
}

extension Sight {
  fileprivate func mapped<Other: Sendable>(_ transform: (Value) -> Other) -> Sight<Other> {
    switch self {
    case .unseen: .unseen
    case .failed(let reason): .failed(reason)
    case .seen(let value): .seen(transform(value))
    }
  }
}
