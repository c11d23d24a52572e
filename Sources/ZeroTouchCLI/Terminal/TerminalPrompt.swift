import Dispatch
import Foundation
import Synchronization
import ZeroTouchModel

/// Asks on the terminal, one question after the other; what is typed is shown only where it is no secret.
struct TerminalPrompt: Sendable {
  var isHidden = true
  /// The terminal that the program was started from, also where its input and output go elsewhere.
  private static let terminal = "/dev/tty"
  /// How often it is looked whether somebody types, a tenth of a second each: whoever does not answer for ten minutes
  /// has gone, and the cluster's lock is held all the while.
  private static let looks = 6000
  /// One question at a time; the answer is waited for on a thread of its own.
  private let queue = DispatchQueue(label: "zerotouch.prompt")

  /// The line that was typed; nil where there is no terminal.
  func ask(_ what: String) async throws -> Secret? {
    let isOver = Flag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async { [isHidden] in
          continuation.resume(with: Result { try Self.read(what, isHidden, until: isOver) })
        }
      }
    } onCancel: {
      isOver.raise()
    }
  }

  private static func read(_ what: String, _ isHidden: Bool, until isOver: Flag) throws -> Secret? {
    let descriptor = open(terminal, O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var shown = termios()
    guard tcgetattr(descriptor, &shown) == 0 else { return nil }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    if isHidden { tcsetattr(descriptor, TCSAFLUSH, &hidden) }
    defer {
      if isHidden {
        tcsetattr(descriptor, TCSAFLUSH, &shown)
        write("\n", to: descriptor)
      }
    }
    write("\(what): ", to: descriptor)
    return Secret(try line(from: descriptor, until: isOver))
  }

  private static func line(from descriptor: Int32, until isOver: Flag) throws -> Data {
    var line = Data()
    var silence = 0
    while !isOver.isRaised {
      guard silence < looks else {
        throw Refusal(
          .runFailed, "nobody answered within ten minutes", remedy: "run the same command again, and answer")
      }
      var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, 100) > 0 else {
        silence += 1
        continue
      }
      silence = 0
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = Foundation.read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return line }
      line += bytes.prefix(count)
      if let end = line.firstIndex(of: UInt8(ascii: "\n")) { return Data(line[..<end]) }
    }
    throw CancellationError()
  }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = Foundation.write(descriptor, bytes, bytes.count)
  }
}

/// Whether something was called off, for a thread that cannot be cancelled.
private final class Flag: Sendable {
  private let raised = Mutex(false)

  var isRaised: Bool { raised.withLock(\.self) }
  func raise() { raised.withLock { $0 = true } }
}
