import Foundation
import Synchronization
import ZeroTouchModel

/// Remembers what texts were read as, for whoever reads the same ones thousands of times.
///
/// It counts for the task in which it is set, and for those that come of it; nobody else finds anything remembered.
package final class YAMLMemory: Sendable {
  /// The memory of the running task; nil reads every text anew.
  @TaskLocal package static var current: YAMLMemory?

  private let known = Mutex<[Text: [JSONValue]]>([:])
  /// How many texts are held, before all are forgotten.
  private let limit: Int

  package init(limit: Int = 4_000) { self.limit = limit }

  /// The documents of a text, read by `read` where they are not known.
  func documents(
    of text: String, read: () throws(InvalidInput) -> [JSONValue]
  ) throws(InvalidInput) -> [JSONValue] {
    let text = Text(bytes: Data(text.utf8))
    if let documents = known.withLock({ $0[text] }) { return documents }
    let documents = try read()
    known.withLock { known in
      if known.count >= limit { known = [:] }
      known[text] = documents
    }
    return documents
  }

  /// A text that is hashed by a few of its bytes: most of them tell two manifests apart.
  private struct Text: Hashable {
    let bytes: Data

    func hash(into hasher: inout Hasher) {
      hasher.combine(bytes.count)
      for step in 0..<min(32, bytes.count) { hasher.combine(bytes[bytes.startIndex + step * (bytes.count / 32)]) }
    }
  }
}
