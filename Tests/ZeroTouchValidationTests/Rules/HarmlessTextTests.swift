import Testing

@testable import ZeroTouchValidation

/// Texts that look like credentials and open nothing, and the lines of those that do.
struct HarmlessTextTests {
  private func secret(_ entry: String) -> [String: String] {
    ["a.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  \(entry)\n"]
  }

  @Test(arguments: [
    "cluster_dns_ip: 10.22.0.10", "cidr: 192.168.0.0/16", "servers: \"10.0.0.1, 10.0.0.2 fd00::1/64\"",
    "AUTHENTIK_LOG_LEVEL: info", "LOGGING: debug", "HOST_ADDRESS: http://authentik.svc:80", "near: localhost",
    "replicas: '3'", "session_ttl: 30d", "config: '{DATABASE_PASSWORD}'",
  ])
  func `a setting in a Secret is no credential`(_ entry: String) async throws {
    #expect(try await findings(secret(entry), .plainSecret) == [])
  }

  @Test(arguments: [
    "password: '123456789'", "hook: https://hooks.acme.org/services/T0/Kq93hd", "pin: '4711'",
    "peer: 10.0.0.1:Kq93hdW2mZ", "token: info",
  ])
  func `what may open something is told`(_ entry: String) async throws {
    #expect(try await findings(secret(entry), .plainSecret) == ["ZT401 a.yaml:5"])
  }

  @Test(arguments: ["{FRIGATE_PASSWORD}", "%s", "#{PW}#", "@@PW@@", "$PW", "{{ pw }}"])
  func `an address whose password is filled in elsewhere carries none`(_ password: String) async throws {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  url: 'rtsp://view:\(password)@porch/x'\n"
    #expect(try await findings(["a.yaml": text], .passwordInAddress) == [])
    let real = text.replacing(password, with: Credentials.password)
    #expect(try await findings(["a.yaml": real], .passwordInAddress) == ["ZT404 a.yaml:5"])
  }

  @Test func `the name of a Secret or of a key is no password`() async throws {
    let values = """
      source:
        repoURL: https://helm.goharbor.io
        chart: harbor
        targetRevision: 1.18.0
        helm:
          valuesObject:
            existingSecretAdminPassword: harbor-admin
            harborAdminPassword: \(Credentials.password)
      """
    #expect(
      try await findings(["a.yaml": application("a", spec: values)], .passwordInValues) == ["ZT405 a.yaml:16"])
    let pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      env:\n"
      + "        - {name: RUNTIME_SECRET_KEY, value: token}\n"
      + "        - {name: APP_SECRET_KEY, value: \(Credentials.password)}\n"
    #expect(try await findings(["a.yaml": pod], .passwordInValues) == ["ZT405 a.yaml:9"])
  }

  @Test func `a pattern of an encrypted file is not encrypted itself`() async throws {
    let files = [
      ".sops.yaml": "creation_rules:\n  - path_regex: ansible/.*\\.sops\\.ya?ml\n    age: age1abc\n",
      "ansible/x.sops.yaml.tmpl": "a: \"${X}\"\n", "ansible/x.sops.yaml.j2": "a: b\n",
    ]
    #expect(try await findings(files, .sopsNotEncrypted) == [])
    let other = ["ansible/x.sops.yaml.bak": "a: b\n"]
    #expect(try await findings(files.merging(other) { $1 }, .sopsNotEncrypted).count == 1)
  }

  @Test func `what a text over several lines gives away is told at its line`() async throws {
    let head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
    let address = "url=postgres://shop:\(Credentials.password)@db/shop"
    let block = "  app.conf: |\n    a=1\n    b=2\n    \(address)\n"
    #expect(try await findings(["a.yaml": head + block], .passwordInAddress) == ["ZT404 a.yaml:8"])
    let folded = block.replacing("|", with: ">-")
    #expect(try await findings(["a.yaml": head + folded], .passwordInAddress).count == 1)
    let key = "  key: |\n    first\n\(Credentials.privateKey(indent: 4))"
    #expect(try await findings(["a.yaml": head + key], .privateKeyInClear) == ["ZT402 a.yaml:7"])
    let accepted = head + "  # zerotouch:accept ZT404 a local database\n" + block
    #expect(try await findings(["a.yaml": accepted], .passwordInAddress) == [])
    let behind = accepted + "  other: |\n    \(address)\n"
    #expect(try await findings(["a.yaml": behind], .passwordInAddress) == ["ZT404 a.yaml:11"])
  }
}
