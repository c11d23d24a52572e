import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// The definitions of the pinned versions of what the platform installs, where they are present.
private enum Upstream {
  static let folder = URL(filePath: Fixture.layout.root).appending(path: "../shared/data/crds").standardizedFileURL.path
  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder) }

  /// The schema of each kind and version.
  static let schemas: [String: ObjectSchema] = {
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    var schemas: [String: ObjectSchema] = [:]
    for file in files where file.hasSuffix(".yaml") {
      let text = (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
      for definition in (try? YAMLDocuments.parse(text, file: file)) ?? [] {
        let kind = definition[path: "spec", "names", "kind"]?.stringValue ?? ""
        let group = definition[path: "spec", "group"]?.stringValue ?? ""
        for version in definition[path: "spec", "versions"]?.arrayValue ?? [] where version["served"] == true {
          let name = version["name"]?.stringValue ?? ""
          schemas["\(group)/\(name)/\(kind)"] = version[path: "schema", "openAPIV3Schema"].map(ObjectSchema.init)
        }
      }
    }
    return schemas
  }()

  /// What upstream finds wrong with an object; nil where upstream's definition is not here.
  static func problems(of object: JSONValue) -> [SchemaProblem]? {
    let name = "\(object["apiVersion"]?.stringValue ?? "")/\(object["kind"]?.stringValue ?? "")"
    return schemas[name].map { $0.problems(of: $0.defaulted(object)) }
  }
}

@Suite(
  .enabled(if: Upstream.isPresent, "../shared/data/crds is absent: nothing is held against upstream's definitions"))
struct UpstreamSchemaTests {
  /// Kinds that Kubernetes itself has, and so no definition.
  private static let builtIn = ["v1", "apps/v1", "rbac.authorization.k8s.io/v1", "policy/v1", "networking.k8s.io/v1"]

  @Test(arguments: Fixture.accepted)
  func `what a claim becomes is accepted by upstream's own definitions`(claim: Fixture) throws {
    for object in try claim.rendered().map(\.unwrapped) {
      if Self.builtIn.contains(object["apiVersion"]?.stringValue ?? "") { continue }
      let kind = object["kind"]?.stringValue ?? ""
      guard let problems = Upstream.problems(of: object) else {
        #expect(Self.absent.contains(kind), "upstream's definition of \(kind) is not here")
        continue
      }
      #expect(problems.filter { !$0.isUnknown } == [], "\(kind)")
    }
  }

  @Test func `scaled objects, clusters of PostgreSQL, caches and routes are among what is held against them`() throws {
    let kinds = try Fixture.accepted.flatMap { try $0.rendered() }.map(\.unwrapped)
      .filter { Upstream.problems(of: $0) != nil }.compactMap { $0["kind"]?.stringValue }
    #expect(Set(kinds) == ["Cluster", "Dragonfly", "HTTPRoute", "ScaledObject", "ScheduledBackup"])
  }

  /// Kinds whose definitions the shared data do not hold.
  private static let absent = ["ObjectStore"]

  @Test func `definitions and compositions are accepted by Crossplane's own definitions`() throws {
    for api in try Fixture.catalogue().apis {
      for file in ["definition.yaml", "composition.yaml"] {
        for object in try Fixture("\(api.slug)/\(file)").documents().map(\.json) {
          let problems = try #require(Upstream.problems(of: object))
          #expect(problems.filter { !$0.isUnknown } == [], "\(api.slug)/\(file)")
        }
      }
    }
  }

  @Test func `upstream's definitions refuse what is wrong`() throws {
    let wrong: JSONValue = [
      "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "metadata": ["name": "x"],
      "spec": [
        "scaleTargetRef": ["name": "x"], "minReplicaCount": 5, "maxReplicaCount": 2, "triggers": [["type": "cron"]],
      ],
    ]
    let paths = try #require(Upstream.problems(of: wrong)).map(\.path.description)
    #expect(paths == ["spec.triggers[0].metadata"])
  }
}
