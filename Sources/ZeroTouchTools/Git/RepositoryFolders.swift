import Foundation

/// The folders of a repository as Argo CD's generator walks them: Git knows no empty ones, and hidden ones are skipped
/// at every level.
package enum RepositoryFolders {
  /// Why the folders of a commit are not known.
  package struct Unlisted: Error, Hashable, CustomStringConvertible {
    let commit: String
    let words: String

    package var description: String {
      "git does not list the folders of \(commit): \(words.trimmingCharacters(in: .whitespacesAndNewlines))"
    }
  }

  /// Those of a commit.
  package static func committed(
    in directory: String, at commit: String, tools: any ToolRunner
  ) async throws -> [String] {
    let output = try await tools.run(Git(directory: directory).listFolders(of: commit))
    guard output.status == 0 else { throw Unlisted(commit: commit, words: output.errorText) }
    return visible(names(output))
  }

  /// Those of a working tree, as they would be if everything in it were committed; of a folder without Git, all that
  /// hold a file.
  package static func checkedOut(in directory: String, tools: any ToolRunner) async throws -> [String] {
    guard let output = try? await tools.run(Git(directory: directory).listFiles), output.status == 0 else {
      return try lying(in: directory)
    }
    // What is deleted and not yet committed is still listed.
    return holding(names(output).filter { FileManager.default.fileExists(atPath: "\(directory)/\($0)") })
  }

  /// Those on the disk that hold a file.
  package static func lying(in directory: String) throws -> [String] {
    holding(
      try FileManager.default.subpathsOfDirectory(atPath: directory).filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isFolder)
          && !isFolder.boolValue
      })
  }

  private static func names(_ output: ToolOutput) -> [String] {
    output.text.split(separator: "\0").map(String.init)
  }

  /// Every folder above one of the files.
  private static func holding(_ files: [String]) -> [String] {
    var folders: Set<String> = []
    for file in files {
      var rest = file[...]
      while let slash = rest.lastIndex(of: "/") {
        rest = rest[..<slash]
        guard folders.insert(String(rest)).inserted else { break }
      }
    }
    return visible(folders)
  }

  private static func visible(_ folders: some Sequence<String>) -> [String] {
    folders.filter { !$0.hasPrefix(".") && !$0.contains("/.") }.sorted()
  }
}
