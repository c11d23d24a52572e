import ZeroTouchModel
import ZeroTouchTools

/// A container whose last words may explain something.
struct TellingContainer: Sendable, Hashable {
  let pod: String
  let namespace: String
  let name: String
  /// Whether a run of it has ended.
  let hasEnded: Bool
  /// Whether its pod is in trouble, rather than only able to explain somebody else's.
  let isTroubled: Bool

  /// The lines that say something, the last ones; of a pod that runs well only those that complain.
  func symptoms(_ log: String) -> [Symptom] {
    let lines = log.split(whereSeparator: \.isNewline).map(String.init)
    let telling = isTroubled ? lines.suffix(3) : lines.filter(Self.complains).suffix(3)
    return telling.map { whole in
      let line = ConspicuousSecrets.removed(from: whole)
      let text = line.count > Self.longest ? "\(line.prefix(Self.longest))…" : line
      return Symptom(.log, "Pod \(namespace)/\(pod)", "\(name): \(text)", isTrouble: false)
    }
  }

  private static let longest = 400

  private static func complains(_ line: String) -> Bool {
    ["error", "fatal", "not found", "SERVFAIL", "warning"].contains { line.lowercased().contains($0.lowercased()) }
  }
}

extension ClusterState {
  /// Pods that are not ready although they should be.
  var troubledPods: [ObservedPod] {
    all(ObservedPod.self).filter { pod in
      !pod.isReady && pod.phase != "Succeeded" && pod.phase != "Failed" && !pod.metadata.isBeingDeleted
    }
  }

  var podSymptoms: [Symptom] {
    troubledPods.flatMap { pod in
      Self.reasons(of: pod).map { Symptom(.pod, pod.metadata.called("Pod"), $0) }
    }
  }

  /// Why a pod is not ready, in the scheduler's and the kubelet's words.
  private static func reasons(of pod: ObservedPod) -> [String] {
    if let scheduled = pod.conditions.named("PodScheduled"), !scheduled.isTrue {
      return ["not scheduled: \(scheduled.message.inOneLine)"]
    }
    let ordinary: Set = ["ContainerCreating", "PodInitializing"]
    let telling = pod.waiting.filter { !ordinary.contains($0.reason) }
    let waiting = (telling.isEmpty && pod.ended.isEmpty ? pod.waiting : telling).map { container in
      "container \(container.container) in \(container.reason)"
        + (container.message.isEmpty ? "" : ": \(container.message.inOneLine)")
    }
    let ended = pod.ended.map { container in
      "container \(container.container) ended with status \(container.exitCode), \(container.reason)"
        + (container.message.isEmpty ? "" : ": \(container.message.inOneLine)")
    }
    let all = waiting + ended
    return all.isEmpty ? ["not ready\(pod.node.map { " on \($0)" } ?? "")"] : all
  }

  /// The containers whose logs are worth reading, the most telling first: those that crashed, those that are not ready,
  /// and those that explain other things.
  var tellingContainers: [TellingContainer] {
    let troubled = troubledPods.filter { $0.node != nil }.flatMap { pod in
      Self.containers(of: pod, isTroubled: true)
    }
    let crashed = troubled.filter(\.hasEnded)
    return crashed + troubled.filter { !$0.hasEnded } + explaining
  }

  private var explaining: [TellingContainer] {
    let names = applicationSymptoms.isEmpty ? [] : ["coredns-"]
    let wanted = names + (gatewaySymptoms.isEmpty ? [] : ["cilium-operator-"])
    return wanted.flatMap { prefix in
      all(ObservedPod.self).filter { $0.metadata.namespace == "kube-system" && $0.name.hasPrefix(prefix) && $0.isReady }
        .prefix(2).flatMap { Self.containers(of: $0, isTroubled: false) }
    }
  }

  private static func containers(of pod: ObservedPod, isTroubled: Bool) -> [TellingContainer] {
    let ended = Set(pod.ended.map(\.container))
    return pod.unready.union(isTroubled ? [] : pod.containers).sorted().map { name in
      TellingContainer(
        pod: pod.name, namespace: pod.metadata.namespace ?? "default", name: name, hasEnded: ended.contains(name),
        isTroubled: isTroubled)
    }
  }
}
