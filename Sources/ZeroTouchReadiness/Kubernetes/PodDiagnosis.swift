import ZeroTouchTools

/// Why pods are not ready, in the scheduler's and the kubelet's words.
struct PodDiagnosis: Sendable {
  private let pods: [ObservedPod]

  /// Pods that could not be looked at explain nothing.
  init(of sight: Sight<[ObservedPod]>) {
    if case .seen(let pods) = sight { self.pods = pods } else { pods = [] }
  }

  /// The most telling cause among the pods of a selector; nil when none is known.
  func cause(selector: [String: String]) -> String? {
    let late = pods.filter { $0.matches(selector) && !$0.isReady && !$0.metadata.isBeingDeleted }
    return late.lazy.compactMap(Self.failure).first ?? late.lazy.compactMap(Self.unschedulable).first
      ?? late.lazy.compactMap(Self.start).first
  }

  /// What the scheduler says about the first pod of a selector that it could not place.
  func unschedulable(selector: [String: String]) -> String? {
    pods.lazy.filter { $0.matches(selector) }.compactMap(Self.unschedulable).first
  }

  /// Reasons that are steps of an ordinary start.
  private static let ordinary: Set<String> = ["ContainerCreating", "PodInitializing"]

  private static func failure(_ pod: ObservedPod) -> String? {
    guard let container = pod.waiting.first(where: { !ordinary.contains($0.reason) }) else {
      return pod.phase == "Failed" ? "pod `\(pod.name)` failed" : nil
    }
    let message = container.message.isEmpty ? "" : ": \(container.message.inOneLine)"
    return "container `\(container.container)` of pod `\(pod.name)`\(place(of: pod)) in \(container.reason)\(message)"
  }

  private static func unschedulable(_ pod: ObservedPod) -> String? {
    guard let scheduled = pod.conditions.named("PodScheduled"), !scheduled.isTrue else { return nil }
    return "pod `\(pod.name)` is not scheduled: \(scheduled.message.inOneLine)"
  }

  private static func start(_ pod: ObservedPod) -> String? {
    guard let container = pod.waiting.first else { return "pod `\(pod.name)`\(place(of: pod)) is not ready" }
    return "pod `\(pod.name)`\(place(of: pod)) is starting: \(container.reason)"
  }

  private static func place(of pod: ObservedPod) -> String { pod.node.map { " on `\($0)`" } ?? "" }
}
