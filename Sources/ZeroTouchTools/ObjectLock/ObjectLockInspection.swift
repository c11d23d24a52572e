import ZeroTouchModel

/// Asks the buckets of archives whether what is written to them is locked, side by side.
package struct ObjectLockInspection: Sendable {
  private let tools: any ToolRunner
  private let identity: AWSIdentity

  /// - Parameter identity: Who asks.
  package init(by tools: any ToolRunner, as identity: AWSIdentity) {
    self.tools = tools
    self.identity = identity
  }

  /// The verdicts on buckets, in their order.
  package func verdicts(on buckets: [ArchiveBucket]) async -> [ObjectLockVerdict] {
    await buckets.mapSideBySide(atMost: 8) { bucket in await verdict(on: bucket) }
  }

  private func verdict(on bucket: ArchiveBucket) async -> ObjectLockVerdict {
    do throws(ToolError) {
      let answer = try await tools.run(AWS.objectLock(of: bucket, as: identity))
      return ObjectLockVerdict(bucket, ObjectLock(answer))
    } catch {
      return ObjectLockVerdict(bucket, .unknown(error.description.split(separator: "\n").first.map(String.init) ?? ""))
    }
  }
}
