import Foundation

/// Files of other projects that tests compare with, where they are present.
package enum SharedFiles {
  /// The path of a folder of the shared data; nil where it is not here.
  package static func folder(_ name: String) -> String? {
    let root = URL(filePath: BuiltProgram.packageRoot).deletingLastPathComponent()
    let path = root.appending(path: "shared/data/\(name)").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
