import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  private static let build = """
    \tTag:         \(Machine.talosVersion)
    \tSHA:         undefined
    \tBuilt:       \n\tGo version:  go1.26.6
    \tOS/Arch:     linux/amd64

    """

  func version(_ world: World) throws(CallFailure) -> ShimReply {
    let client = "Client:\n" + (line.isOn("short") ? "Talos \(Machine.talosVersion)\n" : Self.build)
    if line.isOn("client") { return ShimReply(standardOutput: client) }
    do {
      let reply = try ask(world, prefix: "error getting version: ") { node in
        "\tNODE:        \(node)\n\(Self.build)\tEnabled:     \(isInsecure ? "" : "RBAC")\n"
      }
      return ShimReply(
        standardOutput: "\(client)Server:\n\(reply.standardOutput.text)", standardError: reply.standardError.text)
    } catch {
      throw CallFailure(error.message, output: "\(client)Server:\n")
    }
  }
}
