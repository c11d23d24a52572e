import Testing
import ZeroTouchModel
import ZeroTouchTools

/// The exact words every program is started with.
struct CommandLineTests {
  private let node = IPAddress(203, 0, 113, 10)
  private let talosctl = Talosctl(talosconfig: "state/talosconfig")
  private let kubectl = Kubectl(kubeconfig: "state/kubeconfig")

  @Test func `talosctl names its configuration, one endpoint and one node`() {
    let prefix = "talosctl --talosconfig state/talosconfig -e 203.0.113.10 -n 203.0.113.10 "
    let calls: [(ToolInvocation, String)] = [
      (talosctl.machineStatus(node), "get machinestatus -o json"),
      (talosctl.service("etcd", node), "service etcd"),
      (talosctl.etcdMembers(node), "etcd members"),
      (talosctl.version(node), "version --short"),
      (talosctl.applyConfiguration("cp.yaml", to: node), "apply-config -f cp.yaml"),
      (talosctl.applyConfiguration("cp.yaml", to: node, mode: "staged"), "apply-config -f cp.yaml --mode staged"),
      (talosctl.bootstrap(node), "bootstrap"),
      (talosctl.kubeconfig(from: node, to: "state/kubeconfig"), "kubeconfig --merge=false -f state/kubeconfig"),
      (
        talosctl.reset(node, graceful: false),
        "reset --graceful=false --reboot --system-labels-to-wipe STATE --system-labels-to-wipe EPHEMERAL --timeout 5m"
      ),
    ]
    for (invocation, words) in calls { #expect("\(invocation)" == prefix + words) }
  }

  @Test func `only what changes a machine counts as mutating`() {
    #expect(talosctl.bootstrap(node).effect == .mutates)
    #expect(talosctl.applyConfiguration("f", to: node).effect == .mutates)
    #expect(talosctl.reset(node, graceful: true).effect == .mutates)
    #expect(Talosctl.Maintenance.applyConfiguration("f", to: node).effect == .mutates)
    #expect(talosctl.machineStatus(node).effect == .reads)
    #expect(talosctl.kubeconfig(from: node, to: "f").effect == .reads)
  }

  @Test func `in maintenance mode talosctl has no certificates and one node`() {
    #expect(
      Talosctl.Maintenance.machineStatus(node).arguments
        == ["get", "machinestatus", "-o", "json", "--insecure", "-n", "203.0.113.10"])
    #expect(
      Talosctl.Maintenance.volumes(node).arguments
        == ["get", "discoveredvolumes", "-o", "json", "--insecure", "-n", "203.0.113.10"])
    #expect(
      Talosctl.Maintenance.applyConfiguration("w.yaml", to: node).arguments
        == ["apply-config", "-f", "w.yaml", "--insecure", "-n", "203.0.113.10"])
  }

  @Test func `secrets are made for a version contract and never replaced`() {
    #expect(
      Talosctl.generateSecrets(to: "s.yaml", talos: SemanticVersion(1, 13, 9)).arguments
        == ["gen", "secrets", "--talos-version", "v1.13", "-o", "s.yaml"])
  }

  @Test func `configurations are rendered with every patch in its place`() {
    let wanted = Talosctl.Configuration(
      cluster: "prod", endpoint: Endpoint(host: "203.0.113.10"), secrets: "s.yaml", talos: SemanticVersion(1, 13, 9),
      kubernetes: SemanticVersion(1, 35, 4), additionalSANs: ["a", "b"], patches: ["all.yaml"],
      controlPlanePatches: ["cp.yaml"], workerPatches: ["w.yaml"], types: [.worker], output: "worker.yaml")
    #expect(
      Talosctl.generateConfiguration(wanted).arguments == [
        "gen", "config", "prod", "https://203.0.113.10:6443", "--with-secrets", "s.yaml", "--talos-version", "v1.13",
        "--kubernetes-version", "1.35.4", "--additional-sans", "a,b", "--config-patch", "@all.yaml",
        "--config-patch-control-plane", "@cp.yaml", "--config-patch-worker", "@w.yaml", "--with-docs=false",
        "--with-examples=false", "--output-types", "worker", "--force", "-o", "worker.yaml",
      ])
  }

  @Test func `kubectl always names its kubeconfig`() {
    let prefix = "kubectl --kubeconfig state/kubeconfig "
    let system = KubernetesScope.namespace("kube-system")
    let calls: [(ToolInvocation, String)] = [
      (kubectl.readyz, "get --raw /readyz"),
      (kubectl.get("nodes", "cp01"), "get nodes cp01 -o json"),
      (kubectl.list("pods", system, selector: "k8s-app=cilium"), "get pods -n kube-system -l k8s-app=cilium -o json"),
      (kubectl.list("pods", .allNamespaces), "get pods --all-namespaces -o json"),
      (kubectl.watch("nodes"), "get nodes --watch --output-watch-events -o json"),
      (kubectl.exists("secrets", "aws", .namespace("eso")), "get secrets aws -n eso -o name"),
      (
        kubectl.exec(pod: "cilium-1", namespace: "kube-system", container: "cilium-agent", ["cilium-dbg", "status"]),
        "exec cilium-1 -n kube-system -c cilium-agent -- cilium-dbg status"
      ),
      (kubectl.apply(.file("a.yaml")), "apply --server-side --field-manager=zerotouch -f a.yaml"),
      (
        kubectl.apply(.text("kind: X"), forceConflicts: true),
        "apply --server-side --field-manager=zerotouch --force-conflicts -f - <stdin"
      ),
      (kubectl.deleteNode("w1"), "delete node w1 --ignore-not-found"),
      (
        kubectl.label("node", "w1", .cluster, ["b": nil, "a": "1"]),
        "label node w1 --overwrite --field-manager=zerotouch a=1 b-"
      ),
      (
        kubectl.annotate("application", "root", .namespace("argocd"), ["argocd.argoproj.io/refresh": "hard"]),
        "annotate application root -n argocd --overwrite --field-manager=zerotouch argocd.argoproj.io/refresh=hard"
      ),
    ]
    for (invocation, words) in calls { #expect("\(invocation)" == prefix + words) }
  }

  @Test func `a watch has no deadline and everything else has one`() {
    #expect(kubectl.watch("nodes").deadline == nil)
    #expect(kubectl.list("nodes").deadline != nil)
    #expect(kubectl.apply(.file("a")).deadline != nil)
  }

  @Test func `a secret that is applied stands neither in argv nor in the description`() {
    let invocation = kubectl.apply(.secret(Secret("hunter2")))
    #expect(!"\(invocation)".contains("hunter2"))
    #expect(!invocation.arguments.joined().contains("hunter2"))
    #expect("\(invocation)".hasSuffix("-f - <redacted"))
  }

  @Test func `helm renders a locked chart`() {
    let invocation = Helm.template(
      .repository(url: "https://helm.cilium.io", name: "cilium", version: "1.19.6"), release: "cilium",
      namespace: "kube-system", values: ["v.yaml"], includeCRDs: true, kubernetes: SemanticVersion(1, 35, 4),
      apiVersions: ["gateway.networking.k8s.io/v1/GatewayClass"])
    #expect(
      "\(invocation)"
        == "helm template cilium cilium --repo https://helm.cilium.io --version 1.19.6 --namespace kube-system "
        + "--values v.yaml --include-crds --kube-version 1.35.4 --api-versions gateway.networking.k8s.io/v1/GatewayClass"
    )
  }

  @Test func `git looks at one directory and asks nobody for a password`() {
    let git = Git(directory: "/repo with space")
    #expect(git.status(["platform"]).arguments.suffix(2) == ["--", "platform"])
    #expect(
      git.listRemote("https://example.org/r.git", "main").arguments
        == ["-C", "/repo with space", "ls-remote", "--exit-code", "--", "https://example.org/r.git", "main"])
    #expect(git.remoteURL().environment["GIT_TERMINAL_PROMPT"] == "0")
  }

  @Test func `ssh keeps its own known hosts and asks nothing`() {
    let ssh = SSH(host: node, credential: .key("id"), knownHosts: "state/known_hosts")
    let arguments = ssh.run(["lsblk", "--json", "a b"], effect: .reads).arguments
    #expect(arguments.contains("UserKnownHostsFile=state/known_hosts"))
    #expect(arguments.contains("BatchMode=yes"))
    #expect(arguments.suffix(5) == ["-i", "id", "root@203.0.113.10", "--", "lsblk --json 'a b'"])
  }

  @Test func `a known-hosts path with a blank stays one path to OpenSSH`() {
    let ssh = SSH(host: node, credential: .key("id"), knownHosts: "my state/known_hosts")
    #expect(ssh.run(["hostname"], effect: .reads).arguments.contains("UserKnownHostsFile=\"my state/known_hosts\""))
  }

  @Test func `a script travels on standard input and stops at its first failure`() {
    let script = SSH(host: node, knownHosts: "k").script("dd of=/dev/sda", effect: .mutates)
    #expect(script.input == .text("dd of=/dev/sda"))
    #expect(script.arguments.last == "bash -euo pipefail -s")
    #expect(script.effect == .mutates)
  }

  @Test func `curl takes credentials on standard input and keeps the user's curlrc out`() {
    let request = Curl.request(configuration: Secret("user = a:b"), effect: .reads)
    #expect(request.arguments.first == "--disable")
    #expect(!request.arguments.joined().contains("a:b"))
  }
}
