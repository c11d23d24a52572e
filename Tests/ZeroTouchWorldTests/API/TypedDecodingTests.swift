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
