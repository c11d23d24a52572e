import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// What an operator does to a cluster, with the real kubectl: each line is a command and what it answers.
@Suite(.serialized, .needsTools)
struct OperatingTests {
  private typealias Step = (words: String, text: String)

  private static func run(_ steps: [Step], in cluster: ToolCluster) async throws {
    for (words, text) in steps {
      let shown = try await cluster.succeed(words)
      #expect(text.isEmpty || shown.contains(text), "kubectl \(words): \(shown)")
    }
  }

  @Test(arguments: Toolset.present)
  func `services list the pods behind them`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      try await Self.run(
        [
          ("expose deploy web --port=80 --target-port=8080", "service/web exposed"),
          ("rollout status deploy/web --timeout=30s", "successfully rolled out"),
          ("wait --for=jsonpath={.subsets[0].addresses[1].ip} endpoints/web --timeout=10s", "condition met"),
          ("get endpoints web", ":8080,10.244."),
          ("get endpointslices -l kubernetes.io/service-name=web", "IPv4"),
          ("describe svc web", ":8080,10.244."),
          ("get endpoints kubernetes", "203.0.113.10:6443"),
          ("describe node w1", "HolderIdentity:  w1"),
          ("delete svc web", "deleted"),
        ], in: cluster)
      #expect(try await cluster.succeed("get endpoints,endpointslices -o name").contains("web") == false)
    }
  }

  @Test(arguments: Toolset.present)
  func `rights of others follow their roles`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.succeed("create rolebinding rb --clusterrole=view --user=ann --serviceaccount=default:robot")
      for (words, answer) in [
        ("auth can-i get pods --as=ann -n kube-system", "no"), ("auth can-i delete pods --as=ann", "no"),
        ("auth can-i list pods --as=system:serviceaccount:default:robot", "yes"),
        ("auth can-i create nodes --as=bob --as-group=system:masters", "yes"),
      ] {
        let output = try await cluster.kubectl(words)
        #expect(output.text.trimmed == answer, "kubectl \(words)")
        #expect(output.status == (answer == "yes" ? 0 : 1))
      }
      let refused = try await cluster.kubectl("get secrets --as=ann")
      #expect(
        refused.errorText == "Error from server (Forbidden): secrets is forbidden: User \"ann\" cannot list resource "
          + "\"secrets\" in API group \"\" in the namespace \"default\"\n")
      #expect(try await cluster.succeed("get clusterrolebinding cluster-admin").contains("ClusterRole/cluster-admin"))
    }
  }

  @Test(arguments: Toolset.present)
  func `kustomizations, generated names, finalizers and watches of one object`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let overlay = "\(cluster.folder)/overlay"
      try FileManager.default.createDirectory(atPath: overlay, withIntermediateDirectories: true)
      try ToolManifests.deployment().text().write(toFile: "\(overlay)/d.yaml", atomically: true, encoding: .utf8)
      try "resources: [d.yaml]\nnamePrefix: my-\nimages: [{name: nginx, newTag: \"9\"}]\n"
        .write(toFile: "\(overlay)/kustomization.yaml", atomically: true, encoding: .utf8)
      #expect(try await cluster.succeed("apply -k", overlay) == "deployment.apps/my-web created\n")
      #expect(try await cluster.kubectl("diff -k", overlay).status == 0)
      #expect(try await cluster.kubectl("diff --server-side --force-conflicts -k", overlay).status == 0)
      try await Self.run(
        [
          ("get deploy my-web -o jsonpath={.spec.template.spec.containers[0].image}", "nginx:9"),
          ("apply view-last-applied deploy/my-web", "nginx:9"),
          ("delete deploy my-web --cascade=foreground --timeout=20s", "deleted"),
          ("create cm held --from-literal=a=b", "created"),
          ("patch cm held --type=merge -p {\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}", "patched"),
          ("delete cm held --wait=false", "deleted"), ("get cm held -o jsonpath={.metadata.deletionTimestamp}", "20"),
          ("patch cm held --type=merge -p {\"metadata\":{\"finalizers\":null}}", "patched"),
          ("wait --for=delete cm/held --timeout=5s", ""),
          ("create cronjob c --image=busybox:1 --schedule=@daily -- true", "created"),
          ("create job j --from=cronjob/c", "created"),
          ("wait --for=condition=complete job/j --timeout=30s", "condition met"),
          ("wait --for=jsonpath={.status.succeeded}=1 job/j --timeout=5s", "condition met"),
          ("describe job j", "Pods Statuses:    0 Active (0 Ready) / 1 Succeeded / 0 Failed"),
          ("describe cronjob c", "Concurrency Policy:            Allow"),
        ], in: cluster)
      let generated: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["generateName": "gen-"]]
      let names = try await [
        cluster.succeed("create -f -", input: generated.text()),
        cluster.succeed("create -f -", input: generated.text()),
      ]
      #expect(Set(names).count == 2)
      #expect(names.allSatisfy { $0.hasPrefix("configmap/gen-") })
    }
  }
}
