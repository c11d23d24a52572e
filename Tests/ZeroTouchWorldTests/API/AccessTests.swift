import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct AccessTests {
  private static let roles = "/apis/rbac.authorization.k8s.io/v1"

  private func asAnn(_ client: inout APIClient, _ method: String, _ path: String) -> Int {
    client.send(method, path, headers: ["impersonate-user": "ann"]).status
  }

  @Test func `whoever acts as another may do what the other may`() {
    var client = APIClient()
    #expect(asAnn(&client, "GET", "/api/v1/pods") == 403)
    _ = client.send(
      "POST", Self.roles + "/clusterrolebindings",
      [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": ["name": "b"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"],
        "subjects": [["apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "ann"]],
      ])
    #expect(asAnn(&client, "GET", "/api/v1/pods") == 200)
    #expect(asAnn(&client, "GET", "/api/v1/namespaces/default/secrets") == 403)
    #expect(asAnn(&client, "DELETE", "/api/v1/namespaces/default/configmaps/kube-root-ca.crt") == 403)
    #expect(asAnn(&client, "GET", "/apis/apps/v1") == 200)
  }

  @Test func `a role of a namespace counts there, and its names limit it`() {
    var client = APIClient()
    _ = client.send(
      "POST", Self.roles + "/namespaces/default/roles",
      [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": ["name": "r"],
        "rules": [["apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"], "resourceNames": ["mine"]]],
      ])
    _ = client.send(
      "POST", Self.roles + "/namespaces/default/rolebindings",
      [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": ["name": "b"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"],
        "subjects": [["kind": "ServiceAccount", "name": "robot"]],
      ])
    func may(_ verb: String, _ name: String, _ namespace: String) -> Bool {
      let robot: JSONValue = [
        "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
        "spec": [
          "user": "system:serviceaccount:default:robot",
          "resourceAttributes": [
            "verb": .string(verb), "resource": "configmaps", "name": .string(name), "namespace": .string(namespace),
          ],
        ],
      ]
      let answer = client.send("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", robot)
      return answer.body[path: "status", "allowed"] == true
    }
    #expect(may("get", "mine", "default"))
    #expect(!may("get", "yours", "default"))
    #expect(!may("get", "mine", "kube-system"))
    #expect(!may("delete", "mine", "default"))
  }
}
