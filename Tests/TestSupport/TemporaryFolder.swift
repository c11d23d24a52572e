import Foundation

/// A folder that goes with the test.
package func withTemporaryFolder<Value>(
  named name: String = "zero touch", _ work: (String) async throws -> Value
) async throws -> Value {
  let base = URL(filePath: NSTemporaryDirectory()).appending(path: "zerotouch-test-\(UInt64.random(in: 0 ... .max))")
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
