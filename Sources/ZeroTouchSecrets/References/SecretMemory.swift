import ZeroTouchModel

/// The values that were read, and those that are being read.
actor SecretMemory {
  private let executor: (any TaskExecutor)?
  private var reading: [SecretReference: Task<Result<Secret, SecretError>, Never>] = [:]

  /// `executor` is where the reading runs; the shared pool where there is none.
  init(executor: (any TaskExecutor)? = nil) { self.executor = executor }

  /// The value of a reference; whoever asks while it is being read waits for the same.
  func value(
    of reference: SecretReference, read: @escaping @Sendable () async throws(SecretError) -> Secret
  ) async throws(SecretError) -> Secret {
    let task =
      reading[reference]
      ?? Task(executorPreference: executor) {
        do throws(SecretError) { return .success(try await read()) } catch { return .failure(error) }
      }
    reading[reference] = task
    let result = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    if case .failure = result, reading[reference] == task { reading[reference] = nil }
    return try result.get()
  }
}
