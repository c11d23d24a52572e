import ZeroTouchModel
import ZeroTouchTools

extension ClusterState {
  private static let cilium = "kube-system/cilium-config"

  /// A GatewayClass that is missing or that nobody took, where Cilium is to serve Gateways.
  var gatewaySymptoms: [Symptom] {
    guard settings(Self.cilium)?["enable-gateway-api"] == "true" else { return [] }
    guard items(ObservedGatewayClass.resource) != nil else { return [] }
    let classes = all(ObservedGatewayClass.self)
    guard let own = classes.first(where: { $0.name == "cilium" }) else {
      return [Symptom(.gateway, "GatewayClass cilium", "does not exist")]
    }
    let accepted = own.conditions.named("Accepted")
    guard accepted?.isTrue != true else { return [] }
    return [
      Symptom(.gateway, "GatewayClass cilium", "not Accepted: \(accepted?.message ?? "nobody has looked at it")")
    ]
  }

  /// Load balancers that have no address, or whose address nobody answers for.
  var addressSymptoms: [Symptom] {
    let isAnnounced = settings(Self.cilium)?["enable-l2-announcements"] == "true"
    let holders = Set(
      (items("leases.coordination.k8s.io") ?? []).filter {
        $0[path: "spec", "holderIdentity"]?.stringValue?.isEmpty == false
      }.compactMap { $0[path: "metadata", "name"]?.stringValue })
    return (items("services") ?? []).compactMap { service in
      guard let metadata = ObjectMetadata(service), service[path: "spec", "type"] == "LoadBalancer" else { return nil }
      let subject = metadata.called("Service")
      guard let address = service[path: "status", "loadBalancer", "ingress"]?.arrayValue?.first?["ip"]?.stringValue
      else { return Symptom(.address, subject, "it has no address: \(Self.refusal(of: service))") }
      let lease = "cilium-l2announce-\(metadata.namespace ?? "")-\(metadata.name)"
      guard isAnnounced, !holders.contains(lease) else { return nil }
      return Symptom(.address, subject, "no node answers for its address \(address): nobody holds the Lease \(lease)")
    }
  }

  private static func refusal(of service: JSONValue) -> String {
    let conditions = service[path: "status", "conditions"]?.arrayValue ?? []
    let satisfied = conditions.first { $0["type"] == "cilium.io/IPAMRequestSatisfied" }
    return satisfied?["message"]?.stringValue ?? "nobody gave it one"
  }

  /// Settings that explain failures, and one that is one.
  var configurationSymptoms: [Symptom] {
    var found: [Symptom] = []
    let config = settings(Self.cilium) ?? [:]
    if config["enable-bpf-masquerade"] == "true", config["enable-host-legacy-routing"] != "true" {
      found.append(
        Symptom(.configuration, "ConfigMap \(Self.cilium)", "Cilium masquerades by BPF", isTrouble: false))
    }
    if let argocd = settings("argocd/argocd-cm"),
      argocd["resource.customizations.health.argoproj.io_Application"] == nil
    {
      found.append(
        Symptom(.configuration, "ConfigMap argocd/argocd-cm", "it has no health check for Applications"))
    }
    let inventory = "kube-system/talos-bootstrap-manifests-inventory"
    let rows = (settings(inventory) ?? [:]).keys.filter { $0.contains("cilium") }
    if !rows.isEmpty {
      found.append(
        Symptom(
          .configuration, "ConfigMap \(inventory)", "Talos still lists \(rows.count) objects of Cilium",
          isTrouble: false))
    }
    return found
  }

  /// What Flux does not bring.
  var fluxSymptoms: [Symptom] {
    [(Self.kustomizations, "Kustomization"), (Self.helmReleases, "HelmRelease")].flatMap { resource, kind in
      (items(resource) ?? []).compactMap { json in
        guard let metadata = ObjectMetadata(json) else { return nil }
        let conditions = json[path: "status", "conditions"]?.arrayValue ?? []
        guard let ready = conditions.first(where: { $0["type"] == "Ready" }), ready["status"] != "True" else {
          return nil
        }
        let words = "\(ready["reason"]?.stringValue ?? ""): \(ready["message"]?.stringValue ?? "")".inOneLine
        let policy = json[path: "spec", "upgrade", "crds"]?.stringValue ?? "Skip"
        let isSkipping = kind == "HelmRelease" && policy == "Skip" && words.contains("UpgradeFailed")
        return Symptom(
          .flux, metadata.called(kind),
          words + (isSkipping ? "; its upgrades skip definitions" : ""))
      }
    }
  }
}
