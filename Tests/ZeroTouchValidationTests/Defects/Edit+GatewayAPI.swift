extension Edit {
  private static let pins = "bootstrap/argocd/kustomization.yaml"
  private static let application = "platform/00-crds/gateway-api-crds.yaml"

  /// Writes the version of the Gateway API into its Application, past the file that pins it for everybody.
  static func gatewayAPI(at version: String) -> Edit {
    .replace("targetRevision: versions", with: "targetRevision: \(version)", in: application)
  }

  /// Leaves that version alone.
  static let ownGatewayAPI = Edit.replace(
    "{kind: Application, name: gateway-api-crds}", with: "{kind: Application, name: none}", in: pins)
}
