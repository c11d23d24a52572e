import Foundation
import ZeroTouchModel
import ZeroTouchTools

extension GateKeeper {
  /// Looks at a source until nobody waits for it any more.
  func keepLooking(at source: Source) async {
    while !Task.isCancelled {
      switch source {
      case .poll:
        note(await lookOnce(at: source), of: source)
      case .watch(let resource):
        if await list(resource, source) {
          let lifetime = Stopwatch(clock)
          await watch(resource, source)
          // A watch that ends in the usual way lived for minutes; only one that dies at once has to be slowed down.
          if lifetime.elapsed >= pace.interval { continue }
        }
      }
      try? await clock.sleep(for: pace.interval)
    }
  }

  /// Looks at a source once, when it is its turn.
  func lookOnce(at source: Source) async -> Observations.Report {
    let report =
      switch source {
      case .poll(let invocation): await polls.pass { [tools] in await Self.answer(to: invocation, tools) }
      case .watch(let resource): await lists.pass { [tools] in await Self.objects(of: resource, tools) }
      }
    return report ?? .failed("nobody waits for the answer any more")
  }

  /// Lists a watched resource; false when that failed.
  private func list(_ resource: WatchedResource, _ source: Source) async -> Bool {
    let start = moment(of: source)
    let report = await lookOnce(at: source)
    guard case .objects(let objects) = report else {
      note(report, of: source)
      return false
    }
    update(source) { $0.replace(with: Array(objects.values), askedAt: start) }
    return true
  }

  /// Follows one watch until it ends, and lists beside it.
  private func watch(_ resource: WatchedResource, _ source: Source) async {
    let (pieces, continuation) = AsyncStream.makeStream(of: Data.self)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.listAgainAndAgain(resource, source) }
      group.addTask {
        await Self.follow(resource, pieces) { events in
          await self.update(source) { cache in
            for (change, object) in events { cache.apply(change, object) }
          }
        }
      }
      // How a watch ends says nothing: the list that follows tells whether the API still answers.
      _ = try? await tools.run(resource.kubectl.watch(resource.resource, resource.scope)) { chunk in
        if case .standardOutput(let piece) = chunk { continuation.yield(piece) }
      }
      continuation.finish()
      group.cancelAll()
    }
  }

  private static func follow(
    _ resource: WatchedResource, _ pieces: AsyncStream<Data>,
    take: ([(WatchEvent.Change, any ClusterObject)]) async -> Void
  ) async {
    var splitter = JSONDocumentSplitter()
    for await piece in pieces {
      let events = Self.events(in: splitter.append(piece), of: resource)
      if !events.isEmpty { await take(events) }
    }
  }

  private func listAgainAndAgain(_ resource: WatchedResource, _ source: Source) async {
    var pause = pace.relist
    while !Task.isCancelled {
      do { try await clock.sleep(for: pause) } catch { return }
      pause = await list(resource, source) ? pace.relist : pace.interval
    }
  }

  private static func events(
    in documents: [Data], of resource: WatchedResource
  ) -> [(WatchEvent.Change, any ClusterObject)] {
    documents.compactMap { document in
      guard let json = try? JSONValue(parsing: document), let event = WatchEvent(json),
        let object = resource.kind.init(event.object)
      else { return nil }
      return (event.change, object)
    }
  }
}

// MARK: - One look

extension GateKeeper {
  private static func answer(to invocation: ToolInvocation, _ tools: any ToolRunner) async -> Observations.Report {
    do throws(ToolError) {
      let output = try await tools.run(invocation)
      guard invocation.tool == "kubectl", output.status != 0 else { return .answer(output) }
      let failure = ToolFailure(kubectl: output.errorText)
      return failure.refusesCaller ? .refused(failure.words) : .answer(output)
    } catch {
      return .failed(error.description.inOneLine)
    }
  }

  @concurrent
  private static func objects(of resource: WatchedResource, _ tools: any ToolRunner) async -> Observations.Report {
    let list = resource.kubectl.list(resource.resource, resource.scope)
    switch await answer(to: list, tools) {
    case .answer(let output) where output.status == 0: return objects(in: output, of: resource)
    case .answer(let output): return .failed(reason(for: ToolFailure(kubectl: output.errorText), resource))
    case let other: return other
    }
  }

  private static func objects(in output: ToolOutput, of resource: WatchedResource) -> Observations.Report {
    guard let list = try? ObjectList(parsing: output) else {
      return .failed("kubectl's list of \(resource) is no JSON")
    }
    let objects = list.items.compactMap { resource.kind.init($0) }
    return .objects(Dictionary(objects.map { ($0.key, $0) }) { $1 })
  }

  private static func reason(for failure: ToolFailure, _ resource: WatchedResource) -> String {
    switch failure.kind {
    case .noSuchKind: "the API does not serve `\(resource.resource)` yet"
    case .unreachable: "the Kubernetes API does not answer: \(failure.words)"
    default: failure.words
    }
  }
}
