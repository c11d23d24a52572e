/// A rendering of Cilium that every gate and machine can work with, and the Gateway API's CRDs beside it, both reduced
/// to what is looked at.
package enum CiliumRendering {
  package static let text = """
    ---
    apiVersion: v1
    kind: Namespace
    metadata: {name: cilium-secrets}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: cilium-config, namespace: kube-system}
    data:
      kube-proxy-replacement: "true"
      enable-gateway-api: "true"
      gateway-api-hostnetwork-enabled: "true"
      ipam: kubernetes
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: cilium-gateway-secrets, namespace: cilium-secrets}
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: cilium, namespace: kube-system}
    spec:
      selector: {matchLabels: {k8s-app: cilium}}
      template:
        metadata: {labels: {k8s-app: cilium, app.kubernetes.io/name: cilium-agent}}
        spec:
          containers:
            - name: cilium-agent
              env:
                - {name: KUBERNETES_SERVICE_HOST, value: localhost}
                - {name: KUBERNETES_SERVICE_PORT, value: "7445"}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: cilium-operator
      namespace: kube-system
      annotations: {argocd.argoproj.io/ignore-healthcheck: "true"}
    spec:
      replicas: 2
      selector: {matchLabels: {io.cilium/app: operator, name: cilium-operator}}
      template:
        metadata: {labels: {io.cilium/app: operator, name: cilium-operator}}
        spec:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {io.cilium/app: operator}}}
          containers:
            - name: cilium-operator
              env:
                - {name: KUBERNETES_SERVICE_HOST, value: localhost}
                - {name: KUBERNETES_SERVICE_PORT, value: "7445"}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: GatewayClass
    metadata: {name: cilium}
    spec: {controllerName: io.cilium/gateway-controller}

    """

  /// The CRDs that Cilium's operator looks for.
  package static let definitions = [
    ("gatewayclasses", "v1"), ("gateways", "v1"), ("grpcroutes", "v1"), ("httproutes", "v1"),
    ("referencegrants", "v1beta1"),
  ].map { plural, version in
    """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: \(plural).gateway.networking.k8s.io
      annotations:
        gateway.networking.k8s.io/bundle-version: v1.4.1
        gateway.networking.k8s.io/channel: standard
    spec: {versions: [{name: \(version), served: true}]}

    """
  }.joined(separator: "---\n")
}
