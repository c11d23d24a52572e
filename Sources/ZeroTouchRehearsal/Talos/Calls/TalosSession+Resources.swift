import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  func resources(_ world: World) throws(CallFailure) -> ShimReply {
    let output = line.value("output") ?? "table"
    guard ["table", "json", "yaml"].contains(output) || output.hasPrefix("jsonpath") else {
      throw CallFailure("output format \"\(output)\" is not supported")
    }
    if line.isOn("watch") { throw CallFailure("unknown flag: --watch") }
    let nodes = try targets(world)
    guard let kind = TalosResourceKind(line.arguments[0]) else {
      throw CallFailure("\(TalosRefusal(.notFound, "resource \"\(line.arguments[0])\" is not registered"))")
    }
    let problems = nodes.compactMap { node in problem(of: node, world).map { "\(node): \($0)" } }
    let found = nodes.filter { problem(of: $0, world) == nil }.flatMap { resources(kind, of: $0, world, as: output) }
    let text = try printed(found, kind, as: output)
    guard problems.isEmpty else { throw CallFailure("\(ErrorList(problems))", output: found.isEmpty ? "" : text) }
    return ShimReply(standardOutput: text)
  }

  private func resources(
    _ kind: TalosResourceKind, of node: IPAddress, _ world: World, as output: String
  ) -> [TalosResource] {
    guard let machine = world.machines[node] else { return [] }
    let wanted = line.arguments.count == 2 ? line.arguments[1] : nil
    let all = kind.resources(on: machine, world, node: isInsecure ? "" : "\(node)") { id in
      output != "table" && (wanted ?? id) == id
    }
    return line.arguments.count == 2 ? all.filter { $0.id == line.arguments[1] } : all
  }

  private func printed(
    _ resources: [TalosResource], _ kind: TalosResourceKind, as output: String
  ) throws(CallFailure) -> String {
    if line.arguments.count == 2, resources.isEmpty {
      throw CallFailure(
        "\(TalosRefusal(.notFound, "resource \(kind.type)(\(kind.namespace)/\(line.arguments[1])@undefined) doesn't exist"))"
      )
    }
    switch output {
    case "json": return resources.map(\.jsonText).joined()
    case "yaml": return resources.map(\.yamlText).joined(separator: "---\n")
    case "table":
      let header = ["NODE", "NAMESPACE", "TYPE", "ID", "VERSION"] + kind.columns
      return TextTable.text(
        [header]
          + resources.map { [$0.node, $0.kind.namespace, $0.kind.singular, $0.id, "\($0.version)"] + $0.columns })
    default:
      let path = String(output.dropFirst("jsonpath".count).drop { $0 == "=" })
      return resources.map { $0.value(at: path) + "\n" }.joined()
    }
  }
}
