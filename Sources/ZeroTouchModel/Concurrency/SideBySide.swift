extension Collection where Element: Sendable {
  /// Transforms every element in tasks of their own, at most `width` at once; the results stand in the elements' order.
  ///
  /// The first failure ends what still runs and is thrown.
  package func mapSideBySide<Output: Sendable, Failure: Error>(
    atMost width: Int = .max, _ transform: @escaping @Sendable (Element) async throws(Failure) -> Output
  ) async throws(Failure) -> [Output] {
    let outcome = await withTaskGroup(of: (Int, Result<Output, Failure>).self) { group in
      var done: [(Int, Output)] = []
      var failure: Failure?
      func collect(_ index: Int, _ result: Result<Output, Failure>) {
        switch result {
        case .success(let output): done.append((index, output))
        case .failure(let error):
          failure = failure ?? error
          group.cancelAll()
        }
      }
      for (index, element) in enumerated() {
        if index >= width, let (place, result) = await group.next() { collect(place, result) }
        if failure != nil { break }
        group.addTask {
          do throws(Failure) { return (index, .success(try await transform(element))) } catch {
            return (index, .failure(error))
          }
        }
      }
      for await (place, result) in group { collect(place, result) }
      return failure.map { .failure($0) } ?? Result<[(Int, Output)], Failure>.success(done)
    }
    return try outcome.get().sorted { $0.0 < $1.0 }.map(\.1)
  }
}
