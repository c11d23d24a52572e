import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal
@testable import ZeroTouchWorld

/// The platform's manifests held against upstream's CustomResourceDefinitions of the pinned versions.
struct UpstreamSchemaTests {
  private static let folder = "\(BuiltProgram.packageRoot)/../shared/data/crds"
  private static let isPresent = FileManager.default.fileExists(atPath: folder) && RealTools.arePresent

  /// The schemas by `group/version/Kind`.
  private static let schemas = Result { try read() }

  private static func read() throws -> [String: StructuralSchema] {
    var schemas: [String: StructuralSchema] = [:]
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
    for name in names {
      let text = String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
      for definition in try YAMLDocuments.parse(text, file: name) {
        let spec = definition["spec"] ?? [:]
        for version in spec["versions"]?.arrayValue ?? [] where version["served"] == true {
          let kind = spec[path: "names", "kind"]?.stringValue ?? ""
          let id = "\(spec["group"]?.stringValue ?? "")/\(version["name"]?.stringValue ?? "")/\(kind)"
          schemas[id] = StructuralSchema(version[path: "schema", "openAPIV3Schema"] ?? [:])
        }
      }
    }
    return schemas
  }

  @Test(
    .enabled(if: isPresent, "upstream's definitions lie in ../shared/data/crds, which is not here"),
    arguments: OverlayTests.kustomizations)
  func `what a kustomization renders to fits upstream's definitions`(_ folder: String) async throws {
    let schemas = try Self.schemas.get()
    let tools = RealTools.runner(home: FileManager.default.temporaryDirectory.path)
    let text = try await tools.succeed(Kubectl.kustomize("\(BuiltProgram.packageRoot)/\(folder)")).text
    for object in try ManifestReader.objects(in: text, file: folder) {
      let id = "\(object["apiVersion"]?.stringValue ?? "")/\(object["kind"]?.stringValue ?? "")"
      guard let schema = schemas[id] else { continue }
      var unknown: [String] = []
      _ = schema.pruned(object, unknown: &unknown)
      #expect(unknown.isEmpty, "\(object.kindAndName): unknown \(unknown)")
      let problems = schema.problems(of: object, at: "").map { "\($0)" }
      #expect(problems.isEmpty, "\(object.kindAndName): \(problems)")
    }
  }

  @Test(.enabled(if: isPresent, "upstream's definitions lie in ../shared/data/crds, which is not here"))
  func `a misspelt field would be found`() throws {
    let schema = try #require(try Self.schemas.get()["external-secrets.io/v1/ExternalSecret"])
    var unknown: [String] = []
    _ = schema.pruned(["spec": ["secretStoreReference": ["name": "x"]]], unknown: &unknown)
    #expect(unknown == ["spec.secretStoreReference"])
  }
}
