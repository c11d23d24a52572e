import Foundation
import ZeroTouchPipeline
import ZeroTouchTools

/// How often calls of programs go wrong by themselves, and how.
package struct CallFaults: Sendable, Hashable {
  /// Of a thousand calls that reach a cluster or a machine, so many.
  package var perThousand: Int

  package init(perThousand: Int = 0) { self.perThousand = perThousand }

  func draw(for invocation: ToolInvocation, _ dice: inout SeededGenerator) -> CallEffect? {
    guard perThousand > 0, let words = Self.words(of: invocation.tool), invocation.deadline != nil,
      !invocation.arguments.contains("kustomize")
    else { return nil }
    guard Int.random(in: 0..<1000, using: &dice) < perThousand, let text = words.randomElement(using: &dice) else {
      return nil
    }
    let output = ToolOutput(
      status: invocation.tool == "ssh" ? 255 : 1, standardError: Data("\(text)\n".utf8))
    return Bool.random(using: &dice) ? .refused(output) : .replyLost(output)
  }

  /// The programs' own words for a network, or a server, that fails for a moment.
  private static func words(of tool: String) -> [String]? {
    switch tool {
    case "kubectl":
      [
        "Unable to connect to the server: EOF", "Unable to connect to the server: net/http: TLS handshake timeout",
        "Error from server (TooManyRequests): the server has received too many requests and has asked us to try again later",
        "Error from server (InternalError): an error on the server (\"\") has prevented the request from succeeding",
        "Error from server: etcdserver: leader changed",
      ]
    case "talosctl":
      [
        "rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing: dial tcp "
          + "198.18.0.10:50000: i/o timeout\"",
        "rpc error: code = Unavailable desc = error reading from server: EOF",
      ]
    case "ssh": ["ssh: connect to host 198.18.0.10 port 22: Connection timed out"]
    default: nil
    }
  }
}
