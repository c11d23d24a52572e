import ZeroTouchModel

/// What the pieces of a spec must be to each other.
struct SpecRules {
  let draft: SpecDraft
  private(set) var problems: [Diagnostic] = []

  /// Everything that is wrong with a draft whose pieces are well formed.
  static func problems(of draft: SpecDraft) -> [Diagnostic] {
    var rules = SpecRules(draft: draft)
    rules.checkCredentials()
    rules.checkAccess()
    guard draft.provider.value.ownsMachines else { return rules.problems }
    rules.checkUnique()
    rules.checkRoles()
    rules.checkDisks()
    rules.checkInterfaces()
    rules.checkLabels()
    rules.checkRanges()
    rules.checkCapacity()
    rules.checkGateway()
    rules.checkEndpoint()
    return rules.problems
  }

  private init(draft: SpecDraft) { self.draft = draft }

  private mutating func checkUnique() {
    var names: [String: SourceLocation?] = [:]
    var owners: [IPAddress: String] = [:]
    for node in draft.nodes {
      if let name = node.name {
        if let first = names[name.value] {
          report(
            "the node name `\(name.value)` stands twice\(Self.first(first))", "give every machine its own name",
            at: name.location)
        } else {
          names[name.value] = .some(name.location)
        }
      }
      guard let address = node.address else { continue }
      if let owner = owners[address.value] {
        report(
          "the address `\(address.value)` belongs to \(owner) already", "give every machine its own address",
          at: address.location)
      } else {
        owners[address.value] = node.name.map { "`\($0.value)`" } ?? "another node"
      }
    }
  }

  private static func first(_ location: SourceLocation?) -> String {
    location.map { "; the first is on line \($0.line)" } ?? ""
  }

  private mutating func checkRoles() {
    let roles = draft.nodes.compactMap(\.role)
    guard roles.count == draft.nodes.count, let place = draft.nodesPlace else { return }
    let count = roles.count { $0 == .controlPlane }
    if count == 0 {
      report("no node is a control plane", "give one node `role: control-plane`", at: place)
    } else if count.isMultiple(of: 2) {
      report(
        "\(count) control planes are an even number: etcd survives no more failures than with \(count - 1)",
        "take one away, or add one", at: place)
    }
  }

  private mutating func checkDisks() {
    for node in draft.nodes {
      guard let disk = node.disk else { continue }
      let selectors = [disk.serial, disk.model, disk.wwid, disk.size?.description].compactMap(\.self)
      if disk.path == nil, selectors.isEmpty {
        report("the disk selector names nothing", "add `serial`, `model`, `wwid`, `size` or `path`", at: node.diskPlace)
      } else if disk.path != nil, !selectors.isEmpty {
        report("`path` names the disk beside other selectors", "keep `path`, or remove it", at: node.diskPlace)
      }
    }
  }

  mutating func report(_ message: String, _ remedy: String, at location: SourceLocation?) {
    problems.append(Diagnostic(at: location, message, remedy: remedy))
  }
}
