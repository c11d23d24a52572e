import Foundation
import Testing
import ZeroTouchPipeline

struct WorkspaceTests {
  private let scratch = ScratchDirectory()

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `folders are 0700, files 0600, and a path with spaces is a path`() throws {
    let workspace = Workspace(root: "\(scratch.path)/state of it")
    try workspace.prepare()
    try workspace.write(Data("x".utf8), to: workspace.path("rendered/a.yaml"))
    #expect(try mode(workspace.root) == 0o700)
    #expect(try mode(workspace.path("rendered/a.yaml")) == 0o600)
    #expect(workspace.contents(of: workspace.path("rendered/a.yaml")) == Data("x".utf8))
    #expect(!FileManager.default.fileExists(atPath: workspace.path("rendered/a.yaml.part")))
  }

  @Test func `a file that a tool wrote for all to read is sealed`() throws {
    let path = "\(scratch.path)/worker.yaml"
    _ = FileManager.default.createFile(atPath: path, contents: Data(), attributes: [.posixPermissions: 0o644])
    try Workspace(root: scratch.path).seal(path)
    #expect(try mode(path) == 0o600)
  }

  @Test func `a second run is refused with the holder's name, and may start once the first is over`() throws {
    let path = "\(scratch.path)/lock"
    let first = try RunLock.take(at: path, holder: "zerotouch bootstrap, process 42")
    #expect(throws: PipelineError.locked(holder: "zerotouch bootstrap, process 42", path: path)) {
      try RunLock.take(at: path, holder: "another")
    }
    first.release()
    let second = try RunLock.take(at: path, holder: "me")
    #expect(FileManager.default.contents(atPath: path) == Data("me".utf8))
    second.release()
  }

  @Test func `a released lock is free, although a program that is being started still has the descriptor`() throws {
    let path = "\(scratch.path)/lock"
    let lock = try RunLock.take(at: path, holder: "first")
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
    let held = descriptors.filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
    }
    let inherited = dup(try #require(held.first))
    defer { close(inherited) }
    lock.release()
    try RunLock.take(at: path, holder: "second").release()
  }

  @Test func `the journal grows by whole lines and keeps what earlier runs wrote`() throws {
    let path = "\(scratch.path)/journal.ndjson"
    for text in ["one", "two"] { try Journal(path: path).append(text) }
    #expect(FileManager.default.contents(atPath: path) == Data("one\ntwo\n".utf8))
    #expect(try mode(path) == 0o600)
  }
}
