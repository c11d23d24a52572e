import Foundation
package import ZeroTouchModel

/// One run as a file: what it was asked, what lay on the laptop, what every program answered, and how it ended. It
/// holds no secret, so that it can be sent to whoever is to find out what went wrong.
///
/// The file has one JSON object a line, each with one member that says what it is.
package struct Recording: Sendable, Equatable {
  package var ground: RecordedGround
  package var files: [RecordedFile] = []
  package var secrets: [RecordedSecret] = []
  package var calls: [RecordedCall] = []
  /// The lines of the journal.
  package var events: [String] = []
  package var end: RecordedEnd

  package init(ground: RecordedGround, end: RecordedEnd) { (self.ground, self.end) = (ground, end) }

  /// The form of the files that this program writes and reads.
  static let version = 1

  /// The whole file.
  package func text() throws -> String {
    var lines = [RecordingLine(ground: ground)]
    lines += files.map { RecordingLine(file: $0) }
    lines += secrets.map { RecordingLine(secret: $0) }
    lines += calls.map { RecordingLine(call: $0) }
    lines += events.map { RecordingLine(event: $0) }
    lines.append(RecordingLine(end: end))
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
  }

  /// Reads a file; every line that is none of a recording is named.
  package init(parsing text: String, file: String) throws(InvalidInput) {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    var (lines, problems): ([RecordingLine], [Diagnostic]) = ([], [])
    for (number, line) in text.split(separator: "\n").enumerated() {
      if let read = try? decoder.decode(RecordingLine.self, from: Data(line.utf8)) {
        lines.append(read)
      } else {
        let place = SourceLocation(file: file, line: number + 1, column: 1)
        problems.append(Diagnostic(at: place, "this is no line of a recording", remedy: Self.remedy))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    let place = SourceLocation(file: file, line: 1, column: 1)
    guard let ground = lines.compactMap(\.ground).first, let end = lines.compactMap(\.end).last else {
      throw InvalidInput([Diagnostic(at: place, "this is no whole recording", remedy: Self.remedy)])
    }
    guard ground.version == Self.version else {
      let said = "the recording has the form \(ground.version), and this program reads \(Self.version)"
      let remedy = "replay it with the zerotouch that wrote it: \(ground.program)"
      throw InvalidInput([Diagnostic(at: place, said, remedy: remedy)])
    }
    (self.ground, self.end) = (ground, end)
    (files, secrets) = (lines.compactMap(\.file), lines.compactMap(\.secret))
    (calls, events) = (lines.compactMap(\.call), lines.compactMap(\.event))
  }

  private static let remedy = "name a file that `--record FILE` wrote, and that is whole"
}

/// One line of the file.
private struct RecordingLine: Codable {
  var ground: RecordedGround?
  var file: RecordedFile?
  var secret: RecordedSecret?
  var call: RecordedCall?
  var event: String?
  var end: RecordedEnd?
}
