import Foundation
package import ZeroTouchModel
import ZeroTouchTools

/// Parameter Store as a caller sees it: reads, describes and writes parameters.
package struct ParameterStoreAccess: Sendable {
  let service: ParameterService
  let clock: any Clock<Duration>
  /// How often in a row nothing may get through before it is given up.
  let patience: Int
  /// The same where nothing ever answered: a network that is not there does not come with haste, nor with waiting.
  private static let patienceWithSilence = 2

  package init(_ service: ParameterService, clock: any Clock<Duration>, patience: Int = 8) {
    self.service = service
    self.clock = clock
    self.patience = patience
  }

  /// What the store holds under names, decrypted; names it does not hold are left out.
  package func held(_ names: [ParameterName]) async throws -> [ParameterName: HeldValue] {
    let requests = stride(from: 0, to: names.count, by: 10).map { start in
      let some = names[start..<min(start + 10, names.count)].map { JSONValue.string($0.description) }
      return ParameterCall("GetParameters", ["Names": .array(some), "WithDecryption": true])
    }
    var held: [ParameterName: HeldValue] = [:]
    try await send(requests, effect: .reads) { _, answer in
      for item in answer.body["Parameters"]?.arrayValue ?? [] {
        guard let name = item["Name"]?.stringValue, let parsed = try? ParameterName(name) else { continue }
        held[parsed] = HeldValue(
          value: Secret(item["Value"]?.stringValue ?? ""), isSecure: item["Type"]?.stringValue == "SecureString")
      }
    }
    return held
  }

  /// What the store says of everything below a prefix, in the order of the names.
  package func described(below prefix: String) async throws -> [StoredParameter] {
    var found: [StoredParameter] = []
    var next: String?
    repeat {
      var fields: JSONValue = [
        "MaxResults": 50, "ParameterFilters": [["Key": "Path", "Option": "Recursive", "Values": [.string(prefix)]]],
      ]
      if let next { fields["NextToken"] = .string(next) }
      next = nil
      try await send([ParameterCall("DescribeParameters", fields)], effect: .reads) { _, answer in
        found += (answer.body["Parameters"]?.arrayValue ?? []).compactMap(StoredParameter.init)
        next = answer.body["NextToken"]?.stringValue
      }
    } while next?.isEmpty == false
    return found.sorted { $0.name < $1.name }
  }

  /// What stands under a name.
  package struct HeldValue: Sendable, Hashable {
    package let value: Secret
    package let isSecure: Bool
  }
}

extension ParameterStoreAccess {
  /// Makes every call, again where it was too much at once, and hands on the good answers; the first refusal ends it
  /// once the calls beside it are through.
  func send(
    _ requests: [ParameterCall], effect: ToolInvocation.Effect,
    answered: (ParameterCall, ParameterAnswer) -> Void
  ) async throws {
    var waiting = requests
    var pace = RequestPace()
    while !waiting.isEmpty {
      let round = Array(waiting.prefix(pace.width * pace.share))
      let answers = try await service.answers(to: round, side: pace.width, effect: effect)
      var again: [ParameterCall] = []
      var refusal: ParameterStoreError?
      for (request, answer) in zip(round, answers) {
        pace.hasAnswer = pace.hasAnswer || answer.status != 0
        if answer.isGood {
          answered(request, answer)
        } else if answer.mayBeRepeated {
          again.append(request)
          pace.last = ParameterStoreError(request.action, request.parameter, answer)
        } else {
          refusal = refusal ?? ParameterStoreError(request.action, request.parameter, answer)
        }
      }
      if let refusal { throw refusal }
      waiting = again + waiting.dropFirst(round.count)
      pace.note(done: round.count - again.count, again: again.count)
      if pace.setbacks > (pace.hasAnswer ? patience : Self.patienceWithSilence), let last = pace.last { throw last }
      if !again.isEmpty { try await clock.sleep(for: pace.pause) }
    }
  }
}

/// How much is asked at once: less after every refusal for haste, slowly more while there is none.
struct RequestPace {
  /// Connections side by side.
  private(set) var width = 8
  /// Requests a connection.
  private(set) var share = 25
  /// Rounds in a row in which nothing got through.
  private(set) var setbacks = 0
  var last: ParameterStoreError?
  /// Whether the service said anything yet.
  var hasAnswer = false

  mutating func note(done: Int, again: Int) {
    setbacks = done > 0 ? 0 : setbacks + 1
    guard again > 0 else {
      share = min(share * 2, 25)
      return
    }
    width = max(width / 2, 1)
    // As many as the service took this time.
    share = max(min(done / width, share), 1)
  }

  /// What is waited before the next round.
  var pause: Duration { .milliseconds(min(500 << min(setbacks, 6), 20_000)) }
}

extension ParameterCall {
  /// The one parameter a call is about.
  fileprivate var parameter: String? {
    (try? JSONValue(parsing: body.exposed))?["Name"]?.stringValue
  }
}
