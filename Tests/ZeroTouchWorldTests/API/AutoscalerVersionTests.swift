import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// `autoscaling/v1` knows the processor's load only; objects are kept as `autoscaling/v2`.
struct AutoscalerVersionTests {
  private static let path = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers"
  private static let newer = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/web"

  private static func autoscaler(load: Int = 80) -> JSONValue {
    [
      "apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "metadata": ["name": "web"],
      "spec": [
        "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "web"], "maxReplicas": 3,
        "targetCPUUtilizationPercentage": JSONValue(load),
      ],
    ]
  }

  private func loads(_ client: inout APIClient) -> [Int?] {
    let metrics = client.send("GET", Self.newer).body[path: "spec", "metrics"]?.arrayValue ?? []
    return metrics.map { $0[path: "resource", "target", "averageUtilization"]?.intValue }
  }

  @Test func `the older version is applied on the server, the second time too`() {
    var client = APIClient()
    #expect(client.apply(Self.path + "/web", Self.autoscaler(), by: "ann").status == 201)
    #expect(loads(&client) == [80])
    let second = client.apply(
      Self.path + "/web", Self.autoscaler(load: 60), by: "ann", query: "&fieldValidation=Strict")
    #expect(second.status == 200, "\(second.text)")
    #expect(second.body["apiVersion"] == "autoscaling/v1")
    #expect(second.body[path: "spec", "targetCPUUtilizationPercentage"] == 60)
    #expect(loads(&client) == [60])
  }

  @Test(arguments: ["application/merge-patch+json", "application/strategic-merge-patch+json"])
  func `a patch of the older version changes the load and nothing that it cannot say`(type: String) {
    var client = APIClient()
    _ = client.send("POST", Self.path, Self.autoscaler())
    let memory: JSONValue = [
      "type": "Resource",
      "resource": ["name": "memory", "target": ["type": "AverageValue", "averageValue": "1Gi"]],
    ]
    var newer = client.send("GET", Self.newer).body
    newer[path: "spec", "metrics"] = .array((newer[path: "spec", "metrics"]?.arrayValue ?? []) + [memory])
    #expect(client.send("PUT", Self.newer, newer).status == 200)
    let patched = client.send(
      "PATCH", Self.path + "/web?fieldValidation=Strict", ["spec": ["targetCPUUtilizationPercentage": 50]], type: type)
    #expect(patched.status == 200, "\(patched.text)")
    #expect(loads(&client) == [50, nil])
    #expect(client.send("PUT", Self.path + "/web", Self.autoscaler(load: 40)).status == 200)
    #expect(loads(&client) == [40, nil])
  }

  @Test func `the newer version does not know the field of the older one`() {
    var client = APIClient()
    var manifest = Self.autoscaler()
    manifest["apiVersion"] = "autoscaling/v2"
    let path = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers?fieldValidation=Strict"
    let answer = client.send("POST", path, manifest)
    #expect(answer.status == 400)
    #expect(answer.message?.contains(#"unknown field "spec.targetCPUUtilizationPercentage""#) == true)
  }
}
