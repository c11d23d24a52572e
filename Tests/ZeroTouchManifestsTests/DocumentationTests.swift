import Foundation
import TestSupport
import Testing

/// What the pages say about the tree, held against the tree.
struct DocumentationTests {
  private static let root = BuiltProgram.packageRoot

  private static func files(in folder: String, ending: String) -> [String] {
    (FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }.sorted()
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  @Test func `every link of every page leads to a file, and to a heading that is there`() throws {
    let folders = ["docs", "platform", "tenants", "bootstrap"]
    let pages = folders.flatMap { Self.files(in: $0, ending: ".md") } + ["README.md"]
    for page in pages {
      for match in try Self.text(page).matches(of: #/\]\(([^)\s]+)\)/#) {
        let link = String(match.1)
        guard !link.hasPrefix("http") else { continue }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let base = URL(filePath: "\(Self.root)/\(page)").deletingLastPathComponent()
        let target = parts[0].isEmpty ? "\(Self.root)/\(page)" : base.appending(path: parts[0]).standardizedFileURL.path
        #expect(FileManager.default.fileExists(atPath: target), "\(page): \(link)")
        guard parts.count > 1, let text = try? String(contentsOfFile: target, encoding: .utf8) else { continue }
        #expect(Self.anchors(of: text).contains(parts[1]), "\(page): \(link)")
      }
    }
  }

  /// The names by which headings are linked to.
  private static func anchors(of text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
        .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.replacing(" ", with: "-")
    }
  }

  @Test func `every runbook and every decision is in its index`() throws {
    for folder in ["docs/runbooks", "docs/decisions"] {
      let index = try Self.text("\(folder)/README.md")
      for page in Self.files(in: folder, ending: ".md") where !page.hasSuffix("README.md") {
        #expect(index.contains("](\((page as NSString).lastPathComponent))"), "\(page)")
      }
    }
  }

  @Test func `every parameter that the platform reads is in the list of those that must exist, and no other`() throws {
    var read: Set<String> = []
    // What landing zones read lies below the prefix of the tenants' store.
    for (folder, prefix) in [("platform", ""), ("tenants", "/tenants")] {
      for file in Self.files(in: folder, ending: ".yaml") {
        let keys = try Self.text(file).matches(of: #/remoteRef: \{key: ([^,}]+)/#).map(\.1)
        read.formUnion(keys.map { prefix + $0 })
      }
    }
    let page = try Self.text("docs/platform.md")
    let rows = page.split(separator: "\n").drop { $0 != "## Parameters that must exist" }.dropFirst()
      .prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| `/") }
    let listed = rows.flatMap { $0.split(separator: "|").first?.matches(of: #/`([^`]+)`/#).map { String($0.1) } ?? [] }
    #expect(Set(listed) == read)
  }
}
