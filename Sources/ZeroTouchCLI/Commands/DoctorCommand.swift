import ArgumentParser
import ZeroTouchModel
import ZeroTouchTools

/// `zerotouch doctor`.
struct DoctorCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the programs on this laptop, and name the ports every node must offer.",
    discussion: """
      Exits with 4 where a program is missing, too old or of the wrong kind; changes nothing.

      EXAMPLES
        zerotouch doctor
        zerotouch doctor -o json
      """)

  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let verdicts = await Toolbox.complete(.default).inspect(by: environment.tools())
    switch output.output {
    case .text: environment.console.result(Self.text(verdicts))
    case .json: environment.console.result(Self.json(verdicts).text(.indented))
    }
    return verdicts.allSatisfy(\.isUsable) ? .done : .preflightFailed
  }

  private static func text(_ verdicts: [ToolVerdict]) -> String {
    var tools = Table(header: ["PROGRAM", "VERSION", "VERDICT"])
    tools.rows = verdicts.map { verdict in
      [verdict.tool.rawValue, verdict.version ?? "-", verdict.problem.map { "\($0.message): \($0.remedy)" } ?? "good"]
    }
    return tools.text + "\n\n" + ports.text
  }

  private static var ports: Table {
    var table = Table(header: ["NODES", "PORT", "USE", "REACHED BY"])
    table.rows = Node.Role.allCases.flatMap { role in
      NodePort.required(of: role).map { [role.rawValue, $0.number, $0.use, $0.callers] }
    }
    return table
  }

  private static func json(_ verdicts: [ToolVerdict]) -> JSONValue {
    let tools = verdicts.map { verdict -> JSONValue in
      var value: JSONValue = ["program": .string(verdict.tool.rawValue), "usable": .bool(verdict.isUsable)]
      value["version"] = verdict.version.map { .string($0) }
      value["problem"] = verdict.problem.map { .string($0.message) }
      value["remedy"] = verdict.problem.map { .string($0.remedy) }
      return value
    }
    let ports = Node.Role.allCases.flatMap { role in
      NodePort.required(of: role).map { port -> JSONValue in
        [
          "nodes": .string(role.rawValue), "port": .string(port.number), "use": .string(port.use),
          "reachedBy": .string(port.callers),
        ]
      }
    }
    return ["programs": .array(tools), "ports": .array(ports)]
  }
}
