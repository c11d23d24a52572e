import ZeroTouchManifests
import ZeroTouchModel

extension World {
  /// Where Talos keeps what is written, or has what its kubelet looks for already; the rest of its root is read-only.
  private static let present = [
    "/var", "/run", "/dev", "/proc", "/sys", "/tmp", "/system", "/boot", "/etc/cni", "/etc/kubernetes", "/etc/ssl",
    "/opt/cni", "/opt/containerd", "/usr/libexec/kubernetes", "/usr/lib/modules", "/lib/modules", "/usr/bin",
  ]
  private static let roots: Set<String> = ["etc", "home", "lib", "mnt", "opt", "root", "srv", "usr"]

  /// Why the kubelet of a node cannot make a folder that a pod wants of it; nil where it can.
  func mountProblem(of pod: JSONValue, on node: String) -> String? {
    let volumes = pod[path: "spec", "volumes"]?.arrayValue ?? []
    guard volumes.contains(where: { $0["hostPath"] != nil }), isTalos(node) else { return nil }
    for volume in volumes {
      let type = volume[path: "hostPath", "type"]?.stringValue ?? ""
      guard type.hasSuffix("OrCreate"), let path = volume[path: "hostPath", "path"]?.stringValue,
        let refused = readOnly(path, on: node)
      else { continue }
      let name = volume["name"]?.stringValue ?? ""
      return "MountVolume.SetUp failed for volume \"\(name)\" : mkdir \(refused): read-only file system"
    }
    return nil
  }

  /// The first folder of a path that would have to be made on a read-only root.
  private func readOnly(_ path: String, on node: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    let whole = "/" + parts.joined(separator: "/")
    let reachable = Self.present + kubeletMounts(of: node)
    let isPresent = reachable.contains { whole == $0 || whole.hasPrefix($0 + "/") }
    guard !isPresent, let first = parts.first else { return nil }
    guard Self.roots.contains(first) else { return "/" + first }
    return parts.count > 1 ? "/\(first)/\(parts[1])" : nil
  }

  /// The folders that a machine's configuration mounts into its kubelet.
  private func kubeletMounts(of node: String) -> [String] {
    guard let configuration = machines.kubelets[node].flatMap({ machines[$0] })?.configuration else { return [] }
    return (configuration.machine[path: "kubelet", "extraMounts"]?.arrayValue ?? [])
      .compactMap { $0["destination"]?.stringValue }
  }
}
