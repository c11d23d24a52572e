import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// A folder with a rendering: configurations, inline manifests, talosconfig.
struct RenderedFolder: Sendable {
  let path: String

  /// Machine configurations of the first boot, those without inline manifests, and the inline manifests.
  private static let folders = ["nodes", "steady", "manifests"]

  /// The files of the rendering, relative to the folder.
  var files: [String] {
    let names = Self.folders.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)"))?.map { "\(folder)/\($0)" } ?? []
    }
    let known = names.filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".patch.yaml") }
    return (known + (text(of: "talosconfig") == nil ? [] : ["talosconfig"])).sorted()
  }

  /// The texts that can be compared, by file: a talosconfig has another certificate every time.
  var texts: [String: String] {
    Dictionary(files.filter { $0 != "talosconfig" }.compactMap { file in text(of: file).map { (file, $0) } }) { $1 }
  }

  func text(of file: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(file)").map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes the folder empty, and nobody else's to read.
  func prepare() throws {
    try remove()
    try makeFolders()
  }

  private func makeFolders() throws {
    for folder in [""] + Self.folders.map({ "/\($0)" }) where !FileManager.default.fileExists(atPath: path + folder) {
      try FileManager.default.createDirectory(
        atPath: path + folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
  }

  func remove() throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }

  /// Takes over every file of a finished rendering; a talosconfig that still opens the same machines stays.
  func adopt(_ other: RenderedFolder) throws -> [String] {
    try makeFolders()
    let files = other.files
    for file in files where file != "talosconfig" || !opensTheSame(as: other) {
      guard rename("\(other.path)/\(file)", "\(path)/\(file)") == 0 else {
        throw Refusal(
          .runFailed, "`\(path)/\(file)` could not be written: \(String(cString: strerror(errno)))",
          remedy: "check the folder's owner, mode and free space")
      }
    }
    return files
  }

  /// Whether both talosconfigs trust the same authority and name the same machines: the client's certificate differs
  /// with every one that talosctl makes.
  private func opensTheSame(as other: RenderedFolder) -> Bool {
    guard let own = talosconfig, let new = other.talosconfig else { return false }
    return own == new
  }

  private var talosconfig: JSONValue? {
    guard let text = text(of: "talosconfig"),
      let document = try? YAMLDocuments.parse(text, file: "talosconfig").first,
      let name = document["context"]?.stringValue, let context = document[path: "contexts", name]
    else { return nil }
    return ["name": .string(name), "ca": context["ca"] ?? .null, "endpoints": context["endpoints"] ?? .null]
  }
}
