import ZeroTouchManifests
import ZeroTouchModel

extension World {
  /// Whether the cluster's DNS finds no name outside: it asks the host's, and Cilium's BPF masquerading loses the answers.
  var losesForwardedNames: Bool {
    let settings = ciliumConfig()
    guard settings["enable-bpf-masquerade"] == "true", settings["enable-host-legacy-routing"] != "true" else {
      return false
    }
    return machines.all.contains { $0.installation?.configuration.forwardsDNSToHost == true }
  }
}

extension MachineConfiguration {
  fileprivate var forwardsDNSToHost: Bool {
    let settings = machine[path: "features", "hostDNS"]
    return settings?["enabled"] == true && settings?["forwardKubeDNSToHost"] == true
  }
}
