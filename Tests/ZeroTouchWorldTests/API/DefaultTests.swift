import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct DefaultTests {
  private static let apps = "/apis/apps/v1/namespaces/default"

  private func workload(_ kind: String) -> JSONValue {
    var object = Sample.deployment("web")
    object["kind"] = .string(kind)
    return object
  }

  @Test func `workloads get the strategies that rollout status reads`() {
    var client = APIClient()
    let deployment = client.send("POST", Self.apps + "/deployments", workload("Deployment")).body
    #expect(deployment[path: "spec", "strategy", "type"] == "RollingUpdate")
    #expect(deployment[path: "spec", "strategy", "rollingUpdate"] == ["maxSurge": "25%", "maxUnavailable": "25%"])
    #expect(deployment[path: "spec", "replicas"] == 1)
    #expect(deployment[path: "spec", "progressDeadlineSeconds"] == 600)
    let daemons = client.send("POST", Self.apps + "/daemonsets", workload("DaemonSet")).body
    #expect(daemons[path: "spec", "updateStrategy", "type"] == "RollingUpdate")
    #expect(daemons[path: "spec", "replicas"] == nil)
    let stateful = client.send("POST", Self.apps + "/statefulsets", workload("StatefulSet")).body
    #expect(stateful[path: "spec", "updateStrategy", "rollingUpdate", "partition"] == 0)
    let container = deployment[path: "spec", "template", "spec", "containers"]?.arrayValue?.first
    #expect(container?["imagePullPolicy"] == "IfNotPresent")
  }

  @Test func `a secret's texts become bytes and its type Opaque`() {
    var client = APIClient()
    let secret: JSONValue = [
      "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "s"], "stringData": ["a": "b"],
    ]
    let stored = client.send("POST", "/api/v1/namespaces/default/secrets", secret).body
    #expect(stored["data"] == ["a": "Yg=="])
    #expect(stored["stringData"] == nil)
    #expect(stored["type"] == "Opaque")
    #expect(stored[path: "metadata", "generation"] == nil)
  }

  @Test func `services get free addresses and keep them`() {
    var client = APIClient()
    func service(_ name: String, _ type: String = "ClusterIP") -> JSONValue {
      [
        "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name)],
        "spec": ["type": .string(type), "ports": [["port": 80]]],
      ]
    }
    let target = "/api/v1/namespaces/default/services"
    let first = client.send("POST", target, service("a")).body
    let second = client.send("POST", target, service("b", "NodePort")).body
    #expect(first[path: "spec", "clusterIP"]?.stringValue?.hasPrefix("10.96.0.") == true)
    #expect(first[path: "spec", "clusterIP"] != second[path: "spec", "clusterIP"])
    #expect(second[path: "spec", "ports"]?.arrayValue?.first?["nodePort"] == 30000)
    #expect(second[path: "spec", "ports"]?.arrayValue?.first?["targetPort"] == 80)
    let replaced = client.send("PUT", target + "/a", service("a")).body
    #expect(replaced[path: "spec", "clusterIP"] == first[path: "spec", "clusterIP"])
  }

  @Test func `a namespace carries its name as a label`() {
    var client = APIClient()
    let body: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "x"]]
    for _ in 0..<2 {
      let namespace = client.apply("/api/v1/namespaces/x", body, by: "zerotouch").body
      #expect(namespace[path: "metadata", "labels", "kubernetes.io/metadata.name"] == "x")
      #expect(namespace[path: "status", "phase"] == "Active")
    }
  }

  @Test func `generations count wishes, not observations`() {
    var client = APIClient()
    var object = client.send("POST", Self.apps + "/deployments", workload("Deployment")).body
    object["status"] = ["replicas": 1]
    let observed = client.send("PUT", Self.apps + "/deployments/web/status", object).body
    #expect(observed[path: "metadata", "generation"] == 1)
    #expect(observed[path: "status", "replicas"] == 1)
    var wish = observed
    wish[path: "spec", "replicas"] = 3
    wish["status"] = ["replicas": 9]
    let wished = client.send("PUT", Self.apps + "/deployments/web", wish).body
    #expect(wished[path: "metadata", "generation"] == 2)
    #expect(wished[path: "status", "replicas"] == 1)
  }

  @Test func `annotations have a limit and the recorded words for it`() {
    var client = APIClient()
    var object = Sample.configMap("a")
    object[path: "metadata", "annotations"] = ["x": .string(String(repeating: "y", count: 262_144))]
    let answer = client.send("POST", "/api/v1/namespaces/default/configmaps", object)
    #expect(answer.status == 422)
    #expect(
      answer.message == "ConfigMap \"a\" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes")
  }

  @Test func `a selector that misses its template is refused`() {
    var client = APIClient()
    var object = workload("Deployment")
    object[path: "spec", "template", "metadata", "labels"] = ["app": "other"]
    let answer = client.send("POST", Self.apps + "/deployments", object)
    #expect(answer.message?.hasSuffix("`selector` does not match template `labels`") == true)
  }
}
