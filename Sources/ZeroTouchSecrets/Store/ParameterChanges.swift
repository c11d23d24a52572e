import ZeroTouchModel
import ZeroTouchTools

/// What a file of parameters would change in the store: names alone.
package struct ParameterChanges: Sendable {
  package enum State: String, Sendable, Hashable {
    case new, changed, unchanged
    /// It stands there in the clear.
    case notSecure = "not a SecureString"
  }

  /// In the order of the names.
  package let states: [(parameter: Parameter, state: State)]

  package init(_ parameters: [Parameter], held: [ParameterName: ParameterStoreAccess.HeldValue]) {
    states = parameters.map { parameter in (parameter, Self.state(of: parameter, held[parameter.name])) }
  }

  private static func state(of parameter: Parameter, _ held: ParameterStoreAccess.HeldValue?) -> State {
    guard let held else { return .new }
    if held.value != Secret(parameter.stored) { return .changed }
    return held.isSecure ? .unchanged : .notSecure
  }

  /// What has to be written.
  package var pending: [(parameter: Parameter, state: State)] { states.filter { $0.state != .unchanged } }

  package var unchanged: Int { states.count - pending.count }
}

extension ParameterStoreAccess {
  /// Writes what is pending; whoever ends it in the middle finds the rest pending the next time.
  ///
  /// - Parameters:
  ///   - keys: The KMS keys of parameters that have one of their own, by name; a write without it would take another.
  ///   - key: The KMS key of parameters that are new.
  ///   - written: Told after every parameter.
  package func write(
    _ changes: ParameterChanges, keys: [String: String], key: String?, written: (String) -> Void = { _ in }
  ) async throws {
    let requests = changes.pending.map { item in
      let name = item.parameter.name.description
      var fields: JSONValue = [
        "Name": .string(name), "Value": .string(item.parameter.stored), "Type": "SecureString",
        "Tier": "Intelligent-Tiering", "Overwrite": true,
      ]
      if let key = keys[name] ?? (item.state == .new ? key : nil) { fields["KeyId"] = .string(key) }
      return ParameterCall("PutParameter", fields)
    }
    var done = 0
    do {
      try await send(requests, effect: .mutates) { request, _ in
        done += 1
        if let name = (try? JSONValue(parsing: request.body.exposed))?["Name"]?.stringValue { written(name) }
      }
    } catch var error as ParameterStoreError {
      error.progress = "\(done) of \(requests.count) parameters were written, the others are as they were"
      throw error
    }
  }
}
