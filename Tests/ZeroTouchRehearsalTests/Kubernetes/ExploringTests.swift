import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// What people look at a kept cluster with, with the real kubectl.
@Suite(.serialized, .needsTools)
struct ExploringTests {
  @Test(arguments: Toolset.present)
  func `tables of nodes, pods and everything`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let nodes = try await cluster.succeed("get nodes")
      #expect(nodes.hasPrefix("NAME   STATUS   ROLES           AGE"))
      #expect(nodes.contains("cp1    Ready    control-plane"))
      #expect(try await cluster.succeed("get pods -A -o wide").contains("NOMINATED NODE"))
      try await cluster.apply(ToolManifests.deployment())
      #expect(try await cluster.succeed("get all").contains("deployment.apps/web"))
      #expect(try await cluster.succeed("get ns,sa,cm,svc").contains("service/kubernetes"))
      let none = try await cluster.kubectl("get gizmos")
      #expect(none.errorText == "error: the server doesn't have a resource type \"gizmos\"\n")
      let missing = try await cluster.kubectl("get deploy -n kube-system nothing")
      #expect(missing.errorText == "Error from server (NotFound): deployments.apps \"nothing\" not found\n")
    }
  }

  @Test(arguments: Toolset.present)
  func `rollout status, wait and watch until pods are ready`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      let status = try await cluster.succeed("rollout status deploy/web --timeout=30s")
      #expect(status.hasSuffix("deployment \"web\" successfully rolled out\n"))
      try await cluster.succeed("rollout status ds/cilium -n kube-system --timeout=30s")
      #expect(
        try await cluster.succeed("wait --for=condition=available deploy/web --timeout=10s")
          == "deployment.apps/web condition met\n")
      try await cluster.succeed("wait --for=condition=ready pod -l app=web --timeout=10s")
      let none = try await cluster.kubectl("wait --for=condition=ready pod -l name=nothing --timeout=1s")
      #expect(none.errorText == "error: no matching resources found\n")
      let watched = try await cluster.kubectl("get pods -w --request-timeout=15s")
      #expect(watched.text.contains("Running"))
    }
  }

  @Test(arguments: Toolset.present)
  func `describe and explain`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      try await cluster.succeed("rollout status deploy/web --timeout=30s")
      #expect(try await cluster.succeed("describe deploy web").contains("Scaled up replica set"))
      let pods = try await cluster.succeed("describe pod -l app=web --show-events=true")
      #expect(pods.contains("Successfully assigned default/web-"), "\(pods)")
      #expect(try await cluster.succeed("describe node w1").contains("PodCIDR"))
      #expect(try await cluster.succeed("explain deployment.spec.replicas").contains("FIELD: replicas <integer>"))
      try await cluster.apply(ToolManifests.definition)
      try await cluster.succeed("wait --for=condition=Established crd/applications.argoproj.io --timeout=20s")
      let project = try await cluster.succeed("explain application.spec.project")
      #expect(project.contains("The project it belongs to."))
      try await cluster.apply(ToolManifests.application(project: "infra"))
      #expect(try await cluster.succeed("get app").contains("a      infra"))
    }
  }

  @Test(arguments: Toolset.present)
  func `apply client-side, diff, replace and edit`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      let first = ToolManifests.deployment().text()
      #expect(try await cluster.succeed("apply -f -", input: first) == "deployment.apps/web created\n")
      #expect(try await cluster.succeed("apply -f -", input: first) == "deployment.apps/web unchanged\n")
      let second = ToolManifests.deployment(image: "nginx:2").text()
      let difference = try await cluster.kubectl("diff -f -", input: second)
      #expect(difference.status == 1)
      #expect(difference.text.contains("+      - image: nginx:2"))
      #expect(try await cluster.succeed("apply -f -", input: second) == "deployment.apps/web configured\n")
      #expect(
        try await cluster.succeed("get deploy web -o jsonpath={.spec.template.spec.containers[*].image}") == "nginx:2")
      try await cluster.succeed("replace -f -", input: first)
      let edited = try await cluster.run(
        "env", ["EDITOR=sed -i.bak s/nginx:1/nginx:3/", "kubectl", "edit", "deploy", "web"])
      #expect(edited.text == "deployment.apps/web edited\n", "\(edited.errorText)")
    }
  }

  @Test(arguments: Toolset.present)
  func `label, annotate, scale, patch, taint and roll back`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      try await cluster.succeed("label deploy web tier=front")
      #expect(try await cluster.succeed("get deploy -l tier=front -o name") == "deployment.apps/web\n")
      #expect(try await cluster.succeed("get deploy -l tier!=front -o name").isEmpty)
      try await cluster.succeed("annotate deploy web note=x")
      try await cluster.succeed("scale deploy web --replicas=3")
      try await cluster.succeed("patch deploy web -p", "{\"spec\":{\"minReadySeconds\":1}}")
      try await cluster.succeed(
        "patch deploy web --type=json -p", "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":1}]")
      try await cluster.succeed("patch deploy web --type=merge -p", "{\"metadata\":{\"labels\":{\"tier\":null}}}")
      try await cluster.succeed("set image deploy/web main=nginx:2")
      try await cluster.succeed("rollout restart deploy/web")
      try await cluster.succeed("rollout status deploy/web --timeout=30s")
      try await cluster.succeed("rollout undo deploy/web --to-revision=1")
      #expect(
        try await cluster.succeed("get deploy web -o jsonpath={.spec.template.spec.containers[0].image}") == "nginx:1")
      try await cluster.succeed("taint node w1 a=b:NoSchedule")
      #expect(try await cluster.succeed("get node w1 -o jsonpath={.spec.taints[*].key}") == "a")
    }
  }

  @Test(arguments: Toolset.present)
  func `drain empties a node and uncordon opens it`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      try await cluster.succeed("rollout status deploy/web --timeout=30s")
      let drained = try await cluster.succeed("drain w1 --ignore-daemonsets --timeout=20s")
      #expect(drained.contains("node/w1 drained"))
      #expect(try await cluster.succeed("get nodes").contains("SchedulingDisabled"))
      #expect(
        try await cluster.succeed("get pods -o name --field-selector spec.nodeName=w1").isEmpty)
      try await cluster.succeed("uncordon w1")
    }
  }

  @Test(arguments: Toolset.present)
  func `deletion cascades, orphans and empties namespaces`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      try await cluster.apply(ToolManifests.deployment())
      try await cluster.succeed("delete deploy web --cascade=orphan")
      #expect(!(try await cluster.succeed("get rs -l app=web -o name").isEmpty))
      try await cluster.succeed("delete rs -l app=web --cascade=foreground --timeout=20s")
      #expect(try await cluster.succeed("get rs,pods -l app=web -o name").isEmpty)
      try await cluster.succeed("create namespace gone")
      try await cluster.succeed("create cm x -n gone --from-literal=a=b")
      try await cluster.succeed("delete namespace gone --timeout=20s")
      let again = try await cluster.kubectl("get namespace gone")
      #expect(again.errorText == "Error from server (NotFound): namespaces \"gone\" not found\n")
    }
  }

  @Test(arguments: Toolset.present)
  func `everything typed clients create`(tools: Toolset) async throws {
    try await ToolCluster.open(tools) { cluster in
      for words in [
        "create deployment d --image=nginx:1 --replicas=2", "create job j --image=busybox:1 -- true",
        "create cronjob c --image=busybox:1 --schedule=@daily", "create cm m --from-literal=a=b", "create sa s",
        "create role r --verb=get --resource=pods", "create rolebinding r --role=r --serviceaccount=default:s",
        "create clusterrole cr --verb=get --resource=pods", "create service clusterip x --tcp=80:8080",
        "create clusterrolebinding b --clusterrole=cr --serviceaccount=default:s", "create token s",
        "create priorityclass high --value=10", "create quota q --hard=pods=20", "run p --image=nginx:1",
        "create poddisruptionbudget pdb --selector=app=d --min-available=1", "expose deploy d --port=80",
      ] { try await cluster.succeed(words) }
      #expect(try await cluster.succeed("get deploy d -o jsonpath={.spec.replicas}") == "2")
      #expect(try await cluster.succeed("get svc x -o jsonpath={.spec.ports[0].targetPort}") == "8080")
      #expect(
        try await cluster.succeed("get job j -o jsonpath={.spec.template.spec.containers[0].command[0]}") == "true")
      #expect(try await cluster.succeed("auth whoami").contains("admin"))
      #expect(try await cluster.succeed("events").contains("SuccessfulCreate"))
      #expect(try await cluster.succeed("api-resources").contains("deployments"))
    }
  }
}
