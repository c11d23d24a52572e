package import ZeroTouchModel

/// Holds where the spec takes the Gateway's address from against what Git brings: Talos applies the one, Argo CD the
/// other, and with both the Gateway has an address that nobody answers for.
package struct GatewayAgreement: Sendable {
  /// The component of the platform that has Cilium announce a pool.
  package static let component = "platform/04-network/gateway-l2"
  /// The same as an overlay names it.
  private static let reference = "../../04-network/gateway-l2"
  private static let pool = "gateway"

  private let gateway: Network.Gateway
  /// The kustomization that decides, as problems name it.
  private let overlay: String
  private let announcements: String

  package init(
    gateway: Network.Gateway, overlay: String, announcements: String = "bootstrap/cilium/gateway-l2.yaml"
  ) {
    self.gateway = gateway
    self.overlay = overlay
    self.announcements = announcements
  }

  /// Where the two disagree, in the rendered overlay.
  package func problems(in rendered: String) throws(InvalidInput) -> [Diagnostic] {
    let objects = try YAMLDocuments.parse(rendered, file: overlay)
    // A platform without Cilium has no Gateway that could disagree.
    guard let cilium = objects.first(where: Self.installsCilium) else { return [] }
    let announces = valueFiles(of: cilium).contains("$values/\(announcements)")
    switch gateway {
    case .hostNetwork: return announces ? [unasked] : []
    case .l2(let pool): return announces ? announced(pool, in: objects) : [missing(pool)]
    }
  }

  private static func installsCilium(_ object: JSONValue) -> Bool {
    object["kind"] == "Application" && sources(of: object).contains { $0["chart"] == "cilium" }
  }

  private static func sources(of application: JSONValue) -> [JSONValue] {
    application[path: "spec", "sources"]?.arrayValue ?? [application[path: "spec", "source"]].compactMap(\.self)
  }

  private func valueFiles(of application: JSONValue) -> [String] {
    Self.sources(of: application).flatMap { $0[path: "helm", "valueFiles"]?.arrayValue ?? [] }.compactMap(\.stringValue)
  }

  private var unasked: Diagnostic {
    Diagnostic(
      "Git has Cilium announce the Gateway's address (`\(announcements)`), and the spec says `hostNetwork`",
      remedy:
        "write `gateway: {mode: l2, pool: …}` below `network` in zerotouch.yaml, or take `\(Self.reference)` out of \(overlay)/kustomization.yaml"
    )
  }

  private func missing(_ pool: AddressPool) -> Diagnostic {
    Diagnostic(
      "the spec has Cilium announce the Gateway's address out of `\(pool)`, and Git announces none",
      remedy:
        "add `- \(Self.reference)` to `components` in \(overlay)/kustomization.yaml, `\(Self.block(pool))` to `blocks` in \(Self.component)/pool.yaml, and commit"
    )
  }

  private func announced(_ pool: AddressPool, in objects: [JSONValue]) -> [Diagnostic] {
    let pools = objects.filter { $0["kind"] == "CiliumLoadBalancerIPPool" }
    guard let held = pools.first(where: { $0[path: "metadata", "name"]?.stringValue == Self.pool }) else {
      return [
        Diagnostic(
          "`\(overlay)` brings no CiliumLoadBalancerIPPool `\(Self.pool)`",
          remedy: "restore \(Self.component)/pool.yaml from Git")
      ]
    }
    var problems = differences(held, pool)
    if !objects.contains(where: { $0["kind"] == "CiliumL2AnnouncementPolicy" }) {
      problems.append(
        Diagnostic(
          "`\(overlay)` brings no CiliumL2AnnouncementPolicy, so no node answers for the Gateway's address",
          remedy: "restore \(Self.component)/announcement.yaml from Git"))
    }
    return problems
  }

  private func differences(_ held: JSONValue, _ pool: AddressPool) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let blocks = held[path: "spec", "blocks"]?.arrayValue ?? []
    if blocks.map({ AddressPool($0) }) != [pool] {
      let words = blocks.map { AddressPool($0)?.description ?? $0.text(.compact) }
      problems.append(
        Diagnostic(
          "Git's pool holds \(words.isEmpty ? "nothing" : words.map { "`\($0)`" }.joined(separator: ", ")), and the spec says `\(pool)`",
          remedy:
            "write `blocks: [\(Self.block(pool))]` to \(Self.component)/pool.yaml, or to a patch of it in \(overlay), or correct `spec.network.gateway.pool`"
        ))
    }
    if held[path: "spec", "disabled"] == true {
      problems.append(
        Diagnostic(
          "Git's pool of the Gateway is disabled", remedy: "take `disabled` out of \(Self.component)/pool.yaml"))
    }
    return problems
  }

  /// A pool as one block of the manifest.
  private static func block(_ pool: AddressPool) -> String {
    let members = (pool.manifest.objectValue ?? [:]).sorted { $0.key < $1.key }
    return "{\(members.map { "\($0.key): \($0.value.stringValue ?? "")" }.joined(separator: ", "))}"
  }
}
