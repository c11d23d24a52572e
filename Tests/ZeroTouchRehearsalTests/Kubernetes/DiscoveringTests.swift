import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// What an operator asks a cluster about itself, with the real kubectl: each line is a command and what it shows.
@Suite(.serialized, .needsTools)
struct DiscoveringTests {
  @Test(arguments: Toolset.present)
  func `kinds, versions, fields and rights`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      for (words, texts) in Self.questions {
        let shown = try await cluster.succeed(words)
        for text in texts { #expect(shown.contains(text), "kubectl \(words): \(shown)") }
      }
    }
  }

  private static let questions: [(words: String, texts: [String])] = [
    ("api-resources --namespaced=false", ["customresourcedefinitions", "crd,crds", "apiextensions.k8s.io/v1"]),
    ("api-versions", ["apps/v1\n", "autoscaling/v1\n", "autoscaling/v2\n", "v1\n"]),
    ("version", ["Server Version: v1.35"]),
    ("explain ingress.spec.rules.http.paths", ["FIELD: paths <[]HTTPIngressPath>", "pathType\t<string>"]),
    ("explain pod.spec.affinity --recursive", ["requiredDuringSchedulingIgnoredDuringExecution\t<NodeSelector>"]),
    ("explain deploy.spec.template.spec.containers.resources", ["limits\t<map[string]"]),
    ("auth can-i create secrets -n kube-system", ["yes\n"]),
    ("auth can-i --list", ["*.*"]),
    ("auth whoami", ["system:masters"]),
    ("get nodes -o wide", ["INTERNAL-IP", "203.0.113.10"]),
    ("get nodes -o name", ["node/cp1\nnode/w1\n"]),
    ("get nodes --sort-by=.metadata.name -o custom-columns=N:.metadata.name --no-headers", ["cp1\nw1\n"]),
    ("get nodes -L kubernetes.io/os", ["OS\n", "linux"]),
    ("get nodes -l node-role.kubernetes.io/control-plane -o name", ["node/cp1\n"]),
    ("get ns --show-labels", ["kubernetes.io/metadata.name=default"]),
    ("get pods -A --field-selector status.phase=Running,spec.nodeName=cp1 -o name", ["pod/cilium-"]),
    ("get pods -A --chunk-size=1 -o name", ["pod/cilium-operator", "pod/cilium-"]),
    ("get events -A", ["LAST SEEN   TYPE"]),
    ("get events -A -o wide", ["SUBOBJECT", "FIRST SEEN"]),
    ("cluster-info", ["Kubernetes control plane"]),
  ]

  @Test(arguments: Toolset.present)
  func `discovery in its plain form`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      for (path, text) in [
        ("/api", "\"versions\":[\"v1\"]"),
        ("/apis/apps", "\"preferredVersion\":{\"groupVersion\":\"apps/v1\",\"version\":\"v1\"}"),
        ("/apis/apps/v1", "\"name\":\"deployments/scale\""), ("/version", "\"gitVersion\":\"v1.35"),
      ] {
        let shown = try await cluster.raw(path)
        #expect(shown.contains(text), "\(path): \(shown)")
      }
    }
  }

  @Test(arguments: Toolset.present)
  func `pages of a list are of one moment`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      for name in ["a", "b", "c", "d"] { try await cluster.succeed("create cm \(name)") }
      let path = "/api/v1/namespaces/default/configmaps?limit=2"
      let first = try JSONValue(parsing: try await cluster.raw(path))
      #expect(Self.names(first) == ["a", "b"])
      #expect(first[path: "metadata", "remainingItemCount"]?.intValue ?? 0 > 1)
      let token = try #require(first[path: "metadata", "continue"]?.stringValue)
      try await cluster.succeed("delete cm c")
      let second = try JSONValue(parsing: try await cluster.raw("\(path)&continue=\(token)"))
      #expect(Self.names(second) == ["c", "d"])
      #expect(second[path: "metadata", "resourceVersion"] == first[path: "metadata", "resourceVersion"])
    }
  }

  @Test(arguments: Toolset.present)
  func `autoscalers in both versions and ingresses`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      try await cluster.succeed("autoscale deploy web --min=1 --max=4 --cpu-percent=50")
      #expect(try await cluster.succeed("get hpa web").contains("Deployment/web   cpu: <unknown>/50%   1"))
      let old = try await cluster.raw("/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers")
      #expect(old.contains("\"targetCPUUtilizationPercentage\":50"))
      try await cluster.succeed("create ingress i --rule=example.com/=web:80")
      #expect(try await cluster.succeed("get ingress i").contains("i      <none>   example.com"))
      #expect(try await cluster.succeed("describe ingress i").contains("web:80"))
    }
  }

  private static func names(_ list: JSONValue) -> [String] {
    (list["items"]?.arrayValue ?? []).compactMap { $0[path: "metadata", "name"]?.stringValue }
  }
}
