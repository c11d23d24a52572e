extension StandInChart {
  /// Argo CD's chart 10.1.1 (Argo CD 3.4.4): six Deployments, the controller, their Services and
  /// configuration, and the three CRDs, named as the release `argocd` names them.
  package static let argoCD = StandInChart(
    name: "argo-cd", repoURL: "https://argoproj.github.io/argo-helm", version: "10.1.1", appVersion: "v3.4.4",
    values: #"""
      global: {tolerations: [], image: {repository: quay.io/argoproj/argocd}}
      crds: {install: true, keep: true}
      configs:
        cm:
          # The kinds that the chart leaves alone; whoever writes this key replaces the list.
          resource.exclusions: |
            - apiGroups: ["", discovery.k8s.io]
              kinds: [Endpoints, EndpointSlice]
            - apiGroups: [coordination.k8s.io]
              kinds: [Lease]
            - apiGroups: [authentication.k8s.io, authorization.k8s.io]
              kinds: [SelfSubjectReview, TokenReview, LocalSubjectAccessReview, SelfSubjectAccessReview, SelfSubjectRulesReview, SubjectAccessReview]
            - apiGroups: [certificates.k8s.io]
              kinds: [CertificateSigningRequest]
            - apiGroups: [cert-manager.io]
              kinds: [CertificateRequest]
            - apiGroups: [cilium.io]
              kinds: [CiliumIdentity, CiliumEndpoint, CiliumEndpointSlice]
            - apiGroups: [kyverno.io, reports.kyverno.io, wgpolicyk8s.io]
              kinds: [PolicyReport, ClusterPolicyReport, EphemeralReport, ClusterEphemeralReport, AdmissionReport, ClusterAdmissionReport, BackgroundScanReport, ClusterBackgroundScanReport, UpdateRequest]
        params: {}
      """#,
    templates: ["crds.yaml": crds, "configuration.yaml": configuration, "workloads.yaml": workloads])

  private static let crds = #"""
    {{- if .Values.crds.install }}
    {{- range list (list "Application" "applications" "application") (list "ApplicationSet" "applicationsets" "applicationset") (list "AppProject" "appprojects" "appproject") }}
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: {{ index . 1 }}.argoproj.io
      labels: {app.kubernetes.io/part-of: argocd}
      {{- if $.Values.crds.keep }}
      annotations: {helm.sh/resource-policy: keep}
      {{- end }}
    spec:
      group: argoproj.io
      scope: Namespaced
      names:
        kind: {{ index . 0 }}
        listKind: {{ index . 0 }}List
        plural: {{ index . 1 }}
        singular: {{ index . 2 }}
        {{- if eq (index . 0) "Application" }}
        shortNames: [app, apps]
        {{- end }}
      versions:
        - name: v1alpha1
          served: true
          storage: true
          {{- if eq (index . 0) "Application" }}
          additionalPrinterColumns:
            - {name: Sync Status, type: string, jsonPath: .status.sync.status}
            - {name: Health Status, type: string, jsonPath: .status.health.status}
            - {name: Revision, type: string, jsonPath: .status.sync.revision, priority: 10}
          {{- end }}
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
    ---
    {{- end }}
    {{- end }}
    """#

  private static let configuration = #"""
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: argocd-cm
      namespace: {{ .Release.Namespace }}
      labels: {app.kubernetes.io/name: argocd-cm, app.kubernetes.io/part-of: argocd}
    data:
      application.instanceLabelKey: argocd.argoproj.io/instance
      {{- range $key, $value := .Values.configs.cm }}
      {{ $key }}: {{ $value | toJson }}
      {{- end }}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: argocd-cmd-params-cm
      namespace: {{ .Release.Namespace }}
      labels: {app.kubernetes.io/name: argocd-cmd-params-cm, app.kubernetes.io/part-of: argocd}
    data:
      application.namespaces: ""
      {{- range $key, $value := .Values.configs.params }}
      {{ $key }}: {{ $value | toJson }}
      {{- end }}
    {{- range list "argocd-rbac-cm" "argocd-ssh-known-hosts-cm" "argocd-tls-certs-cm" "argocd-gpg-keys-cm" "argocd-notifications-cm" }}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ . }}
      namespace: {{ $.Release.Namespace }}
      labels: {app.kubernetes.io/name: {{ . }}, app.kubernetes.io/part-of: argocd}
    data: {}
    {{- end }}
    ---
    apiVersion: v1
    kind: Secret
    metadata:
      name: argocd-secret
      namespace: {{ .Release.Namespace }}
      labels: {app.kubernetes.io/name: argocd-secret, app.kubernetes.io/part-of: argocd}
    type: Opaque
    """#

  private static let workloads = #"""
    {{- range list "server" "repo-server" "redis" "dex-server" "applicationset-controller" "notifications-controller" "application-controller" }}
    {{- $image := printf "%s:%s" $.Values.global.image.repository $.Chart.AppVersion }}
    {{- if eq . "redis" }}{{ $image = "ecr-public.aws.com/docker/library/redis:8.2.3-alpine" }}{{ end }}
    {{- if eq . "dex-server" }}{{ $image = "ghcr.io/dexidp/dex:v2.45.1" }}{{ end }}
    {{- $stateful := eq . "application-controller" }}
    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: argocd-{{ . }}, namespace: {{ $.Release.Namespace }}, labels: {app.kubernetes.io/part-of: argocd}}
    ---
    apiVersion: apps/v1
    kind: {{ if $stateful }}StatefulSet{{ else }}Deployment{{ end }}
    metadata:
      name: argocd-{{ . }}
      namespace: {{ $.Release.Namespace }}
      labels:
        app.kubernetes.io/component: {{ . }}
        app.kubernetes.io/instance: {{ $.Release.Name }}
        app.kubernetes.io/name: argocd-{{ . }}
        app.kubernetes.io/part-of: argocd
    spec:
      replicas: 1
      {{- if $stateful }}
      serviceName: argocd-application-controller
      {{- end }}
      selector:
        matchLabels: {app.kubernetes.io/name: argocd-{{ . }}, app.kubernetes.io/instance: {{ $.Release.Name }}}
      template:
        metadata:
          labels:
            app.kubernetes.io/name: argocd-{{ . }}
            app.kubernetes.io/instance: {{ $.Release.Name }}
            app.kubernetes.io/part-of: argocd
        spec:
          serviceAccountName: argocd-{{ . }}
          {{- with $.Values.global.tolerations }}
          tolerations: {{ toJson . }}
          {{- end }}
          containers:
            - name: {{ . }}
              image: {{ $image }}
    ---
    {{- end }}
    {{- range $name, $port := dict "server" 443 "repo-server" 8081 "redis" 6379 "dex-server" 5556 "applicationset-controller" 7000 }}
    apiVersion: v1
    kind: Service
    metadata: {name: argocd-{{ $name }}, namespace: {{ $.Release.Namespace }}, labels: {app.kubernetes.io/part-of: argocd}}
    spec:
      selector: {app.kubernetes.io/name: argocd-{{ $name }}, app.kubernetes.io/instance: {{ $.Release.Name }}}
      ports: [{name: main, port: {{ $port }}, protocol: TCP}]
    ---
    {{- end }}
    """#
}
