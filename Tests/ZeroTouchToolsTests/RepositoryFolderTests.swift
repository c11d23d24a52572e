import Foundation
import TestSupport
import Testing
import ZeroTouchTools

struct RepositoryFolderTests {
  private static let tools = SubprocessToolRunner(
    environment: ToolEnvironment(inheriting: ["PATH": "/usr/bin:/bin"]), clock: ContinuousClock())

  private func write(_ names: [String], in folder: String) throws {
    for name in names {
      let path = URL(filePath: folder).appending(path: name)
      try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try "x".write(to: path, atomically: true, encoding: .utf8)
    }
  }

  /// A commit of three folders, one of them hidden; behind it a new file, an ignored one and an empty folder.
  private func repository(in folder: String) async throws -> String {
    let git = Git(directory: folder)
    try write(["tenants/a ü/x.yaml", "tenants/gone/x.yaml", "tenants/.git-crypt/keys/x", "top/.gitignore"], in: folder)
    try "/build\n".write(toFile: "\(folder)/.gitignore", atomically: true, encoding: .utf8)
    for call in [git.initialize(branch: "main"), git.addAll, git.commit("first")] {
      #expect(try await Self.tools.run(call).status == 0)
    }
    try write(["tenants/new/deep/x.yaml", "build/x"], in: folder)
    try FileManager.default.createDirectory(atPath: "\(folder)/tenants/empty", withIntermediateDirectories: true)
    try FileManager.default.removeItem(atPath: "\(folder)/tenants/gone")
    return try await Self.tools.run(git.resolve()).text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func `the folders of a commit are those that Git holds, whatever lies on the disk`() async throws {
    try await withTemporaryFolder { folder in
      let commit = try await repository(in: folder)
      let folders = try await RepositoryFolders.committed(in: folder, at: commit, tools: Self.tools)
      #expect(folders == ["tenants", "tenants/a ü", "tenants/gone", "top"])
      await #expect(throws: RepositoryFolders.Unlisted.self) {
        try await RepositoryFolders.committed(in: folder, at: "nothing", tools: Self.tools)
      }
    }
  }

  @Test func `the folders of a working tree are those of a commit of everything in it`() async throws {
    try await withTemporaryFolder { folder in
      _ = try await repository(in: folder)
      let folders = try await RepositoryFolders.checkedOut(in: folder, tools: Self.tools)
      #expect(folders == ["tenants", "tenants/a ü", "tenants/new", "tenants/new/deep", "top"])
    }
  }

  @Test func `without Git those count that hold a file`() async throws {
    try await withTemporaryFolder { folder in
      try write(["a/b/x", "a/.hidden/x", ".top/b/x"], in: folder)
      try FileManager.default.createDirectory(atPath: "\(folder)/a/empty", withIntermediateDirectories: true)
      #expect(try await RepositoryFolders.checkedOut(in: folder, tools: Self.tools) == ["a", "a/b"])
    }
  }
}
