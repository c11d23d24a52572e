package import Foundation

/// What a recorded run was asked, and where it stood.
package struct RecordedGround: Codable, Sendable, Equatable {
  /// The form of the file.
  package let version: Int
  /// The version of the zerotouch that ran.
  package let program: String
  /// The command line behind the program's name.
  package let arguments: [String]
  /// The current directory.
  package let directory: String
  /// When it began.
  package let began: Date
  /// The variables that commands read; credentials are there without their values.
  package let variables: [String: String]
  /// How often the world was looked at.
  package let pace: RecordedPace

  package init(
    program: String, arguments: [String], directory: String, began: Date, variables: [String: String],
    pace: RecordedPace
  ) {
    version = Recording.version
    (self.program, self.arguments, self.directory, self.began) = (program, arguments, directory, began)
    (self.variables, self.pace) = (variables, pace)
  }
}

/// The pace of the gates, and the bound of the look for a failure's cause, in seconds and numbers.
package struct RecordedPace: Codable, Sendable, Equatable {
  package var interval: Double
  package var relist: Double
  package var heartbeat: Double
  package var polls: Int
  package var lists: Int
  package var examination: Double

  package init(interval: Double, relist: Double, heartbeat: Double, polls: Int, lists: Int, examination: Double) {
    (self.interval, self.relist, self.heartbeat) = (interval, relist, heartbeat)
    (self.polls, self.lists, self.examination) = (polls, lists, examination)
  }
}

/// A file as it lay there when the run began, or as a program left it.
package struct RecordedFile: Codable, Sendable, Equatable {
  package let path: String
  /// What is in it, where it is text.
  package let text: String?
  /// What is in it otherwise.
  package let bytes: Data?

  package init(path: String, text: String? = nil, bytes: Data? = nil) {
    (self.path, self.text, self.bytes) = (path, text, bytes)
  }

  package var contents: Data { bytes ?? Data((text ?? "").utf8) }
}

/// What came of reading a reference: that there is a value, or why there is none.
package struct RecordedSecret: Codable, Sendable, Equatable {
  package let reference: String
  /// What stands for the value.
  package let standIn: String?
  package let reason: String?
  package let remedy: String?

  package init(reference: String, standIn: String? = nil, reason: String? = nil, remedy: String? = nil) {
    (self.reference, self.standIn, self.reason, self.remedy) = (reference, standIn, reason, remedy)
  }
}

/// How the run ended.
package struct RecordedEnd: Codable, Sendable, Equatable {
  /// The exit status.
  package let status: Int32
  /// How long it took, in seconds of its own time.
  package let after: Double
  /// What it said last; empty where all went well.
  package let said: String

  package init(status: Int32, after: Double, said: String) {
    (self.status, self.after, self.said) = (status, after, said)
  }
}
