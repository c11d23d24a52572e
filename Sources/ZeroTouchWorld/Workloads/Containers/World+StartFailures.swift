import ZeroTouchModel

extension ContainerWork {
  /// The exit code of a container that its runtime could not start.
  static let cannotStart = 128
  /// When such a container says that it began.
  static let never = "1970-01-01T00:00:00Z"
}

extension World {
  /// What Talos gives no container, whatever is asked for: modules are loaded and machines rebooted by Talos alone.
  private static let withheldCapabilities: Set<String> = ["SYS_MODULE", "SYS_BOOT"]

  /// Why the runtime of a node cannot start a container, in its own words.
  func startFailure(of container: ContainerWork, _ pod: PodContext, _ object: JSONValue) -> String? {
    guard isTalos(pod.node) else { return nil }
    let list = object[path: "spec", container.isInit ? "initContainers" : "containers"]?.arrayValue ?? []
    let security = list.first { $0["name"]?.stringValue == container.name }?["securityContext"]
    // A privileged container gets what there is; only a list that names more is refused.
    guard security?["privileged"] != true else { return nil }
    let added = (security?[path: "capabilities", "add"]?.arrayValue ?? []).compactMap(\.stringValue)
    guard !Self.withheldCapabilities.isDisjoint(with: added) else { return nil }
    return "failed to create containerd task: failed to create shim task: OCI runtime create failed: "
      + "runc create failed: unable to start container process: error during container init: "
      + "unable to apply caps: operation not permitted"
  }

  /// Whether a node runs Talos.
  func isTalos(_ node: String) -> Bool {
    let image = objects[ObjectKey(.nodes, node)]?[path: "status", "nodeInfo", "osImage"]?.stringValue
    return image?.hasPrefix("Talos") == true
  }
}
