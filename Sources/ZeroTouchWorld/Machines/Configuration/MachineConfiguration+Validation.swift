import Foundation
package import ZeroTouchManifests
import ZeroTouchModel

extension MachineConfiguration {
  /// What is wrong with the configuration of a machine of metal, as `talosctl validate -m metal` finds it.
  package func problems() -> ErrorList {
    var list = ErrorList()
    if main != nil {
      let own = mainProblems()
      if !own.isEmpty { list.append("v1alpha1.Config: \(own)") }
    }
    for document in documents where document["kind"]?.stringValue == "HostnameConfig" {
      let own = Self.hostnameProblems(document)
      if !own.isEmpty { list.append("HostnameConfig: \(own.joined(separator: "\n"))") }
    }
    list.append(ErrorList(conflicts()))
    return list
  }

  /// What is not wrong but worth a word.
  package var warnings: [String] {
    guard main != nil else { return [] }
    var warnings: [String] = []
    if machine["type"]?.stringValue?.isEmpty ?? true {
      warnings.append("use \"worker\" instead of \"\" for machine type")
    }
    if isControlPlane, cni == "custom", cluster.strings("network", "cni", "urls").isEmpty {
      warnings.append("\"urls\" field should not be empty for \"custom\" CNI")
    }
    return warnings
  }

  private func mainProblems() -> ErrorList {
    guard main?["machine"] != nil else { return ErrorList(["machine instructions are required"]) }
    var list = ErrorList()
    list.append(clusterProblems())
    list.append(ErrorList(installProblems()))
    let dns = machine[path: "features", "hostDNS"]
    if dns?["forwardKubeDNSToHost"]?.boolValue == true, dns?["enabled"]?.boolValue != true {
      list.append(
        "feature hostDNS.forwardKubeDNSToHost requires hostDNS.enabled to be true (.machine.features.hostDNS)")
    }
    list.append(ErrorList(authorityProblems()))
    list.append(ErrorList(labelProblems()))
    if main?["persist"]?.boolValue == false { list.append(".persist should be enabled") }
    return list
  }

  private func installProblems() -> [String] {
    guard let install = machine["install"], install.objectValue != nil else {
      return ["install instructions are required in \"metal\" mode"]
    }
    var problems: [String] = []
    let hasSelector = install["diskSelector"]?.objectValue?.isEmpty == false
    if install[path: "diskSelector", "name"] != nil {
      problems.append("install disk selector is invalid: selector on name is not supported")
    }
    if install["disk"]?.stringValue?.isEmpty ?? true, !hasSelector {
      problems.append("either install disk or diskSelector should be defined")
    }
    if install["extraKernelArgs"]?.arrayValue?.isEmpty == false, install["grubUseUKICmdline"]?.boolValue == true {
      problems.append("install.extraKernelArgs and install.grubUseUKICmdline can't be used together")
    }
    return problems
  }

  private func authorityProblems() -> [String] {
    let hasKey = machine[path: "ca", "key"]?.stringValue?.isEmpty == false
    let hasCertificate = machine[path: "ca", "crt"]?.stringValue?.isEmpty == false
    let accepts = machine["acceptedCAs"]?.arrayValue?.isEmpty == false
    var problems: [String] = []
    if machine["ca"] == nil, !accepts {
      problems.append("issuing CA or some accepted CAs are required (.machine.ca, machine.acceptedCAs)")
    }
    switch type {
    case "controlplane", "init":
      problems += cniProblems()
      if machine["ca"] == nil {
        problems.append("issuing CA is required (.machine.ca)")
      } else if !hasKey {
        problems.append("issuing CA key is required for controlplane nodes (.machine.ca.key)")
      }
    case "worker":
      if hasKey { problems.append("issuing Talos API CA key is not allowed on non-controlplane nodes (.machine.ca)") }
      if machine["ca"] != nil, !hasCertificate, !accepts {
        problems.append(
          "trusted CA certificates are required on non-controlplane nodes (.machine.ca.crt, .machine.acceptedCAs)")
      }
      if cluster[path: "ca", "key"]?.stringValue?.isEmpty == false {
        problems.append("issuing Kubernetes API CA key is not allowed on non-controlplane nodes (.cluster.ca)")
      }
    default: problems.append("unknown machine type \"\(type)\"")
    }
    return problems
  }

  private func cniProblems() -> [String] {
    guard cluster["network"] != nil else { return [] }
    let urls = cluster.strings("network", "cni", "urls")
    guard ["flannel", "custom", "none"].contains(cni) else {
      return ["cni name should be one of [\"flannel\", \"custom\", \"none\"]"]
    }
    guard cni != "custom", !urls.isEmpty else { return cniFlannelProblems() }
    return ["\"urls\" field should be empty for \"\(cni)\" CNI"] + cniFlannelProblems()
  }

  private func cniFlannelProblems() -> [String] {
    guard cni != "flannel", let flannel = cluster[path: "network", "cni", "flannel"] else { return [] }
    var problems: [String] = []
    if flannel["extraArgs"]?.arrayValue?.isEmpty == false {
      problems.append("\"flanneldExtraArgs\" field should be empty for \"\(cni)\" CNI")
    }
    if flannel["kubeNetworkPoliciesEnabled"]?.boolValue == true {
      problems.append("\"flannelKubeNetworkPoliciesEnabled\" should not be enabled for \"\(cni)\" CNI")
    }
    return problems
  }
}
