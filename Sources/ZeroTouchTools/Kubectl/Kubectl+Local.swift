extension Kubectl {
  /// Asks the program for its own version.
  package static var clientVersion: ToolInvocation {
    ToolInvocation("kubectl", ["version", "--client", "-o", "json"], deadline: .localQuestion)
  }

  /// Renders a kustomization; speaks to no cluster.
  package static func kustomize(_ directory: String) -> ToolInvocation {
    ToolInvocation("kubectl", ["kustomize", directory], deadline: .seconds(60))
  }
}
