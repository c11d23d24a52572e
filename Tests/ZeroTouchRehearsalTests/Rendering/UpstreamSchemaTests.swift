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
    try definitions().mapValues { StructuralSchema($0) }
  }

  /// The schemas as they are written.
  private static func definitions() throws -> [String: JSONValue] {
    var schemas: [String: JSONValue] = [:]
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
    for name in names {
      let text = String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
      for definition in try YAMLDocuments.parse(text, file: name) {
        let spec = definition["spec"] ?? [:]
        for version in spec["versions"]?.arrayValue ?? [] where version["served"] == true {
          let kind = spec[path: "names", "kind"]?.stringValue ?? ""
          let id = "\(spec["group"]?.stringValue ?? "")/\(version["name"]?.stringValue ?? "")/\(kind)"
          schemas[id] = version[path: "schema", "openAPIV3Schema"] ?? [:]
        }
      }
    }
    return schemas
  }

  /// Kinds of operators whose definitions the shared data do not hold; nothing is said about their objects.
  private static let absent = ["cilium.io", "kubernetes.crossplane.io", "barmancloud.cnpg.io"]

  /// The groups that Kubernetes itself serves.
  private static func isBuiltIn(_ group: String) -> Bool {
    group.hasSuffix(".k8s.io") && group != "gateway.networking.k8s.io" || ["apps", "batch", "policy"].contains(group)
  }

  /// Holds the objects of a kustomization against upstream's definitions, and says which kinds it met.
  private static func check(_ folder: String, in root: String) async throws -> Set<String> {
    let schemas = try schemas.get()
    let tools = RealTools.runner(home: FileManager.default.temporaryDirectory.path)
    let text = try await tools.succeed(Kubectl.kustomize("\(root)/\(folder)")).text
    var met: Set<String> = []
    for object in try ManifestReader.objects(in: text, file: folder) {
      let version = object["apiVersion"]?.stringValue ?? ""
      let kind = object["kind"]?.stringValue ?? ""
      guard let schema = schemas["\(version)/\(kind)"] else {
        let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : "apps"
        #expect(isBuiltIn(group) || absent.contains(group), "upstream's definition of \(kind) in \(group) is not here")
        continue
      }
      met.insert(kind)
      var unknown: [String] = []
      _ = schema.pruned(object, unknown: &unknown)
      #expect(unknown.isEmpty, "\(object.kindAndName): unknown \(unknown)")
      let problems = schema.problems(of: object, at: "").map { "\($0)" }
      #expect(problems.isEmpty, "\(object.kindAndName): \(problems)")
    }
    return met
  }

  /// What a definition would fill in inside lists that have no keys. Such a list belongs as a whole to whoever wrote it:
  /// the addition is a difference to Argo CD for ever (argo-cd#22151).
  private static func omitted(_ schema: JSONValue, _ value: JSONValue, _ path: String, inList: Bool) -> [String] {
    switch value {
    case .object(let members):
      return (schema["properties"]?.objectValue ?? [:]).sorted { $0.key < $1.key }.flatMap { name, property in
        if let member = members[name] { return omitted(property, member, "\(path).\(name)", inList: inList) }
        return inList && property["default"] != nil ? ["\(path).\(name)"] : []
      }
    case .array(let elements):
      guard let items = schema["items"] else { return [] }
      let isAtomic = inList || (schema["x-kubernetes-list-type"]?.stringValue ?? "atomic") == "atomic"
      return elements.enumerated().flatMap { omitted(items, $1, "\(path)[\($0)]", inList: isAtomic) }
    default: return []
    }
  }

  @Test(.enabled(if: isPresent, "upstream's definitions lie in ../shared/data/crds, which is not here"))
  func `no list without keys leaves out what its definition fills in`() async throws {
    let definitions = try Self.definitions()
    let tools = RealTools.runner(home: FileManager.default.temporaryDirectory.path)
    for folder in OverlayTests.kustomizations {
      let text = try await tools.succeed(Kubectl.kustomize("\(BuiltProgram.packageRoot)/\(folder)")).text
      for object in try ManifestReader.objects(in: text, file: folder) {
        let id = "\(object["apiVersion"]?.stringValue ?? "")/\(object["kind"]?.stringValue ?? "")"
        guard let schema = definitions[id] else { continue }
        #expect(Self.omitted(schema, object, "", inList: false) == [], "\(folder): \(object.kindAndName)")
      }
    }
    let gateway = try #require(definitions["gateway.networking.k8s.io/v1/Gateway"])
    let listener: JSONValue = ["tls": ["mode": "Terminate", "certificateRefs": [["name": "x"]]]]
    let short: JSONValue = ["spec": ["listeners": [listener]]]
    #expect(
      Self.omitted(gateway, short, "", inList: false).filter { $0.contains("certificateRefs") } == [
        ".spec.listeners[0].tls.certificateRefs[0].group", ".spec.listeners[0].tls.certificateRefs[0].kind",
      ])
  }

  @Test(.enabled(if: isPresent, "upstream's definitions lie in ../shared/data/crds, which is not here"))
  func `what every kustomization renders to fits upstream's definitions, with observability too`() async throws {
    var met: Set<String> = []
    for folder in OverlayTests.kustomizations {
      met.formUnion(try await Self.check(folder, in: BuiltProgram.packageRoot))
    }
    for kind in [
      "Application", "ApplicationSet", "CompositeResourceDefinition", "Composition", "ClusterSecretStore",
      "ExternalSecret", "Gateway", "Function", "Provider", "Certificate", "Agent",
    ] { #expect(met.contains(kind), "nothing of kind \(kind) was held against its definition") }
    try await withTemporaryFolder { folder in
      try copyRepositoryWithObservability(to: folder)
      for overlay in OverlayTests.kustomizations where overlay.hasPrefix("platform/overlays/") {
        _ = try await Self.check(overlay, in: folder)
      }
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
