import Foundation

/// The private directory of a world's process and the files in it.
package struct WorldDirectory: Sendable, Hashable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// What is to be simulated; written before the process starts.
  package var scenario: String { path + "/scenario.json" }
  /// Where the process answers; there as long as it runs.
  package var record: String { path + "/world.json" }
  /// What the process writes on its standard streams.
  package var log: String { path + "/world.log" }
  /// The programs that stand in for the tools that reach machines; goes to the front of PATH.
  package var programs: String { path + "/bin" }

  /// Creates the directory, readable by its owner only.
  package func create() throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
  }

  /// Links the stand-in programs to the executable that plays them.
  package func linkPrograms(to executable: String) throws {
    try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
    for name in ShimProgram.names {
      let link = "\(programs)/\(name)"
      try? FileManager.default.removeItem(atPath: link)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: executable)
    }
  }

  /// Writes a file that only the owner may read, all at once or not at all.
  package func write(_ value: some Encodable, to file: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let data = try encoder.encode(value)
    let draft = file + ".new"
    guard FileManager.default.createFile(atPath: draft, contents: data, attributes: [.posixPermissions: 0o600]) else {
      throw WorldError.file(path: draft, reason: "cannot be written")
    }
    guard rename(draft, file) == 0 else { throw WorldError.system("rename to \(file)", errno) }
  }

  package func read<Value: Decodable>(_ type: Value.Type, from file: String) throws -> Value {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw WorldError.file(path: file, reason: "cannot be read")
    }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw WorldError.file(path: file, reason: "is not what a world's process writes")
    }
  }

  /// The running process' own account of where it answers; throws when there is none.
  package func readRecord() throws -> WorldRecord {
    guard FileManager.default.fileExists(atPath: record) else { throw WorldError.gone(directory: path) }
    return try read(WorldRecord.self, from: record)
  }
}

/// Where a running world answers.
package struct WorldRecord: Sendable, Hashable, Codable {
  package var pid: Int32
  package var port: Int
  package var prefix: String
  package var speed: Double
  /// The Unix socket; not always in the world's directory, because such paths have to be short.
  package var socket: String

  package var endpoint: APIEndpoint { APIEndpoint(port: port, prefix: prefix) }
}
