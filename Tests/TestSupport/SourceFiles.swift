import Foundation

/// The files of this package as they lie on the disk.
package enum SourceFiles {
  package struct File: Sendable {
    package let path: String
    package let text: String
  }

  /// Every text below a folder of the package.
  package static func under(_ folder: String) throws -> [File] {
    let root = "\(BuiltProgram.packageRoot)/\(folder)"
    return try FileManager.default.subpathsOfDirectory(atPath: root).sorted().compactMap { name in
      let path = "\(root)/\(name)"
      guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
        return nil
      }
      return File(path: path, text: text)
    }
  }
}
