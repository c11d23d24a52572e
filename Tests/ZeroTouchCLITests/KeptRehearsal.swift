import Foundation
import TestSupport
import Testing

/// The files of a rehearsal that was kept, and the program in its repository.
struct KeptRehearsal {
  let program: BuiltProgram
  /// The top of its repository.
  let root: String
  var state: String { "\(root)/.zerotouch/rehearsal" }

  func read(_ path: String) throws -> String { try String(contentsOfFile: "\(state)/\(path)", encoding: .utf8) }

  func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(root)/\((path as NSString).deletingLastPathComponent)", withIntermediateDirectories: true)
    try text.write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
  }

  func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: "\(root)/\(path)")[.posixPermissions] as? Int
  }

  /// Every file that was rendered, with its bytes.
  func rendered() throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(state)/rendered")
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        FileManager.default.contents(atPath: "\(state)/rendered/\(name)").map { (name, $0) }
      })
  }

  /// Rehearses, works on what is left standing, and takes it down.
  static func with(nodes: String, _ work: (KeptRehearsal) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let outside = BuiltProgram(in: folder)
      let kept = try await outside.run(["rehearse", "--keep", "--nodes", nodes])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: outside) { world in
        try await work(KeptRehearsal(program: world.program, root: "\(world.place)/repository"))
      }
    }
  }
}
