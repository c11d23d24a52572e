import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Suite struct ParameterStoreTests {
  private func store(_ aws: String) throws -> ParameterStore? {
    try ParameterStore.parse(
      "kind: ClusterSecretStore\nmetadata: {name: aws-parameter-store}\nspec:\n  provider:\n    \(aws)\n",
      file: "cluster-secret-store.yaml")
  }

  @Test func `without a file the credentials are those of every AWS tool, for the store's own region`() throws {
    let references = try #require(try store("aws: {region: eu-west-1, prefix: /a/b}"))
      .usualReferences(hasSessionToken: false)
    #expect(references.accessKeyID == .environment("AWS_ACCESS_KEY_ID"))
    #expect(references.secretAccessKey == .environment("AWS_SECRET_ACCESS_KEY"))
    #expect(references.sessionToken == nil)
    #expect((references.region, references.prefix) == ("eu-west-1", "/a/b"))
  }

  @Test func `temporary credentials come with their token`() throws {
    let references = try store("aws: {region: eu-west-1}")?.usualReferences(hasSessionToken: true)
    #expect(references?.sessionToken == .environment("AWS_SESSION_TOKEN"))
    #expect(references?.prefix == "/zerotouch/prod")
  }

  @Test func `of several stores the one of this name is read`() throws {
    let text = """
      kind: ClusterSecretStore
      metadata: {name: tenant-parameter-store}
      spec: {provider: {aws: {region: eu-west-1, prefix: /other}}}
      ---
      kind: ClusterSecretStore
      metadata: {name: aws-parameter-store}
      spec: {provider: {aws: {region: eu-west-2, prefix: /own}}}
      """
    #expect(try ParameterStore.parse(text, file: "stores.yaml")?.prefix == "/own")
  }

  @Test func `a store of another provider needs no credentials of AWS`() throws {
    #expect(try store("vault: {server: x}") == nil)
  }
}
