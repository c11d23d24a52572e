import Foundation
import ZeroTouchManifests
import ZeroTouchTools

/// The checked-out repository that answers for a repoURL.
package struct ServedRepository: Sendable, Hashable {
  /// The top of the working tree.
  package let root: String
  package let repoURL: String

  package init(root: String, repoURL: String) {
    self.root = root
    self.repoURL = repoURL
  }

  func answers(for url: String) -> Bool {
    ChartReference.normalized(url) == ChartReference.normalized(repoURL)
  }

  /// The commit of a revision; a folder without Git has a hash of its files instead.
  func commit(of revision: String, tools: any ToolRunner) async throws -> String {
    let git = Git(directory: root)
    let head = try await resolve(git, "HEAD", tools)
    guard let head else { return try treeHash() }
    if revision == "HEAD" { return head }
    guard let commit = try await resolve(git, revision, tools) else {
      throw RenderingFailure.unresolvable(revision: revision)
    }
    guard commit == head else { throw RenderingFailure.notServed(revision: revision, commit: head) }
    return commit
  }

  private func resolve(_ git: Git, _ revision: String, _ tools: any ToolRunner) async throws -> String? {
    let output = try await tools.run(git.resolve(revision))
    guard output.status == 0 else { return nil }
    return output.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The path of a file or folder inside the repository; nothing outside it can be named.
  func path(of relative: String) throws -> String {
    let parts = relative.split(separator: "/").filter { $0 != "." }
    guard !relative.hasPrefix("/"), !parts.contains("..") else { throw RenderingFailure.pathOutside(relative) }
    return ([root] + parts.map(String.init)).joined(separator: "/")
  }

  /// Its folders at a revision; those on the disk where there is no Git.
  func folders(at revision: String, tools: any ToolRunner) async throws -> [String] {
    let commit = try await commit(of: revision, tools: tools)
    guard try await resolve(Git(directory: root), commit, tools) != nil else {
      return try RepositoryFolders.lying(in: root)
    }
    return try await RepositoryFolders.committed(in: root, at: commit, tools: tools)
  }

  /// FNV-1a over names and contents, as long as a commit.
  private func treeHash() throws -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let names = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    for name in names where !name.hasPrefix(".") {
      for byte in Data(name.utf8) + (FileManager.default.contents(atPath: "\(root)/\(name)") ?? Data()) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
    }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 40 - text.count) + text
  }
}
