import Foundation

/// A folder that goes with the test; in memory for what writes so much that a disk would be waited for.
package func withTemporaryFolder<Value>(
  named name: String = "zero touch", inMemory: Bool = false, _ work: (String) async throws -> Value
) async throws -> Value {
  let isInMemory = inMemory && FileManager.default.isWritableFile(atPath: "/dev/shm")
  let base = URL(filePath: isInMemory ? "/dev/shm" : NSTemporaryDirectory()).appending(
    path: "zerotouch-test-\(UInt64.random(in: 0 ... .max))")
  let folder = base.appending(path: name)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: base) }
  return try await work(folder.path)
}

/// Copies what a GitOps repository consists of out of this package.
package func copyRepository(to folder: String) throws {
  for name in ["bootstrap", "platform", "tenants"] {
    try FileManager.default.copyItem(
      atPath: "\(BuiltProgram.packageRoot)/\(name)", toPath: "\(folder)/\(name)")
  }
}

/// The same with observability switched on, as the comment beside the switch says.
package func copyRepositoryWithObservability(to folder: String) throws {
  try copyRepository(to: folder)
  let path = "\(folder)/platform/switches/kustomization.yaml"
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let off = "On: components: [../05-observability]\ncomponents: []\n"
  guard text.contains(off) else { throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: path]) }
  try text.replacing(off, with: "On.\ncomponents: [../05-observability]\n")
    .write(toFile: path, atomically: true, encoding: .utf8)
}
