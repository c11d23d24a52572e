import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Whether the manifests that Talos takes for its own network are Cilium's.
  func takesCilium(_ talos: TalosFile) -> Bool {
    guard talos.node("cluster", "network", "cni", "name")?.text == "custom" else { return false }
    let addresses = (talos.node("cluster", "network", "cni", "urls")?.items ?? []).compactMap(\.text)
    return !addresses.isEmpty && addresses.allSatisfy(leadsToCilium)
  }

  /// Whether an address names Cilium, or leads to a file of this tree that holds it.
  private func leadsToCilium(_ address: String) -> Bool {
    let parts = address.split(separator: "/").map(String.init)
    if parts.contains(where: { $0.lowercased().contains("cilium") }) { return true }
    let tails = parts.indices.map { parts[$0...].joined(separator: "/") }
    return tails.compactMap { tree[$0] }.flatMap(\.documents).contains {
      $0["kind"]?.text == "DaemonSet" && $0["metadata"]?["name"]?.text == "cilium"
    }
  }
}
