package import ZeroTouchTools

/// A server of this machine that is ended with the work.
package enum StartedServer {
  /// What it said in the place of its address.
  package struct Silence: Error, CustomStringConvertible {
    package let description: String
  }

  /// Starts a server, waits until it tells its address, and works with it.
  package static func with(
    _ invocation: ToolInvocation, by runner: SubprocessToolRunner, telling address: Regex<(Substring, Substring)>,
    _ work: (String) async throws -> Void
  ) async throws {
    let (words, said) = AsyncStream<String>.makeStream()
    let server = Task {
      _ = try? await runner.run(invocation) { chunk in
        switch chunk {
        case .standardOutput(let data), .standardError(let data): said.yield(String(decoding: data, as: UTF8.self))
        }
      }
      said.finish()
    }
    defer { server.cancel() }
    var heard = ""
    for await text in words {
      heard += text
      guard let match = heard.firstMatch(of: address) else { continue }
      return try await work(String(match.1))
    }
    throw Silence(description: "`\(invocation.tool)` did not tell its address: \(heard)")
  }
}
