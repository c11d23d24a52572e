import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// What looks like a credential in other people's repositories, and is none.
struct StrangerSecretTests {
  private func secret(_ entries: String) -> [String: String] {
    ["a.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  \(entries)\n"]
  }

  @Test(arguments: [
    "clientID: 6a7b8c9d", "AWS_ACCESS_KEY_ID: somebody", "user1: robot", "keyStorePath: /amq/tls",
    "SIDECAR_IMAGE: a/b:1",
    "cosign.pub: abcdefgh", "roles.yml: 'admin: {cluster: [all]}'", "logging.properties: level=INFO",
    "token: UPDATE_AWS_TOKEN", "token: generate_a_random_key_here", "token: fake_password", "token: Y2hhbmdlbWU=",
  ]) func `a Secret may hold what opens nothing`(_ entry: String) async throws {
    #expect(try await findings(secret(entry), .plainSecret) == [])
  }

  @Test(arguments: [
    "password1: Kq93hd", "db.properties: password=Kq93hd-L", "credentials.yaml: 'a: Kq93hd'", "token: Kq93hdLp02MsQ",
    "database: postgres://shop:Kq93hd@db/shop",
  ]) func `a Secret that opens something is found`(_ entry: String) async throws {
    #expect(try await findings(secret(entry), .plainSecret) == ["ZT401 a.yaml:5"])
  }

  @Test func `a server that asks for no key is given any word`() async throws {
    func pod(_ name: String, _ value: String) -> [String: String] {
      let env = "[{name: \(name), value: \(value)}]"
      let spec = "spec: {containers: [{name: a, image: \"a:1\", env: \(env)}]}"
      return ["a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n\(spec)\n"]
    }
    #expect(try await findings(pod("OPENAI_API_KEY", "llama-cpp"), .passwordInValues) == [])
    #expect(try await findings(pod("OPENAI_API_KEY", "sk-no-key-required"), .passwordInValues) == [])
    #expect(try await findings(pod("MYSQL_ROOT_PASSWORD", "fake_password"), .passwordInValues) == [])
    #expect(try await findings(pod("OPENAI_API_KEY", "sk-93kd02lsPw"), .passwordInValues) == ["ZT405 a.yaml:4"])
    #expect(try await findings(pod("DB_PASSWORD", "admin"), .passwordInValues) == ["ZT405 a.yaml:4"])
  }

  @Test func `an address whose host is a placeholder gives nothing away`() async throws {
    func map(_ url: String) -> [String: String] {
      ["a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  url: \(url)\n"]
    }
    #expect(try await findings(map("https://bot:token@<GIT_PROVIDER>.com/a"), .passwordInAddress) == [])
    #expect(try await findings(map("https://bot:Kq93hd@git.example.org/a"), .passwordInAddress) == ["ZT404 a.yaml:5"])
  }
}
