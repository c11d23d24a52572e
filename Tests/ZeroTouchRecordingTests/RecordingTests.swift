import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchRecording

struct RecordingTests {
  private static let ground = RecordedGround(
    program: "0.1.0", arguments: ["bootstrap", "--repository", "@repository@"], directory: "@repository@",
    began: Date(timeIntervalSince1970: 1_767_225_600), variables: ["AWS_REGION": "eu-central-1"],
    pace: RecordedPace(interval: 1, relist: 30, heartbeat: 10, polls: 32, lists: 8, examination: 45))

  private static var whole: Recording {
    var recording = Recording(ground: ground, end: RecordedEnd(status: 3, after: 12.5, said: "zerotouch: a gate"))
    recording.files = [
      RecordedFile(path: "@repository@/zerotouch.yaml", text: "kind: Cluster\n"),
      RecordedFile(path: "@cache@/chart.tgz", bytes: Data([0x1F, 0x8B, 0xFF])),
    ]
    recording.secrets = [
      RecordedSecret(reference: "env:TOKEN", standIn: "withheld-1"),
      RecordedSecret(reference: "file:@home@/key", reason: "it is empty", remedy: "fill it"),
    ]
    recording.calls = [
      call("kubectl", "get", "nodes", says: "Ready\n"), call("talosctl", "version", end: .timedOut(seconds: 60)),
      call("git", "status", end: .notFound), call("ssh", "-V", end: .notExecutable(path: "/bin/ssh")),
    ]
    recording.events = [#"{"event":"began"}"#]
    return recording
  }

  @Test func `a recording that was written is read as the same`() throws {
    #expect(try Recording(parsing: try Self.whole.text(), file: "a.ndjson") == Self.whole)
  }

  @Test func `every line of a file that is none of a recording is named`() throws {
    let text = try Self.whole.text() + "nonsense\n" + #"{"call":{"words":[]}}"# + "\n"
    let problems = #expect(throws: InvalidInput.self) { try Recording(parsing: text, file: "a.ndjson") }
    let lines = text.split(separator: "\n").count
    #expect(problems?.diagnostics.map { $0.location?.line } == [lines - 1, lines])
  }

  @Test(arguments: ["", #"{"event":"{}"}"# + "\n"])
  func `a file that is cut off is no recording`(text: String) throws {
    let problems = #expect(throws: InvalidInput.self) { try Recording(parsing: text, file: "a.ndjson") }
    #expect(problems?.description.contains("no whole recording") == true)
  }

  @Test func `a recording of another form names the program that reads it`() throws {
    let text = try Self.whole.text().replacing(#""version":1"#, with: #""version":2"#)
    let problems = #expect(throws: InvalidInput.self) { try Recording(parsing: text, file: "a.ndjson") }
    #expect(problems?.description.contains("0.1.0") == true)
  }
}

/// A call that started at once and took no time.
func call(
  _ words: String..., input: String? = nil, at: Double = 0, says text: String = "",
  end: RecordedCall.End = .exited(0), files: [RecordedFile] = []
) -> RecordedCall {
  RecordedCall(
    words: words, input: input, at: at, took: 0,
    said: text.isEmpty ? [] : [RecordedCall.Said(after: 0, text: text, isError: false)], end: end, files: files)
}
