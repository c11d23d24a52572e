import Testing

@testable import ZeroTouchValidation

/// Secrets that a chart of the tree renders.
struct ChartSecretTests {
  private func found(_ value: String, _ more: [String: String] = [:]) async throws -> [String] {
    let source = "source:\n  repoURL: https://github.com/a/own.git\n  path: charts/x\n  targetRevision: main"
    let files = [
      "root.yaml": application("x", spec: source),
      "charts/x/Chart.yaml": "apiVersion: v2\nname: x\nversion: 1.0.0\n",
      "charts/x/templates/a.yaml":
        "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData:\n  password: \(value)\n",
    ]
    return try await findings(files.merging(more) { $1 }, .plainSecret)
  }

  @Test func `a value that stands in the chart is told where it stands`() async throws {
    #expect(try await found(Credentials.password) == ["ZT401 charts/x/templates/a.yaml:5"])
    let values = ["charts/x/values.yaml": "size: 3\nadmin:\n  word: \(Credentials.password)\n"]
    #expect(try await found("{{ .Values.admin.word }}", values) == ["ZT401 charts/x/values.yaml:3"])
  }

  @Test func `a value that the template makes up is nobody's to read`() async throws {
    #expect(try await found("{{ randAlphaNum 20 }}") == [])
    #expect(try await found("changeme") == [])
  }
}
