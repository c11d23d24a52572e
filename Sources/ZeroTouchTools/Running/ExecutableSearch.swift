import Foundation

/// Looks for a program in a list of directories, as a shell does.
package struct ExecutableSearch: Sendable, Hashable {
  package let directories: [String]

  package init(directories: [String]) { self.directories = directories }

  /// The path of the first executable file of that name; a name with a slash is a path already.
  package func path(of tool: String) throws(ToolError) -> String {
    let candidates = tool.contains("/") ? [tool] : directories.map { "\($0)/\(tool)" }
    let files = candidates.filter(Self.isFile)
    if let found = files.first(where: { access($0, X_OK) == 0 }) { return found }
    if let refused = files.first { throw .notExecutable(tool: tool, path: refused) }
    throw .notFound(tool: tool)
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFREG
  }
}
