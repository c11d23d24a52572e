import ZeroTouchManifests
import ZeroTouchModel

/// The Applications that an ApplicationSet makes, as far as files tell: of lists, folders, files, and products of them.
struct GeneratedApplications {
  /// Why they cannot be known without a cluster or a network.
  struct Unknown: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  private let spec: LocatedYAML
  private let generators: GeneratorReader
  private let isGo: Bool

  init?(_ set: Manifest, tree: RepositoryTree, own: OwnRepository) {
    guard set.isApplicationSet, let spec = set["spec"] else { return nil }
    self.spec = spec
    isGo = spec["goTemplate"]?.scalar == .bool(true)
    generators = GeneratorReader(tree: tree, own: own, isGo: isGo)
  }

  /// The manifests of the Applications, in the order of their generators.
  func manifests() throws(Unknown) -> [JSONValue] {
    guard let template = spec["template"]?.json else { throw Unknown("it has no template") }
    guard spec["templatePatch"] == nil else { throw Unknown("`templatePatch` is not followed here") }
    var manifests: [JSONValue] = []
    for generator in spec["generators"]?.items ?? [] {
      for parameters in try generators.parameters(of: generator.json) {
        var manifest = try ApplicationTemplate(parameters: parameters, isGo: isGo).filled(template)
        manifest["apiVersion"] = "argoproj.io/v1alpha1"
        manifest["kind"] = "Application"
        manifests.append(manifest)
      }
    }
    return manifests
  }
}
