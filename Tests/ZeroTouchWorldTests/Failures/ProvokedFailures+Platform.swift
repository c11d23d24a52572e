import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

extension ProvokedFailures {
  /// What goes wrong with Argo CD and what it brings.
  static let platforms: [String: @Sendable () throws -> World] = [
    "repository-not-resolved": {
      var argo = ArgoCDWorld(dns: false)
      argo.repository["app"] = [Wanted.configMap("settings")]
      argo.apply(Wanted.application("app"))
      argo.after(30)
      return argo.world
    },
    "definition-missing": {
      var argo = ArgoCDWorld()
      argo.repository["app"] = [Wanted.configMap("first"), Wanted.widget]
      argo.apply(Wanted.application("app", retry: ["limit": 0]))
      argo.after(10)
      return argo.world
    },
    "external-secrets-version": {
      var argo = ExternalSecretsTests().world()
      var store = ExternalSecretsTests.store
      store["apiVersion"] = "external-secrets.io/v1beta1"
      argo.repository["app"] = [store]
      argo.apply(Wanted.application("app", retry: ["limit": 0]))
      argo.after(10)
      return argo.world
    },
    "health-check-missing": {
      var argo = SyncWaveTests().platform(nil)
      argo.after(30)
      return argo.world
    },
    "wave-waits-for-child": {
      var argo = SyncWaveTests().platform(ArgoCDWorld.gatingScript)
      argo.after(300)
      return argo.world
    },
    "out-of-sync-for-ever": {
      var argo = ArgoCDWorld()
      argo.repository["app"] = [Wanted.configMap("settings")]
      argo.apply(Wanted.application("app", automated: ["prune": true, "selfHeal": false]))
      argo.after(30)
      // A controller fills in what Git leaves open.
      argo.world.objects.update(ObjectKey(.configMaps, "apps", "settings")) { $0[path: "data", "value"] = "other" }
      argo.after(300)
      return argo.world
    },
    "manifests-have-two-owners": {
      var argo = ArgoCDWorld()
      argo.repository["cilium"] = [Wanted.configMap("cilium-settings")]
      argo.apply(Wanted.application("cilium", automated: nil))
      argo.after(30)
      argo.apply([
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": ["name": "talos-bootstrap-manifests-inventory", "namespace": "kube-system"],
        "data": ["kube-system_cilium_apps_DaemonSet": ""],
      ])
      return argo.world
    },
    "store-without-credentials": {
      var argo = ExternalSecretsTests().world()
      argo.apply(ExternalSecretsTests.store)
      argo.after(30)
      return argo.world
    },
    "secret-not-synced": {
      var argo = ExternalSecretsTests().world()
      argo.world.parameterAccount.unknown = "id"
      argo.apply(ExternalSecretsTests.secret(["id": "aWQ=", "secret": "c2VjcmV0"]))
      argo.apply(ExternalSecretsTests.store)
      argo.apply(ExternalSecretsTests.external)
      argo.after(60)
      return argo.world
    },
    "composition-forbidden": {
      var argo = try CompositionTests().world(roles: false)
      argo.apply(CompositionTests.claim)
      argo.after(10)
      return argo.world
    },
    "composition-never-ready": {
      var argo = try CompositionTests().world()
      argo.apply(CompositionTests.claim)
      argo.after(60)
      return argo.world
    },
    "flux-definition-missing": {
      flux(
        "kustomize.toolkit.fluxcd.io", "Kustomization", "kustomizations", spec: ["path": "./"],
        "ReconciliationFailed",
        #"ClusterIssuer/letsencrypt dry-run failed: no matches for kind "ClusterIssuer" in version "cert-manager.io/v1""#
      )
    },
    "flux-keeps-old-definitions": {
      flux(
        "helm.toolkit.fluxcd.io", "HelmRelease", "helmreleases", spec: ["upgrade": ["force": false]], "UpgradeFailed",
        #"Helm upgrade failed: strict decoding error: unknown field "spec.renewBefore""#)
    },
    "vault-sealed": {
      var argo = ArgoCDWorld()
      argo.repository["openbao"] = [Wanted.deployment("openbao")]
      argo.apply(Wanted.application("openbao"))
      argo.after(30)
      // Its pods run, and are not ready.
      argo.report("openbao", available: 0)
      argo.after(30)
      return argo.world
    },
  ]

  /// A world with one object of Flux, in Flux's words.
  private static func flux(
    _ group: String, _ kind: String, _ plural: String, spec: JSONValue, _ reason: String, _ message: String
  ) -> World {
    var argo = ArgoCDWorld()
    argo.apply(CustomKind(group: group, kind: kind, plural: plural, isNamespaced: true, versions: ["v1"]).definition)
    argo.after(3)
    argo.apply([
      "apiVersion": .string("\(group)/v1"), "kind": .string(kind), "metadata": ["name": "app", "namespace": "apps"],
      "spec": spec,
    ])
    argo.world.objects.update(ObjectKey(GroupResource(plural, group), "apps", "app")) {
      $0["status"] = [
        "conditions": [
          ["type": "Ready", "status": "False", "reason": .string(reason), "message": .string(message)]
        ]
      ]
    }
    argo.world.settle()
    return argo.world
  }
}
