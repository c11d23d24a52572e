import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// A folder of plain manifests: which of its files count, and what they hold.
struct DirectorySource {
  private let folder: String
  /// The folder as the Application names it, for messages.
  private let name: String
  private let recurses: Bool
  private let include: FileGlob?
  private let exclude: FileGlob?
  private static let skipMark = "+argocd:skip-file-rendering"

  init(folder: String, name: String, options: JSONValue?) throws {
    self.folder = folder
    self.name = name
    recurses = options?["recurse"]?.boolValue ?? false
    include = Self.glob(options?["include"])
    exclude = Self.glob(options?["exclude"])
    if options?["jsonnet"]?.objectValue?.isEmpty == false { throw RenderingFailure.unsupported("jsonnet") }
  }

  private static func glob(_ value: JSONValue?) -> FileGlob? {
    value?.stringValue.flatMap { $0.isEmpty ? nil : FileGlob($0) }
  }

  /// The manifests of every file, in the order of the files' names.
  func objects() throws -> [JSONValue] {
    try files().flatMap { file -> [JSONValue] in
      let text = String(decoding: FileManager.default.contents(atPath: "\(folder)/\(file)") ?? Data(), as: UTF8.self)
      if text.contains(Self.skipMark) { return [] }
      return try ManifestReader.objects(in: text, file: "\(name)/\(file)")
    }
  }

  func files() throws -> [String] {
    let manager = FileManager.default
    let all = try recurses ? manager.subpathsOfDirectory(atPath: folder) : manager.contentsOfDirectory(atPath: folder)
    return all.filter(counts).sorted()
  }

  private func counts(_ file: String) -> Bool {
    var isFolder: ObjCBool = false
    guard ["yaml", "yml", "json"].contains(file.split(separator: ".").last.map(String.init) ?? ""),
      FileManager.default.fileExists(atPath: "\(folder)/\(file)", isDirectory: &isFolder), !isFolder.boolValue
    else { return false }
    return (include?.matches(file) ?? true) && !(exclude?.matches(file) ?? false)
  }
}
