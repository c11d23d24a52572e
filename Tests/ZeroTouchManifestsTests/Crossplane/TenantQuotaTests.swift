import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchManifests

/// The quota of a landing zone, against what `tenants/applications/example` becomes.
struct TenantQuotaTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(Fixture.layout.root)/tenants/\(path)", encoding: .utf8)
  }

  private static func fences() throws -> (quota: [String: String], container: JSONValue) {
    let manifests = try YAMLDocuments.parse(text("landing-zones/base/quota.yaml"), file: "quota.yaml")
    let quota = try #require(manifests.first { $0["kind"] == "ResourceQuota" })
    let limits = try #require(manifests.first { $0["kind"] == "LimitRange" }?[path: "spec", "limits"]?.arrayValue)
    return (quota[path: "spec", "hard"]?.stringMap ?? [:], try #require(limits.first))
  }

  private static func objects() throws -> [JSONValue] {
    let catalogue = try Fixture.catalogue()
    return try ["worker", "shop", "database"].flatMap { name in
      try LocatedYAML.documents(of: text("applications/example/\(name).yaml"), file: name).flatMap { claim in
        try #require(catalogue.api(for: claim.json)).render(claim.json).objects.map(\.unwrapped)
      }
    }
  }

  /// How many pods there are at most: every replica that scaling may ask for, with those that a roll-out adds.
  private static func most(_ deployment: JSONValue, among objects: [JSONValue]) -> Double {
    let scaled = objects.first {
      $0["kind"] == "ScaledObject"
        && $0[path: "spec", "scaleTargetRef", "name"] == deployment[path: "metadata", "name"]
    }
    let replicas = scaled?[path: "spec", "maxReplicaCount"] ?? deployment[path: "spec", "replicas"]
    let count = Double(replicas?.intValue ?? 1)
    return count + (count * 0.25).rounded(.up)
  }

  private static func figures(_ resources: JSONValue?, times count: Double) -> [String: Double] {
    var sums: [String: Double] = [:]
    for side in ["requests", "limits"] {
      for (name, value) in resources?[side]?.stringMap ?? [:] {
        sums["\(side).\(name)"] = (Quantity(value)?.value ?? 0) * count
      }
    }
    return sums
  }

  /// What one object asks for at its most; a database twice, since a restore stands beside what it restores.
  private static func figures(of object: JSONValue, among objects: [JSONValue], sidecar: JSONValue) -> [[String:
    Double]]
  {
    let spec = object["spec"] ?? [:]
    switch object["kind"]?.stringValue {
    case "Deployment":
      return (spec[path: "template", "spec", "containers"]?.arrayValue ?? []).map {
        figures($0["resources"], times: most(object, among: objects))
      }
    case "Cluster":
      let instances = 2 * Double(spec["instances"]?.intValue ?? 0)
      let size = spec[path: "storage", "size"]?.stringValue.flatMap { Quantity($0)?.value } ?? 0
      return [
        figures(spec["resources"], times: instances), figures(sidecar, times: instances),
        ["persistentvolumeclaims": instances, "requests.storage": instances * size],
      ]
    default: return []
    }
  }

  @Test func `the example fits its quota at its most, during a roll-out and a restore`() throws {
    let (quota, container) = try Self.fences()
    // The archiver beside every instance has no figures of its own, so it gets the landing zone's.
    let sidecar: JSONValue = ["requests": container["defaultRequest"] ?? [:], "limits": container["default"] ?? [:]]
    let objects = try Self.objects()
    let sums = objects.flatMap { Self.figures(of: $0, among: objects, sidecar: sidecar) }
      .reduce(into: [String: Double]()) { $0.merge($1, uniquingKeysWith: +) }
    #expect(abs((sums["limits.cpu"] ?? 0) - 14) < 0.001, "the figure that quota.yaml names")
    #expect(sums["persistentvolumeclaims"] == 6)
    for (name, sum) in sums.sorted(by: { $0.key < $1.key }) {
      let hard = try #require(quota[name].flatMap { Quantity($0)?.value }, "\(name)")
      #expect(sum <= hard, "\(name): \(sum) of \(hard)")
    }
    #expect(sums.count == 6)
  }
}
