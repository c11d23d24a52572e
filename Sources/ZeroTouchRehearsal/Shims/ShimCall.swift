package import Foundation

/// A start of a tool that reaches machines, as the stand-in program hands it to the world.
package struct ShimCall: Sendable, Hashable, Codable {
  /// The tool's name, such as `talosctl`.
  package var program: String
  package var arguments: [String]
  /// What was piped in; empty at a terminal.
  package var standardInput: Data
  /// Where it was started; files among the arguments are relative to it.
  package var directory: String
  /// The variables such a tool looks at.
  package var environment: [String: String]

  package init(
    program: String, arguments: [String], standardInput: Data = Data(), directory: String = "/",
    environment: [String: String] = [:]
  ) {
    self.program = program
    self.arguments = arguments
    self.standardInput = standardInput
    self.directory = directory
    self.environment = environment
  }

  /// A path among the arguments as an absolute one.
  package func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(directory)/\(path)" }
}

/// A piece of what a stand-in program is to print before it ends.
package enum ShimOutput: Sendable, Hashable, Codable {
  case standardOutput(Data)
  case standardError(Data)

  package static func standardOutput(_ text: String) -> ShimOutput { .standardOutput(Data(text.utf8)) }
  package static func standardError(_ text: String) -> ShimOutput { .standardError(Data(text.utf8)) }
}

/// The end of a stand-in program: what it prints last and its exit status.
package struct ShimReply: Sendable, Hashable, Codable {
  package var standardOutput: Data
  package var standardError: Data
  package var status: Int32

  package init(standardOutput: String = "", standardError: String = "", status: Int32 = 0) {
    self.init(standardOutput: Data(standardOutput.utf8), standardError: Data(standardError.utf8), status: status)
  }

  package init(standardOutput: Data, standardError: Data, status: Int32) {
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.status = status
  }
}
