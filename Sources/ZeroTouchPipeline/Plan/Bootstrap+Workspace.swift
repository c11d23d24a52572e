extension Bootstrap {
  /// The same bootstrap with its state in another folder, as on another laptop that has the same checkout.
  package func keepingState(in workspace: Workspace) -> Bootstrap {
    var bootstrap = Bootstrap(
      spec: spec, layout: layout, lock: lock, cache: cache, workspace: workspace, applications: applications,
      commit: commit, configurations: configurations, kindConfiguration: kindConfiguration)
    bootstrap.installation = installation
    return bootstrap
  }
}
