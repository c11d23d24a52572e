import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct PlatformOperatorTests {
  private func condition(_ argo: ArgoCDWorld, _ type: String, _ key: ObjectKey) -> String {
    let condition = argo.world.objects[key]?.condition(type)
    return "\(condition?["status"]?.stringValue ?? "-") \(condition?["reason"]?.stringValue ?? "-")"
  }

  private func makeReady(_ pod: ObjectKey, _ argo: inout ArgoCDWorld) {
    argo.world.objects.update(pod) { $0["status"] = ["conditions": [["type": "Ready", "status": "True"]]] }
    argo.world.settle()
  }

  @Test func `a scaled object is ready once its target exists and its queue answers`() {
    var argo = ArgoCDWorld.operated(serving: [("keda.sh", "ScaledObject", "scaledobjects", "v1alpha1")])
    let key = ObjectKey(GroupResource("scaledobjects", "keda.sh"), "apps", "worker")
    argo.apply([
      "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
      "metadata": ["name": "worker", "namespace": "apps"],
      "spec": [
        "scaleTargetRef": ["name": "worker"], "minReplicaCount": 2, "maxReplicaCount": 10,
        "triggers": [
          [
            "type": "nats-jetstream",
            "metadata": [
              "natsServerMonitoringEndpoint": "nats-headless.nats.svc.cluster.local:8222", "stream": "JOBS",
              "consumer": "workers",
            ],
          ]
        ],
      ],
    ])
    #expect(condition(argo, "Ready", key) == "- -")
    argo.run(.deployments, "keda-operator", in: "keda")
    #expect(condition(argo, "Ready", key) == "False ScaledObjectCheckFailed")
    argo.run(.deployments, "worker", in: "apps")
    #expect(condition(argo, "Ready", key) == "False TriggerError")
    argo.apply([
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "nats-headless", "namespace": "nats"],
      "spec": ["selector": ["app": "nats"], "ports": [["port": 8222]]],
    ])
    #expect(condition(argo, "Ready", key) == "False TriggerError")
    argo.apply([
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": "nats-0", "namespace": "nats", "labels": ["app": "nats"]],
      "spec": ["containers": [["name": "nats", "image": "nats:2.14.2"]]],
    ])
    makeReady(ObjectKey(.pods, "nats", "nats-0"), &argo)
    #expect(condition(argo, "Ready", key) == "False TriggerError", "nobody says whose queue it is")
    argo.world.objects.update(key) { scaled in
      scaled[path: "spec", "triggers"] = .array(
        (scaled[path: "spec", "triggers"]?.arrayValue ?? []).map { trigger in
          var trigger = trigger
          trigger[path: "metadata", "account"] = "$G"
          return trigger
        })
    }
    argo.world.settle()
    #expect(condition(argo, "Ready", key) == "True ScaledObjectReady")
    #expect(argo.object(.deployments, "worker")?[path: "spec", "replicas"] == 2)
    let autoscaler = argo.object(AutoscalerVersions.resource, "keda-hpa-worker")
    #expect(autoscaler?[path: "spec", "maxReplicas"] == 10)
    argo.world.objects.update(key) { $0[path: "spec", "maxReplicaCount"] = 20 }
    argo.world.settle()
    #expect(argo.object(AutoscalerVersions.resource, "keda-hpa-worker")?[path: "spec", "maxReplicas"] == 20)
  }

  @Test func `a database brings up one instance after the other, and waits for a plugin that nobody provides`() {
    var argo = ArgoCDWorld.operated(serving: [("postgresql.cnpg.io", "Cluster", "clusters", "v1")])
    let key = ObjectKey(GroupResource("clusters", "postgresql.cnpg.io"), "apps", "db")
    var cluster: JSONValue = [
      "apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": ["name": "db", "namespace": "apps"],
      "spec": ["instances": 2, "storage": ["size": "1Gi"], "plugins": [["name": "barman-cloud.cloudnative-pg.io"]]],
    ]
    argo.apply(cluster)
    argo.run(.deployments, "cloudnative-pg", in: "cnpg-system")
    func health(_ argo: ArgoCDWorld) -> String {
      HealthChecks().health(of: argo.world.objects[key] ?? [:])?.status.rawValue ?? "none"
    }
    #expect(health(argo) == "Suspended")
    #expect(argo.object(.pods, "db-1") == nil)
    argo.run(.deployments, "plugin-barman-cloud", in: "cnpg-system")
    #expect(argo.object(.pods, "db-1") != nil)
    #expect(argo.object(.secrets, "db-app") != nil)
    #expect(argo.object(.pods, "db-2") == nil)
    #expect(health(argo) == "Progressing")
    makeReady(ObjectKey(.pods, "apps", "db-1"), &argo)
    #expect(argo.world.objects[key]?[path: "status", "phase"] == "Creating a new replica")
    makeReady(ObjectKey(.pods, "apps", "db-2"), &argo)
    #expect(condition(argo, "Ready", key) == "True ClusterIsReady")
    #expect(health(argo) == "Healthy")
    cluster[path: "spec", "instances"] = 3
    argo.apply(cluster)
    #expect(health(argo) == "Progressing")
  }

  @Test func `a certificate is issued only by an issuer that is ready`() {
    var argo = ArgoCDWorld.operated(serving: [
      ("cert-manager.io", "Issuer", "issuers", "v1"), ("cert-manager.io", "ClusterIssuer", "clusterissuers", "v1"),
      ("cert-manager.io", "Certificate", "certificates", "v1"),
    ])
    argo.run(.deployments, "cert-manager", in: "cert-manager")
    argo.apply([
      "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": ["name": "web", "namespace": "apps"],
      "spec": ["secretName": "web-tls", "issuerRef": ["name": "authority"]],
    ])
    argo.apply([
      "apiVersion": "cert-manager.io/v1", "kind": "Issuer", "metadata": ["name": "authority", "namespace": "apps"],
      "spec": ["ca": ["secretName": "authority-key"]],
    ])
    argo.after(10)
    let key = ObjectKey(CertificateController.certificates, "apps", "web")
    #expect(condition(argo, "Ready", key) == "False DoesNotExist")
    #expect(argo.object(.secrets, "web-tls") == nil)
    argo.apply(["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "authority-key", "namespace": "apps"]])
    argo.after(10)
    #expect(condition(argo, "Ready", key) == "True Ready")
    #expect(argo.object(.secrets, "web-tls")?["type"] == "kubernetes.io/tls")
  }

  @Test func `an aggregated API is available while a pod answers for it`() {
    var argo = ArgoCDWorld.operated(serving: [])
    let key = ObjectKey(GroupResource("apiservices", "apiregistration.k8s.io"), "", "v1beta1.external.metrics.k8s.io")
    argo.apply([
      "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": ["name": .string(key.name)],
      "spec": [
        "group": "external.metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
        "service": ["name": "metrics", "namespace": "keda", "port": 443],
      ],
    ])
    #expect(condition(argo, "Available", key) == "False ServiceNotFound")
    argo.apply([
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "metrics", "namespace": "keda"],
      "spec": ["selector": ["app": "metrics"], "ports": [["port": 443]]],
    ])
    #expect(condition(argo, "Available", key) == "False MissingEndpoints")
    argo.apply([
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": "m", "namespace": "keda", "labels": ["app": "metrics"]],
      "spec": ["containers": [["name": "m", "image": "m:1"]]],
    ])
    makeReady(ObjectKey(.pods, "keda", "m"), &argo)
    #expect(condition(argo, "Available", key) == "True Passed")
  }

  @Test func `an authority is written into a webhook once its operator runs`() {
    var argo = ArgoCDWorld.operated(serving: [])
    let key = ObjectKey(GroupResource("validatingwebhookconfigurations", "admissionregistration.k8s.io"), "", "cnpg")
    argo.apply([
      "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
      "metadata": ["name": "cnpg"],
      "webhooks": [
        [
          "name": "vcluster.cnpg.io", "sideEffects": "None", "admissionReviewVersions": ["v1"],
          "clientConfig": ["service": ["name": "cnpg-webhook-service", "namespace": "cnpg-system"]],
        ]
      ],
    ])
    func bundle(_ argo: ArgoCDWorld) -> JSONValue? {
      argo.world.objects[key]?["webhooks"]?.arrayValue?.first?[path: "clientConfig", "caBundle"]
    }
    #expect(bundle(argo) == nil)
    argo.run(.deployments, "cloudnative-pg", in: "cnpg-system")
    #expect(bundle(argo) != nil)
  }

  @Test func `a Dragonfly is ready with its pods, a model configuration with its key`() {
    var argo = ArgoCDWorld.operated(serving: [
      ("dragonflydb.io", "Dragonfly", "dragonflies", "v1alpha1"),
      ("kagent.dev", "ModelConfig", "modelconfigs", "v1alpha2"),
      ("kagent.dev", "Agent", "agents", "v1alpha2"),
    ])
    let cache = ObjectKey(GroupResource("dragonflies", "dragonflydb.io"), "apps", "cache")
    argo.run(.deployments, "dragonfly-operator", in: "dragonfly-operator")
    argo.apply([
      "apiVersion": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "metadata": ["name": "cache", "namespace": "apps"],
      "spec": [
        "replicas": 2, "authentication": ["passwordFromSecret": ["name": "cache-password", "key": "password"]],
      ],
    ])
    #expect(argo.world.objects[cache]?[path: "status", "phase"] == "ResourcesCreated")
    // So that its pods wait for the Secret as the kubelet has it.
    let pod = argo.object(.statefulSets, "cache")?[path: "spec", "template", "spec", "containers"]?.arrayValue?.first
    let password = pod?["env"]?.arrayValue?.first?[path: "valueFrom", "secretKeyRef"]
    #expect(password == ["name": "cache-password", "key": "password"])
    argo.world.objects.update(ObjectKey(.statefulSets, "apps", "cache")) { $0["status"] = ["readyReplicas": 2] }
    argo.world.settle()
    #expect(argo.world.objects[cache]?[path: "status", "phase"] == "Ready")
    argo.world.objects.update(cache) { $0[path: "spec", "replicas"] = 3 }
    argo.world.settle()
    #expect(argo.object(.statefulSets, "cache")?[path: "spec", "replicas"] == 3)
    #expect(argo.world.objects[cache]?[path: "status", "phase"] == "ResourcesCreated")

    let model = ObjectKey(GroupResource("modelconfigs", "kagent.dev"), "kagent", "model")
    let agent = ObjectKey(GroupResource("agents", "kagent.dev"), "kagent", "librarian")
    argo.run(.deployments, "kagent-controller", in: "kagent")
    argo.apply([
      "apiVersion": "kagent.dev/v1alpha2", "kind": "ModelConfig", "metadata": ["name": "model", "namespace": "kagent"],
      "spec": ["provider": "OpenAI", "model": "m", "apiKeySecret": "key"],
    ])
    argo.apply([
      "apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "metadata": ["name": "librarian", "namespace": "kagent"],
      "spec": ["type": "Declarative", "declarative": ["modelConfig": "model"]],
    ])
    #expect(condition(argo, "Accepted", model) == "False ModelConfigReconcileFailed")
    #expect(condition(argo, "Accepted", agent) == "False ReconcileFailed")
    argo.apply(["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "key", "namespace": "kagent"]])
    #expect(condition(argo, "Accepted", agent) == "True Reconciled")
    #expect(argo.object(.deployments, "librarian", in: "kagent") != nil)
    #expect(condition(argo, "Ready", agent) == "False DeploymentNotReady")
    argo.world.objects.update(agent) { $0[path: "spec", "declarative", "deployment"] = ["replicas": 2] }
    argo.world.settle()
    #expect(argo.object(.deployments, "librarian", in: "kagent")?[path: "spec", "replicas"] == 2)
  }
}
