import Foundation
import Testing

@testable import ZeroTouchRehearsal

struct FrameTests {
  private let call = ShimCall(
    program: "ssh", arguments: ["root@10.0.0.1", "tee", "/x y"], standardInput: Data([0, 255, 10]), directory: "/a b",
    environment: ["HOME": "/root"])

  @Test func `messages survive any division of the stream`() throws {
    let stream = try Data(framing: WorldQuestion.call(call)) + Data(framing: WorldQuestion.status)
    var reader = FrameReader()
    var messages: [WorldQuestion] = []
    for byte in stream {
      reader.append([byte])
      while let message = try reader.next(WorldQuestion.self) { messages.append(message) }
    }
    #expect(messages == [.call(call), .status])
  }

  @Test func `a length beyond the limit is refused before anything is read`() {
    var reader = FrameReader()
    reader.append([0xFF, 0xFF, 0xFF, 0xFF] as [UInt8])
    #expect(throws: WorldError.protocolViolated("a message of 4294967295 bytes")) {
      try reader.next(WorldQuestion.self)
    }
  }

  @Test func `a message of another version is refused`() {
    var reader = FrameReader()
    reader.append([0, 0, 0, 2] + Array("{}".utf8))
    #expect(throws: WorldError.protocolViolated("no message this version knows")) {
      try reader.next(WorldQuestion.self)
    }
  }
}
