package import ZeroTouchModel

/// A worker as `--worker-nodes` and `join-worker` name it: `name:address`, IPv6 in brackets.
package struct WorkerArgument: Sendable, Hashable {
  package let name: String
  package let address: IPAddress

  package init(name: String, address: IPAddress) {
    self.name = name
    self.address = address
  }

  /// Reads workers separated by commas; every problem of every one at once.
  package static func parse(_ text: String) throws(InvalidInput) -> [WorkerArgument] {
    try parse(text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
  }

  /// Reads workers, one an argument.
  package static func parse(_ arguments: [String]) throws(InvalidInput) -> [WorkerArgument] {
    var problems: [Diagnostic] = []
    var workers: [WorkerArgument] = []
    for argument in arguments {
      do { workers.append(try WorkerArgument(argument)) } catch { problems += error.diagnostics }
    }
    problems += duplicates(workers)
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return workers
  }

  private init(_ argument: String) throws(InvalidInput) {
    let text = argument.filter { !$0.isWhitespace }
    let name = String(text.prefix { $0 != ":" })
    let rest = text.dropFirst(name.count + 1)
    var problems: [Diagnostic] = []
    func report(_ message: String, _ remedy: String) { problems.append(Diagnostic(.error, message, remedy: remedy)) }
    if text.isEmpty {
      throw InvalidInput([
        Diagnostic(.error, "an empty worker between the commas", remedy: "write `--worker-nodes worker01:203.0.113.20`")
      ])
    }
    if let problem = SpecFormat.label.problem(with: name) { report("worker \(problem.message)", problem.remedy) }
    let address = Self.address(rest)
    if rest.isEmpty {
      report("the worker `\(name)` has no address", "write `\(name):203.0.113.20`, or `\(name):[2001:db8::20]`")
    } else if address == nil {
      report("`\(rest)` is no IP address (worker `\(name)`)", Self.addressRemedy(name, rest))
    } else if address?.canBeMachine == false {
      report("`\(rest)` is no address of a machine (worker `\(name)`)", "write the address under which it is reached")
    }
    guard problems.isEmpty, let address else { throw InvalidInput(problems) }
    self.init(name: name, address: address)
  }

  private static func address(_ text: Substring) -> IPAddress? {
    if text.hasPrefix("["), text.hasSuffix("]") {
      return IPAddress(String(text.dropFirst().dropLast())).flatMap { $0.isIPv6 ? $0 : nil }
    }
    return IPAddress(String(text)).flatMap { $0.isIPv6 ? nil : $0 }
  }

  private static func addressRemedy(_ name: String, _ text: Substring) -> String {
    if IPAddress(String(text))?.isIPv6 == true { return "put an IPv6 address in brackets: `\(name):[\(text)]`" }
    return "write an IPv4 address, or an IPv6 address in brackets"
  }

  private static func duplicates(_ workers: [WorkerArgument]) -> [Diagnostic] {
    var names: Set<String> = []
    var owners: [IPAddress: String] = [:]
    var problems: [Diagnostic] = []
    for worker in workers {
      if !names.insert(worker.name).inserted {
        problems.append(
          Diagnostic(.error, "the worker `\(worker.name)` is named twice", remedy: "give every worker its own name"))
      }
      if let owner = owners[worker.address], owner != worker.name {
        problems.append(
          Diagnostic(
            .error, "the workers `\(owner)` and `\(worker.name)` have the same address `\(worker.address)`",
            remedy: "give every worker its own address"))
      }
      owners[worker.address] = owners[worker.address] ?? worker.name
    }
    return problems
  }
}
