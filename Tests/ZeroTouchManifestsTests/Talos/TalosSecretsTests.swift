import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct TalosSecretsTests {
  @Test(.enabled(if: SampleCluster.hasRecordings, "../shared/data is absent"))
  func `a bundle of talosctl is read, and its values are known as secrets`() throws {
    let secrets = try TalosSecrets(
      text: try SampleCluster.recorded("generated/v1.13/secrets.yaml"), file: "secrets.yaml")
    let redactor = Redactor(secrets.values)
    let configuration = try MachineConfigurationRenderer(for: SampleCluster.demo())
      .text(of: SampleCluster.controlPlane, secrets: secrets, manifests: [])
    #expect(configuration.contains("fedcba.fedcba9876543210"))
    #expect(!redactor.redact(configuration).contains("fedcba.fedcba9876543210"))
    #expect(!redactor.redact(configuration).contains("Y2VydHMub3Mua2V5"))
  }

  @Test func `a bundle that lacks something is refused by the name of what it lacks, and no value is repeated`() {
    let error = #expect(throws: InvalidInput.self) {
      try TalosSecrets(text: "cluster: {id: verysecret}\ncerts: {os: {crt: a}}\n", file: "secrets.yaml")
    }
    let text = error?.description ?? ""
    #expect(text.contains("lacks `cluster.secret`") && text.contains("lacks `certs.os.key`"))
    #expect(!text.contains("verysecret") && !text.contains("cluster.id"))
  }
}
