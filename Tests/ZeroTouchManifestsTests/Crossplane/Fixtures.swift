import Foundation
import ZeroTouchManifests
import ZeroTouchModel

extension JSONValue {
  /// The object that provider-kubernetes is told to make; any other object as it is.
  var unwrapped: JSONValue {
    self["apiVersion"]?.stringValue?.hasPrefix("kubernetes.crossplane.io/") == true
      ? self[path: "spec", "forProvider", "manifest"] ?? self : self
  }
}

/// A claim or an expectation in the folders of the platform's APIs.
struct Fixture: Sendable, CustomStringConvertible {
  /// The path below `platform/apis`.
  let path: String
  let text: String

  var description: String { path }

  /// The APIs of this repository.
  static func catalogue() throws -> PlatformAPICatalogue { try PlatformAPICatalogue.load(layout) }

  static let layout = RepositoryLayout(
    root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().standardizedFileURL.path)

  /// Every claim in the folders of this name, of all APIs.
  static func all(in folder: String) -> [Fixture] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: layout.platformAPIs)) ?? []
    return names.sorted().filter { $0.contains("/\(folder)/") && $0.hasSuffix(".yaml") }.map { Fixture($0) }
  }

  /// Claims that have to be accepted.
  static let accepted = all(in: "examples") + all(in: "fixtures/valid")

  init(_ path: String) {
    self.path = path
    text = (try? String(contentsOfFile: "\(Self.layout.platformAPIs)/\(path)", encoding: .utf8)) ?? ""
  }

  func documents() throws -> [LocatedYAML] { try LocatedYAML.documents(of: text, file: path) }

  /// What a comment such as `# rule: …` says.
  func comment(_ name: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix("# \(name): ") }.map { String($0.dropFirst(name.count + 4)) }
  }

  /// The objects that the claims in the file become.
  func rendered() throws -> [JSONValue] {
    let catalogue = try Self.catalogue()
    return try documents().flatMap { document in
      try catalogue.api(for: document.json)?.render(document.json).objects ?? []
    }
  }
}
