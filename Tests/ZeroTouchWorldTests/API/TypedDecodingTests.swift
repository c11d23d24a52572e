import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct TypedDecodingTests {
  private func problem(_ kind: String, _ object: JSONValue) -> String? {
    do throws(DecodingProblem) {
      try TypedDecoding(kind: kind).check(object)
      return nil
    } catch {
      return error.text
    }
  }

  @Test func `a wrong type is named with its struct, its path and the type it should have`() {
    let pod: JSONValue = ["spec": ["containers": [["name": "a", "image": true]]]]
    #expect(
      problem("Pod", pod)
        == "json: cannot unmarshal bool into Go struct field Container.spec.containers.image of type string")
    #expect(
      problem("Deployment", ["spec": ["template": []]])
        == "json: cannot unmarshal array into Go struct field DeploymentSpec.spec.template of type v1.PodTemplateSpec")
    #expect(
      problem("Pod", ["spec": ["nodeSelector": ["a": 1]]])
        == "json: cannot unmarshal number into Go struct field PodSpec.spec.nodeSelector of type string")
  }

  @Test func `amounts are numbers with a unit`() {
    func pod(_ amount: JSONValue) -> JSONValue {
      ["spec": ["containers": [["resources": ["limits": ["memory": amount]]]]]]
    }
    for amount in ["1Gi", "500m", 2, .double(0.5), "1e3", ".5"] as [JSONValue] {
      #expect(problem("Pod", pod(amount)) == nil)
    }
    for amount in ["much", "", true, "1GB"] as [JSONValue] {
      #expect(problem("Pod", pod(amount))?.hasPrefix("quantities must match") == true)
    }
  }

  @Test func `a whole number has the bounds of its type`() {
    func service(_ port: JSONValue, _ target: JSONValue = 80) -> JSONValue {
      ["spec": ["ports": [["port": port, "targetPort": target]]]]
    }
    #expect(problem("Service", service(2_147_483_647)) == nil)
    #expect(
      problem("Service", service(3_000_000_000))
        == "json: cannot unmarshal number 3000000000 into Go struct field ServicePort.spec.ports.port of type int32")
    #expect(
      problem("Service", service(80, 3_000_000_000))
        == "json: cannot unmarshal number 3000000000 into Go value of type int32")
    #expect(problem("CronJob", ["spec": ["startingDeadlineSeconds": 3_000_000_000]]) == nil)
  }

  @Test(arguments: ["2026-02-28T09:05:00Z", "2024-02-29T23:59:59.123456Z", "2026-01-02T03:04:05+01:00"])
  func `a time is one of RFC 3339`(text: String) {
    #expect(problem("Pod", ["metadata": ["creationTimestamp": .string(text)]]) == nil)
  }

  @Test func `a text that is no time is refused in the decoder's words`() {
    func refusal(_ text: String) -> String? {
      problem("Pod", ["metadata": ["creationTimestamp": .string(text)]])
    }
    let layout = #"as "2006-01-02T15:04:05Z07:00": cannot parse"#
    #expect(refusal("soon") == #"parsing time "soon" \#(layout) "soon" as "2006""#)
    #expect(refusal("2026-01-02") == #"parsing time "2026-01-02" \#(layout) "" as "T""#)
    #expect(refusal("2026-01-02T03:04:05") == #"parsing time "2026-01-02T03:04:05" \#(layout) "" as "Z07:00""#)
    #expect(refusal("2026-13-01T00:00:00Z") == #"parsing time "2026-13-01T00:00:00Z": month out of range"#)
    #expect(refusal("2026-02-30T00:00:00Z") == #"parsing time "2026-02-30T00:00:00Z": day out of range"#)
    #expect(refusal("2026-02-03T00:00:00Z!") == #"parsing time "2026-02-03T00:00:00Z!": extra text: "!""#)
  }

  @Test func `every kind the server serves by itself has its fields in the table`() {
    let without = ResourceRegistry.builtIn.all.filter { type in
      type.verbs.contains("list") && FieldTable.types[type.kind] == nil
    }
    #expect(without.map(\.kind).sorted() == ["APIService", "CustomResourceDefinition"])
  }

  @Test func `every type of the table names types that are there`() {
    func names(_ type: FieldType) -> [String] {
      switch type {
      case .type(let name): [name]
      case .list(let inner), .map(let inner): names(inner)
      default: []
      }
    }
    let missing = FieldTable.types.values.flatMap { $0.values.flatMap(names) }.filter { FieldTable.types[$0] == nil }
    #expect(Set(missing).isEmpty)
  }

  @Test func `what is embedded stands one level up, as in JSON`() {
    #expect(FieldTable.types["Volume"]?["hostPath"] == .type("HostPathVolumeSource"))
    #expect(FieldTable.types["Probe"]?["httpGet"] == .type("HTTPGetAction"))
    #expect(FieldTable.types["ConfigMapVolumeSource"]?["name"] == .text)
    #expect(FieldTable.types["MutatingWebhookConfiguration"]?["webhooks"] == .list(.type("MutatingWebhook")))
    #expect(FieldTable.types["RuleWithOperations"]?["apiGroups"] == .list(.text))
  }
}
