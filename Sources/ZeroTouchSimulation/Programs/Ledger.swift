import Foundation
import Synchronization
import ZeroTouchModel
import ZeroTouchTools

/// Every program that would change something, over all the attempts at one simulated cluster.
final class Ledger: Sendable {
  struct Entry: Sendable, Hashable {
    /// The words, the state directory taken out and the contents of its files put in their place.
    let words: String
    let attempt: Int
    /// The exit status once it has ended.
    var status: Int32?
    /// Whether the pipeline heard of its end, although it had no reason to doubt it.
    var isReplyLost = false
  }

  private let entries = Mutex<[Entry]>([])
  private let state: String

  /// `state` is the folder in which the runs keep their state.
  init(state: String) { self.state = state }

  var all: [Entry] { entries.withLock(\.self) }

  /// Notes the start of a program and says under which number its end is to be noted; nil where it only reads.
  func begin(_ invocation: ToolInvocation, attempt: Int, isReplyLost: Bool) -> Int? {
    guard invocation.effect == .mutates else { return nil }
    let words = ([invocation.tool] + invocation.arguments).map(content).joined(separator: " ") + input(of: invocation)
    return entries.withLock { entries in
      entries.append(Entry(words: words, attempt: attempt, isReplyLost: isReplyLost))
      return entries.count - 1
    }
  }

  func end(_ number: Int?, status: Int32) {
    guard let number else { return }
    entries.withLock { $0[number].status = status }
  }

  private func input(of invocation: ToolInvocation) -> String {
    switch invocation.input {
    case .none: ""
    case .text(let text): " <\(Self.digest(Data(text.utf8)))"
    case .secret(let secret): " <\(Self.digest(secret.exposed))"
    case .file(let path): " <\(content(path))"
    }
  }

  /// A file of the state directory by what is in it: the same name may hold something else in the next run.
  private func content(_ word: String) -> String {
    guard word.hasPrefix(state), !word.hasSuffix("kubeconfig"), !word.hasSuffix("talosconfig"),
      let data = FileManager.default.contents(atPath: word)
    else { return word.replacing(state, with: "") }
    return "\(word.dropFirst(state.count))#\(Self.digest(data))"
  }

  /// FNV-1a.
  private static func digest(_ data: Data) -> String {
    data.withUnsafeBytes { bytes in
      String(bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }, radix: 16)
    }
  }
}
