import ZeroTouchModel

extension TalosSession {
  /// Writes endpoints or nodes into the talosconfig's context.
  func setAddresses(_ set: (inout Talosconfig.Context, [String]) -> Void) throws(CallFailure) -> ShimReply {
    var (config, name) = try currentConfig()
    guard var context = config.contexts[name] else { throw CallFailure("context \"\(name)\" is not defined") }
    set(&context, line.arguments)
    config.contexts[name] = context
    try files.write(config.text, to: talosconfigPath, permissions: 0o600)
    return ShimReply()
  }

  func showContext() throws(CallFailure) -> ShimReply {
    let (config, name) = try currentConfig()
    guard let context = config.contexts[name] else { throw CallFailure("context \"\(name)\" is not defined") }
    let list = { (items: [String]) in items.isEmpty ? "not defined" : items.joined(separator: ", ") }
    return ShimReply(
      standardOutput: TextTable.text([
        ["Current context:", name], ["Nodes:", list(context.nodes)], ["Endpoints:", list(context.endpoints)],
        ["Roles:", "os:admin"],
      ]))
  }

  private func currentConfig() throws(CallFailure) -> (Talosconfig, String) {
    guard files.exists(talosconfigPath) else { throw CallFailure("no context is set") }
    let config = try Talosconfig(text: try files.read(talosconfigPath))
    let name = line.value("context") ?? config.current
    guard !name.isEmpty else { throw CallFailure("no context is set") }
    return (config, name)
  }
}
