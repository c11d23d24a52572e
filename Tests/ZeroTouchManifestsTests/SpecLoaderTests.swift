import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Suite struct SpecLoaderTests {
  static let valid = """
    apiVersion: zerotouch.dev/v1alpha1
    kind: Cluster
    metadata: {name: production}
    spec:
      endpoint: https://203.0.113.10:6443
      nodes:
        - {name: cp01, role: control-plane, address: 203.0.113.10, install: {disk: {serial: S4XXXX}}}
        - {name: worker01, role: worker, address: "2001:db8::20", patches: [bootstrap/talos/worker01.yaml]}
      gitops: {repoURL: https://github.com/you/platform.git, revision: main}

    """

  private func load(_ text: String) throws -> ClusterSpec { try SpecLoader.load(text: text, file: "zerotouch.yaml") }

  func problems(_ text: String) -> String {
    do { return "no problem: \(try load(text))" } catch { return "\(error)" }
  }

  /// The problems of the valid spec with one text replaced.
  func problems(_ old: String, _ new: String) -> String {
    #expect(Self.valid.contains(old))
    return problems(Self.valid.replacing(old, with: new))
  }

  @Test func `everything of the design's spec that works is read`() throws {
    let spec = try load(
      """
      apiVersion: zerotouch.dev/v1alpha1
      kind: Cluster
      metadata: {name: production}
      spec:
        environment: main
        stage: staging
        provider: talos
        endpoint: https://k8s.example.org:6443
        nodes:
          - {name: cp01, role: control-plane, address: 203.0.113.10, install: {disk: {path: /dev/nvme0n1}}}
          - {name: worker01, role: worker, address: 203.0.113.20, patches: [bootstrap/talos/w.yaml], access: {sshKey: file:~/.ssh/id}}
        versions: {kubernetes: v1.34.2}
        network: {podCIDR: 10.0.0.0/16, serviceCIDR: 10.1.0.0/16, gateway: {mode: hostNetwork}}
        timeouts: {kubernetes-api: 1h30m, coredns: 90s}
        gitops: {engine: argocd, repoURL: git@github.com:you/platform.git, revision: v1}
        secrets:
          aws: {accessKeyID: env:AWS_ACCESS_KEY_ID, secretAccessKey: file:key, region: eu-central-1, prefix: /zerotouch/prod}
      """)
    #expect(spec.environment == .main && spec.stage == .staging && spec.provider == .talos)
    #expect(spec.endpoint == Endpoint(host: "k8s.example.org", port: 6443))
    #expect(spec.controlPlanes.map(\.disk?.path) == ["/dev/nvme0n1"])
    #expect(spec.workers.map(\.access.sshKey) == [.file("~/.ssh/id")])
    #expect(spec.workers.map(\.patches) == [["bootstrap/talos/w.yaml"]])
    #expect(spec.versions.kubernetes == SemanticVersion(1, 34, 2) && spec.versions.talos == VersionSet.default.talos)
    #expect(spec.network.podCIDR.description == "10.0.0.0/16")
    #expect(spec.timeouts == ["kubernetes-api": .seconds(5400), "coredns": .seconds(90)])
    #expect(spec.gitops.repoURL == "git@github.com:you/platform.git" && spec.gitops.revision == "v1")
    #expect(spec.secrets.aws?.secretAccessKey == .file("key") && spec.secrets.aws?.sessionToken == nil)
    #expect(spec.certificateNames == ["k8s.example.org", "203.0.113.10"])
    #expect(try load(spec.yaml) == spec)
  }

  @Test(arguments: [ClusterSpec.Provider.kind, .existing])
  func `a cluster whose machines are somebody else's is written as it can be read`(
    _ provider: ClusterSpec.Provider
  ) throws {
    let repository = GitOpsRepository(repoURL: "https://example.org/a.git", revision: "r")
    let spec = ClusterSpec.withoutMachines(provider, repository: repository)
    #expect(try load(spec.yaml).provider == provider)
  }

  @Test func `what the spec leaves out about GitOps comes from the repository's own file`() throws {
    let text = Self.valid.replacing(
      "  gitops: {repoURL: https://github.com/you/platform.git, revision: main}\n", with: "")
    let repository = GitOpsRepository(repoURL: "https://example.org/a.git", revision: "r")
    let spec = try SpecLoader.load(text: text, file: "zerotouch.yaml", repository: repository)
    #expect(spec.gitops.repoURL == "https://example.org/a.git" && spec.gitops.revision == "r")
    #expect(
      problems(text) == """
        zerotouch.yaml:5:3: error: nothing says which repository Argo CD follows
          add `gitops.repoURL`, or write `bootstrap/argocd/repository.yaml` with `zerotouch init`
        zerotouch.yaml:5:3: error: nothing says which revision Argo CD follows
          add `gitops.revision`, or write `bootstrap/argocd/repository.yaml` with `zerotouch init`
        """)
  }

  @Test func `every problem is reported at once, in the order of the file`() {
    #expect(
      problems(
        """
        apiVersion: zerotouch.dev/v1
        kind: Cluster
        metadata: {name: my_cluster}
        spec:
          enviroment: main
          provider: metal
          endpoint: http://203.0.113.10:6443
          nodes:
            - {name: cp01, role: control-plane, address: 203.0.113.10}
            - {name: cp01, role: worker, address: 203.0.113.10}
            - {name: w_2, role: master, address: 203.0.113.300}
          versions: {kubernetes: 1.35}
          network: {podCIDR: 10.96.0.0/16, serviceCIDR: 10.96.0.0/12}
          timeouts: {kubernetes-apis: 15m, coredns: soon}
          gitops: {engine: flux, path: bootstrap/argocd, repoURL: https://user:secret@github.com/a/b, revision: main}
          secrets: {recipients: [age1xyz]}
        """) == """
          zerotouch.yaml:1:13: error: `zerotouch.dev/v1` is not one of `zerotouch.dev/v1alpha1`
            use `zerotouch.dev/v1alpha1`
          zerotouch.yaml:3:18: error: `my_cluster` is no DNS label
            use at most 63 of `a` to `z`, `0` to `9` and `-`, with a letter or digit at both ends, such as `my-cluster`
          zerotouch.yaml:5:3: error: unknown key `enviroment`
            did you mean `environment`?
          zerotouch.yaml:6:13: error: `metal` is not one of `talos`, `kind` and `existing`
            use `talos`, `kind` or `existing`
          zerotouch.yaml:7:13: error: the endpoint `http://203.0.113.10:6443` is not https
            write `https://HOST:6443`
          zerotouch.yaml:10:14: error: the node name `cp01` stands twice; the first is on line 9
            give every machine its own name
          zerotouch.yaml:10:43: error: the address `203.0.113.10` belongs to `cp01` already
            give every machine its own address
          zerotouch.yaml:11:14: error: `w_2` is no DNS label
            use at most 63 of `a` to `z`, `0` to `9` and `-`, with a letter or digit at both ends, such as `w-2`
          zerotouch.yaml:11:25: error: `master` is not one of `control-plane` and `worker`
            use `control-plane` or `worker`
          zerotouch.yaml:11:42: error: `203.0.113.300` is no IP address
            write an IPv4 or IPv6 address, such as `203.0.113.10`
          zerotouch.yaml:12:26: error: `kubernetes` holds a number where a string belongs
            put the value in quotes, or write the one that is meant
          zerotouch.yaml:13:49: error: the services' `10.96.0.0/12` overlaps the pods' `10.96.0.0/16`
            choose ranges that share no address
          zerotouch.yaml:14:14: error: unknown key `kubernetes-apis`
            did you mean `kubernetes-api`?
          zerotouch.yaml:14:45: error: `soon` is no duration
            write it like `90s`, `15m` or `1h30m`, longer than zero
          zerotouch.yaml:15:20: error: `flux` does not work yet: Argo CD is the only engine of this version
            use `argocd`
          zerotouch.yaml:15:26: error: `path` has no effect yet: the root Application lies in `bootstrap/root/ENVIRONMENT`
            remove the key
          zerotouch.yaml:15:59: error: the value is no URL of a Git repository without a password
            write `https://…`, `ssh://…` or `git@host:path`, without a password
          zerotouch.yaml:16:26: error: `age1xyz` is no recipient of age
            write the public key that `age-keygen` prints, `age1…`
          """)
  }

  @Test func `a duplicate key is reported with its place`() {
    #expect(
      problems("kind: Cluster\n", "kind: Cluster\nkind: Cluster\n") == """
        zerotouch.yaml:3:1: error: the key `kind` stands twice; the first is on line 2
          keep one of them
        """)
    #expect(
      problems("spec:\n", "spec:\n  stage: dev\n  enviroment: main\n  stage: prod\n") == """
        zerotouch.yaml:6:3: error: unknown key `enviroment`
          did you mean `environment`?
        zerotouch.yaml:7:3: error: the key `stage` stands twice; the first is on line 5
          keep one of them
        """)
  }

  @Test func `credentials that would be read with themselves are refused by name`() {
    let secrets = "  secrets: {aws: {accessKeyID: env:A, secretAccessKey: ssm:/p/key, region: eu, prefix: /p}}\n"
    #expect(
      problems(Self.valid.trimmingSuffix() + "\n" + secrets) == """
        zerotouch.yaml:10:56: error: `secretAccessKey` is `ssm:/p/key`, which is read with these very credentials
          name another kind of reference, such as `env:AWS_SECRET_ACCESS_KEY`
        """)
  }

  @Test(arguments: [
    ("accessKeyID: env:A", "accessKeyID: AKIAIOSFODNN7EXAMPLE"), ("accessKeyID: env:A", "accessKeyID: 1234567"),
    ("accessKeyID: env:A", "accessKeyID: [AKIAIOSFODNN7EXAMPLE]"), ("accessKeyID: env:A", "accessKeyID: env:a/b+c"),
  ])
  func `a secret in the place of a reference is refused and not repeated`(old: String, new: String) {
    let secrets = "  secrets: {aws: {accessKeyID: env:A, secretAccessKey: env:B, region: eu, prefix: /p}}\n"
    #expect(
      problems((Self.valid.trimmingSuffix() + "\n" + secrets).replacing(old, with: new)) == """
        zerotouch.yaml:10:32: error: the value is no reference to a secret; it is not repeated here, in case it is the secret itself
          write \(SecretReference.forms), and change the secret if this file has left your machine
        """)
  }

  @Test func `what is missing or of the wrong type is named`() {
    #expect(
      problems("kind: Cluster\n") == """
        zerotouch.yaml:1:1: error: `apiVersion` is missing in `zerotouch.yaml`
          add `apiVersion: zerotouch.dev/v1alpha1`
        zerotouch.yaml:1:1: error: `metadata` is missing in `zerotouch.yaml`
          add `metadata: …`
        zerotouch.yaml:1:1: error: `spec` is missing in `zerotouch.yaml`
          add `spec: …`
        """)
    #expect(
      problems("- a\n").hasPrefix("zerotouch.yaml:1:1: error: `zerotouch.yaml` holds a list where a mapping belongs"))
    #expect(
      problems("spec:\n", "spec: 3\nrest:\n") == """
        zerotouch.yaml:4:7: error: `spec` holds a number where a mapping belongs
          write keys and values below it
        zerotouch.yaml:5:1: error: unknown key `rest`
          use `apiVersion`, `kind`, `metadata` or `spec`
        """)
    #expect(problems("# nothing\n").hasPrefix("zerotouch.yaml:1:1: error: the file holds no document"))
    #expect(problems(Self.valid + "---\na: 1\n").hasPrefix("zerotouch.yaml:11:1: error: the file holds 2 documents"))
    #expect(
      problems("  endpoint: https://203.0.113.10:6443\n", "") == """
        zerotouch.yaml:5:3: error: `endpoint` is missing in `spec`
          add `endpoint: https://203.0.113.10:6443`
        """)
  }

  @Test func `an existing cluster needs no machines, and words about them are refused`() throws {
    let head = "apiVersion: zerotouch.dev/v1alpha1\nkind: Cluster\nmetadata: {name: a}\nspec:\n  provider: existing\n"
    let gitops = "  gitops: {repoURL: https://example.org/a.git, revision: main}\n"
    #expect(try load(head + gitops).nodes.isEmpty)
    #expect(
      problems(head + "  endpoint: https://a.example.org:6443\n  versions: {}\n" + gitops) == """
        zerotouch.yaml:6:3: error: `endpoint` has no effect with `provider: existing`
          remove the key; the cluster has its own
        zerotouch.yaml:7:3: error: `versions` has no effect with `provider: existing`
          remove the key; the cluster has its own
        """)
  }

  @Test func `kind makes its own nodes, and only a preview`() throws {
    let head = "apiVersion: zerotouch.dev/v1alpha1\nkind: Cluster\nmetadata: {name: a}\nspec:\n  provider: kind\n"
    let gitops = "  gitops: {repoURL: https://example.org/a.git, revision: main}\n"
    let spec = try load(head + "  environment: preview\n  timeouts: {kubernetes-api: 9m}\n" + gitops)
    #expect(spec.provider == .kind && spec.environment == .preview && spec.nodes.isEmpty)
    #expect(
      problems(head + "  environment: main\n  nodes: []\n" + gitops) == """
        zerotouch.yaml:6:16: error: a cluster of kind is a preview: it has a network and storage of its own
          write `environment: preview`
        zerotouch.yaml:7:3: error: `nodes` has no effect with `provider: kind`
          remove the key; kind's nodes stand in `bootstrap/kind/cluster.yaml`
        """)
  }

  @Test(arguments: ["  provider: talos\n", ""])
  func `machines are no preview, which brings them neither network nor storage`(provider: String) {
    #expect(
      problems("spec:\n", "spec:\n\(provider)  environment: preview\n") == """
        zerotouch.yaml:\(provider.isEmpty ? 5 : 6):16: error: `environment: preview` brings neither network nor storage, and machines have none of their own
          write `environment: main`, or `provider: kind`
        """)
  }

  @Test func `a bound that nothing waits for is refused`() throws {
    let timeouts = "timeouts: {deployments: 5m, nodes-ready: 5m, coredns: 5m}"
    #expect(
      problems("spec:\n", "spec:\n  \(timeouts)\n") == """
        zerotouch.yaml:5:14: error: `deployments` has no effect yet: no step of a bootstrap waits for this gate
          remove the key
        zerotouch.yaml:5:31: error: `nodes-ready` has no effect with `provider: talos`
          remove the key; nothing waits for that gate
        """)
    let existing =
      "apiVersion: zerotouch.dev/v1alpha1\nkind: Cluster\nmetadata: {name: a}\nspec:\n  provider: existing\n"
    #expect(
      problems(
        existing + "  timeouts: {nodes-ready: 5m, etcd-healthy: 5m}\n  gitops: {repoURL: a@b:c, revision: main}\n")
          == """
          zerotouch.yaml:6:31: error: `etcd-healthy` has no effect with `provider: existing`
            remove the key; nothing waits for that gate
          """)
  }

  @Test func `a bomb of aliases is an error, not a hang`() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      bomb += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(
      problems(bomb) == """
        zerotouch.yaml:6:10: error: aliases expand to more than 100000 nodes
          write the values out, or use fewer aliases
        """)
  }
}

extension String {
  func trimmingSuffix() -> String { hasSuffix("\n") ? String(dropLast()) : self }
}
