import Foundation
import ZeroTouchModel

/// Measures how an image comes to a disk, by what the rescue system tells while it writes.
package struct ImageMeter: Sendable {
  /// How often it speaks.
  private static let pause = Duration.seconds(10)

  private let start: Duration
  private var rest = ""
  private var spoken: Duration?

  /// - Parameter start: When the writing began, by the clock of the notes.
  package init(start: Duration) { self.start = start }

  /// Takes a piece of what was printed; bytes, rate and time left, when it is time to say so.
  package mutating func note(_ chunk: OutputChunk, at now: Duration) -> String? {
    guard case .standardOutput(let bytes) = chunk else { return nil }
    rest += String(decoding: bytes, as: UTF8.self)
    var lines = rest.components(separatedBy: "\n")
    rest = lines.removeLast()
    guard let line = lines.last(where: { $0.hasPrefix(Self.mark) }) else { return nil }
    let numbers = line.dropFirst(Self.mark.count).split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 2 else { return nil }
    if let spoken, now - spoken < Self.pause { return nil }
    spoken = now
    return Self.words(written: numbers[0], total: numbers[1], in: now - start)
  }

  private static let mark = "zerotouch: progress "

  private static func words(written: Int, total: Int, in elapsed: Duration) -> String {
    let seconds = max(elapsed.inSeconds, 0.001)
    let rate = Double(written) / seconds
    let come = total > 0 ? "\(size(written)) of \(size(total))" : size(written)
    let left =
      total > written && rate > 0 ? ", \(Duration.seconds(Int(Double(total - written) / rate)).inWords) left" : ""
    return "\(come), \(size(Int(rate)))/s\(left)"
  }

  /// Decimal units, as disks and images are sold.
  private static func size(_ bytes: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var number = Double(bytes)
    var unit = 0
    while number >= 1000, unit < units.count - 1 {
      number /= 1000
      unit += 1
    }
    let tenths = Int((number * 10).rounded())
    return number < 10 && unit > 0
      ? "\(tenths / 10).\(tenths % 10) \(units[unit])" : "\(Int(number.rounded())) \(units[unit])"
  }
}
