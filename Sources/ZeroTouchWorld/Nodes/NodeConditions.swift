import ZeroTouchModel

/// The conditions of a node in the kubelet's and the node controller's words.
enum NodeConditions {
  static let networkMissing =
    "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady "
    + "message:Network plugin returns error: cni plugin not initialized"

  static func initial(timestamp: String) -> [JSONValue] {
    [
      condition(
        "MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", timestamp),
      condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", timestamp),
      condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", timestamp),
      condition("Ready", "False", "KubeletNotReady", networkMissing, timestamp),
    ]
  }

  static func ready(_ timestamp: String) -> JSONValue {
    condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", timestamp)
  }

  static func notReady(_ timestamp: String) -> JSONValue {
    condition("Ready", "False", "KubeletNotReady", networkMissing, timestamp)
  }

  static func unknown(_ type: String, _ timestamp: String) -> JSONValue {
    condition(type, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", timestamp)
  }

  static func networkAvailable(_ timestamp: String) -> JSONValue {
    condition("NetworkUnavailable", "False", "CiliumIsUp", "Cilium is running on this node", timestamp)
  }

  private static func condition(
    _ type: String, _ status: String, _ reason: String, _ message: String, _ timestamp: String
  ) -> JSONValue {
    [
      "type": .string(type), "status": .string(status), "reason": .string(reason), "message": .string(message),
      "lastHeartbeatTime": .string(timestamp), "lastTransitionTime": .string(timestamp),
    ]
  }
}
