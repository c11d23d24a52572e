/// Kinds that operators which everybody knows bring along: what they are is no secret, and who installs them may be.
package enum PublicKinds {
  private static let groups: Set<String> = [
    "acid.zalan.do", "argoproj.io", "autoscaling.k8s.io", "barmancloud.cnpg.io", "bitnami.com", "cdi.kubevirt.io",
    "ceph.rook.io", "cert-manager.io", "acme.cert-manager.io", "chaos-mesh.org", "cilium.io", "cluster.x-k8s.io",
    "clickhouse.altinity.com", "crd.projectcalico.org", "dapr.io", "databases.spotahome.com", "dragonflydb.io",
    "elbv2.k8s.aws", "elasticsearch.k8s.elastic.co", "external-secrets.io", "externaldns.k8s.io",
    "gateway.envoyproxy.io", "gateway.networking.k8s.io", "generators.external-secrets.io",
    "grafana.integreatly.org", "infrastructure.cluster.x-k8s.io", "isindir.github.com", "jaegertracing.io",
    "k8s.mariadb.com", "k8s.nginx.org", "k8up.io", "kafka.strimzi.io", "kagent.dev", "karpenter.k8s.aws",
    "karpenter.sh", "keda.sh", "kibana.k8s.elastic.co", "kubevirt.io", "kyverno.io", "linkerd.io",
    "logging.banzaicloud.io",
    "longhorn.io", "metallb.io", "minio.min.io", "monitoring.coreos.com", "monitoring.grafana.com",
    "networking.istio.io", "operator.victoriametrics.com", "opentelemetry.io", "policies.kyverno.io",
    "postgres-operator.crunchydata.com", "postgresql.cnpg.io", "projectcontour.io", "rabbitmq.com",
    "redis.redis.opstreelabs.in",
    "secrets-store.csi.x-k8s.io", "secrets.hashicorp.com", "security.istio.io", "serving.knative.dev",
    "snapshot.storage.k8s.io", "tailscale.com", "tekton.dev", "telemetry.istio.io", "traefik.containo.us", "traefik.io",
    "trust.cert-manager.io", "upgrade.cattle.io", "velero.io", "volsync.backube", "vpcresources.k8s.aws",
    "apps.emqx.io", "helm.cattle.io", "k8s.cni.cncf.io", "nats.io", "jetstream.nats.io", "sparkoperator.k8s.io",
    "templates.gatekeeper.sh", "constraints.gatekeeper.sh", "config.gatekeeper.sh", "hub.traefik.io",
  ]
  private static let endings = [
    ".crossplane.io", ".upbound.io", ".fluxcd.io", ".fluxcd.controlplane.io", ".knative.dev", ".openshift.io",
    ".istio.io", ".x-k8s.io",
  ]

  package static func contain(_ kind: GroupKind) -> Bool {
    groups.contains(kind.group) || endings.contains(where: kind.group.hasSuffix)
  }
}
