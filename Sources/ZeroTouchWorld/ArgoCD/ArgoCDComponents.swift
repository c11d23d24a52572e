import Foundation
import ZeroTouchModel

/// The workloads Argo CD consists of, and what they make when they start.
enum ArgoCDComponents {
  static let server = ObjectKey(.deployments, ArgoCDNames.namespace, "argocd-server")
  private static let controller = ObjectKey(.statefulSets, ArgoCDNames.namespace, ArgoCDNames.controller)
  private static let repositoryServer = ObjectKey(.deployments, ArgoCDNames.namespace, "argocd-repo-server")
  private static let redis = ObjectKey(.deployments, ArgoCDNames.namespace, "argocd-redis")
  private static let dns = ObjectKey(.deployments, "kube-system", "coredns")

  /// Whether Applications are worked on at all.
  static func run(in world: World) -> Bool {
    [controller, repositoryServer, redis].allSatisfy { isReady($0, in: world) }
      && world.registry.type(group: "argoproj.io", kind: "Application") != nil
  }

  static func isReady(_ key: ObjectKey, in world: World) -> Bool {
    (world.objects[key]?[path: "status", "readyReplicas"]?.intValue ?? 0) > 0
  }

  /// Why no repository can be reached; nil when the cluster's DNS answers.
  static func lookupFailure(_ repoURL: String, in world: World) -> String? {
    let answers = isReady(dns, in: world)
    guard !answers || world.losesForwardedNames else { return nil }
    let service = world.objects[ObjectKey(.services, "kube-system", "kube-dns")]
    let address = service?[path: "spec", "clusterIP"]?.stringValue ?? "10.96.0.10"
    let host = URL(string: repoURL)?.host() ?? repoURL
    return "failed to list refs: Get \"\(repoURL)/info/refs?service=git-upload-pack\": dial tcp: "
      + "lookup \(host) on \(address):53: \(answers ? "server misbehaving" : "no such host")"
  }

  /// The project every Application names that names none of its own.
  static func createDefaultProject(in world: inout World) {
    guard world.objects[ObjectKey(ArgoCDNames.projects, ArgoCDNames.namespace, "default")] == nil else { return }
    let project: JSONValue = [
      "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject",
      "metadata": ["name": "default", "namespace": .string(ArgoCDNames.namespace)],
      "spec": [
        "sourceRepos": ["*"], "destinations": [["namespace": "*", "server": "*"]],
        "clusterResourceWhitelist": [["group": "*", "kind": "*"]],
      ],
    ]
    _ = world.apply(project, manager: "argocd-server", defaultNamespace: ArgoCDNames.namespace)
  }

  /// The password of the first login and that of the cache, as the server makes them when it first starts.
  static func createSecrets(in world: inout World) {
    guard isReady(server, in: world) else { return }
    for (name, field) in [("argocd-initial-admin-secret", "password"), ("argocd-redis", "auth")] {
      let key = ObjectKey(.secrets, ArgoCDNames.namespace, name)
      guard world.objects[key] == nil else { continue }
      let value = Data("simulated-\(field)".utf8).base64EncodedString()
      let secret: JSONValue = [
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": ["name": .string(name), "namespace": .string(ArgoCDNames.namespace)],
        "data": [field: .string(value)],
      ]
      _ = world.apply(secret, manager: "argocd-server", defaultNamespace: ArgoCDNames.namespace)
    }
  }
}
