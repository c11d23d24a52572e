import Foundation
import FoundationXML
import TestSupport
import Testing
import ZeroTouchModel

/// What other programs read of findings, on names and words that need escaping.
struct FindingFormatTests {
  private static let name = "a b, 100%:é <\"x\"> & 'y'.yaml"
  private static let text = """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: "shop <&> \\"%,:\\n]]>", namespace: argocd}
    spec:
      source: {repoURL: https://charts.example.org, chart: shop, targetRevision: "*"}
      destination: {server: https://kubernetes.default.svc, namespace: shop}
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: accepted, namespace: argocd}
    spec:
      # zerotouch:accept ZT318 a demo <that> is "thrown away"
      source: {repoURL: https://charts.example.org, chart: shop, targetRevision: "*"}
      destination: {server: https://kubernetes.default.svc, namespace: shop}
    """

  private func findings(_ format: String) async throws -> String {
    try await withTemporaryFolder { folder in
      let tree = "\(folder)/tree"
      try FileManager.default.createDirectory(atPath: tree, withIntermediateDirectories: true)
      try Self.text.write(toFile: "\(tree)/\(Self.name)", atomically: false, encoding: .utf8)
      return try await BuiltProgram(in: folder).run(["validate", tree, "--format", format]).output
    }
  }

  @Test(.enabled(if: PublishedSchema.areHere, "\(PublishedSchema.whyNot)"))
  func `SARIF fits the schema that OASIS publishes`() async throws {
    let sarif = try JSONValue(parsing: try await findings("sarif"))
    #expect(try await PublishedSchema.sarif.problems(of: sarif) == "")
    let results = sarif["runs"]?.arrayValue?.first?["results"]?.arrayValue ?? []
    #expect(results.contains { $0["suppressions"] != nil } && results.contains { $0["suppressions"] == nil })
    let uri = results.first?["locations"]?.arrayValue?.first?[path: "physicalLocation", "artifactLocation", "uri"]
    #expect(uri == "tree/a%20b%2C%20100%25%3A%C3%A9%20%3C%22x%22%3E%20%26%20%27y%27.yaml")
    // The check itself is awake.
    #expect(
      try await PublishedSchema.sarif.problems(of: ["version": "2.1.0", "runs": [["tool": [:]]]]).contains("driver"))
  }

  @Test func `JUnit is XML whose counts are true`() async throws {
    let document = try XMLDocument(xmlString: try await findings("junit"))
    let root = try #require(document.rootElement())
    #expect(root.name == "testsuites")
    func count(_ path: String) throws -> Int { try root.nodes(forXPath: path).count }
    func sum(_ attribute: String) -> Int {
      root.elements(forName: "testsuite").compactMap { $0.attribute(forName: attribute)?.stringValue.flatMap(Int.init) }
        .reduce(0, +)
    }
    #expect(try root.attribute(forName: "tests")?.stringValue == "\(count("testsuite/testcase"))")
    #expect(try root.attribute(forName: "failures")?.stringValue == "\(count("//failure"))")
    #expect(try sum("tests") == count("//testcase") && sum("failures") == count("//failure"))
    let failure = try #require(try root.nodes(forXPath: "//failure[@type='error']").first as? XMLElement)
    let message = failure.attribute(forName: "message")?.stringValue ?? ""
    #expect(message.hasPrefix("tree/\(Self.name):5:") && message.contains("shop <&> \"%,:"))
    #expect(failure.parent?.localName == "testcase" && failure.stringValue?.isEmpty == false)
    let told = try root.nodes(forXPath: "//testcase/system-out")
    #expect(told.count == 1 && told[0].stringValue?.hasSuffix("accepted: a demo <that> is \"thrown away\"") == true)
  }

  @Test func `workflow commands escape what GitHub takes for its own`() async throws {
    let lines = try await findings("github").split(separator: "\n")
    let line = try #require(lines.first { $0.contains("title=ZT318") })
    #expect(line.hasPrefix("::error file=tree/a b%2C 100%25%3Aé <\"x\"> & 'y'.yaml,line=5,col="))
    #expect(line.contains("shop <&> \"%25,:%0A]]>") && !lines.contains { !$0.hasPrefix("::") })
    #expect(lines.contains { $0.hasPrefix("::notice") && $0.contains("accepted: a demo <that> is \"thrown away\"") })
  }
}
