import ZeroTouchTools

extension FailureCatalogue {
  /// What is met between the laptop and the Kubernetes API.
  static let api: [KnownFailure] = [
    KnownFailure(
      "credentials-refused", "kubectl: You must be logged in to the server (Unauthorized)",
      when: [[Sign(.said, .api, says: "(Unauthorized)")]],
      cause: "the Kubernetes API does not know who asks: the kubeconfig's certificate or token has expired, or it is "
        + "that of another cluster",
      remedy: ToolFailure.refusalRemedy,
      source: "recorded: kubectl 1.36 with a token that nobody knows")
  ]
}
