extension World {
  /// Argo CD and the operators of the platform.
  package static var platformControllers: [any Controller] {
    [ArgoCDController(), ExternalSecretsController(), CrossplaneController(), CompositionController()]
  }
}
