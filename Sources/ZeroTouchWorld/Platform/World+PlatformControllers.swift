extension World {
  /// Argo CD and the operators of the platform.
  package static var platformControllers: [any Controller] {
    [
      ArgoCDController(), ApplicationSetController(), ExternalSecretsController(), CrossplaneController(),
      CompositionController(), ProviderKubernetesController(), WebhookAuthorityController(), APIServiceController(),
      CertificateController(),
      CloudNativePGController(), DragonflyController(), KEDAController(), KagentController(),
    ]
  }
}
