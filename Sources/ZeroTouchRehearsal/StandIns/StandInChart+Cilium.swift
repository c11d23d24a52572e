extension StandInChart {
  /// Cilium 1.19.6: the objects that rendering the published chart with the platform's values gives,
  /// reduced to what schedules, becomes ready and is looked at.
  package static let cilium = StandInChart(
    name: "cilium", repoURL: "https://helm.cilium.io", version: "1.19.6", appVersion: "1.19.6",
    values: #"""
      ipam: {mode: cluster-pool}
      kubeProxyReplacement: "false"
      k8sServiceHost: ""
      k8sServicePort: ""
      cgroup: {autoMount: {enabled: true}, hostRoot: /run/cilium/cgroupv2}
      securityContext:
        capabilities:
          ciliumAgent: [CHOWN, KILL, NET_ADMIN, NET_RAW, IPC_LOCK, SYS_MODULE, SYS_ADMIN, SYS_RESOURCE, DAC_OVERRIDE, FOWNER, SETGID, SETUID, SYSLOG]
          cleanCiliumState: [NET_ADMIN, SYS_MODULE, SYS_ADMIN, SYS_RESOURCE]
      envoy: {securityContext: {capabilities: {keepCapNetBindService: false, envoy: [NET_ADMIN, SYS_ADMIN]}}}
      gatewayAPI:
        enabled: false
        enableAlpn: false
        enableAppProtocol: false
        gatewayClass: {create: auto}
        hostNetwork: {enabled: false}
      l2announcements: {enabled: false}
      k8sClientRateLimit: {qps: 10, burst: 20}
      bpf: {masquerade: false, hostLegacyRouting: false}
      hubble: {enabled: true}
      operator: {replicas: 2, annotations: {}, podAnnotations: {}}
      """#,
    templates: [
      "agent.yaml": agent, "envoy.yaml": envoy, "operator.yaml": ciliumOperator, "rbac.yaml": rbac,
      "gateway.yaml": gateway,
    ])

  private static let agent = #"""
    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: cilium, namespace: {{ .Release.Namespace }}}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: cilium-config, namespace: {{ .Release.Namespace }}}
    data:
      cluster-name: default
      enable-bpf-masquerade: {{ .Values.bpf.masquerade | quote }}
      enable-host-legacy-routing: {{ .Values.bpf.hostLegacyRouting | quote }}
      enable-gateway-api: {{ .Values.gatewayAPI.enabled | quote }}
      gateway-api-hostnetwork-enabled: {{ .Values.gatewayAPI.hostNetwork.enabled | quote }}
      {{- if .Values.l2announcements.enabled }}
      enable-l2-announcements: "true"
      {{- end }}
      envoy-keep-cap-netbindservice: {{ .Values.envoy.securityContext.capabilities.keepCapNetBindService | quote }}
      k8s-client-qps: {{ .Values.k8sClientRateLimit.qps | quote }}
      k8s-client-burst: {{ .Values.k8sClientRateLimit.burst | quote }}
      ipam: {{ .Values.ipam.mode }}
      kube-proxy-replacement: {{ .Values.kubeProxyReplacement | quote }}
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: cilium
      namespace: {{ .Release.Namespace }}
      labels: {k8s-app: cilium, app.kubernetes.io/part-of: cilium, app.kubernetes.io/name: cilium-agent}
    spec:
      selector: {matchLabels: {k8s-app: cilium}}
      updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}
      template:
        metadata:
          labels: {k8s-app: cilium, app.kubernetes.io/name: cilium-agent, app.kubernetes.io/part-of: cilium}
        spec:
          serviceAccountName: cilium
          hostNetwork: true
          priorityClassName: system-node-critical
          tolerations: [{operator: Exists}]
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {k8s-app: cilium}}}
          initContainers:
            - name: clean-cilium-state
              image: quay.io/cilium/cilium:v{{ .Chart.AppVersion }}
              command: [/init-container.sh]
              securityContext:
                capabilities: {add: {{ .Values.securityContext.capabilities.cleanCiliumState | toJson }}, drop: [ALL]}
          containers:
            - name: cilium-agent
              image: quay.io/cilium/cilium:v{{ .Chart.AppVersion }}
              command: [cilium-agent]
              args: [--config-dir=/tmp/cilium/config-map]
              env:
                - {name: KUBERNETES_SERVICE_HOST, value: {{ .Values.k8sServiceHost | quote }}}
                - {name: KUBERNETES_SERVICE_PORT, value: {{ .Values.k8sServicePort | quote }}}
              securityContext:
                capabilities: {add: {{ .Values.securityContext.capabilities.ciliumAgent | toJson }}, drop: [ALL]}
    """#

  private static let envoy = #"""
    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: cilium-envoy, namespace: {{ .Release.Namespace }}}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: cilium-envoy-config, namespace: {{ .Release.Namespace }}}
    data: {bootstrap-config.json: "{}"}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: cilium-envoy
      namespace: {{ .Release.Namespace }}
      labels: {k8s-app: cilium-envoy, app.kubernetes.io/part-of: cilium}
    spec:
      clusterIP: None
      type: ClusterIP
      selector: {k8s-app: cilium-envoy}
      ports: [{name: envoy-metrics, port: 9964, protocol: TCP, targetPort: envoy-metrics}]
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: cilium-envoy
      namespace: {{ .Release.Namespace }}
      labels: {k8s-app: cilium-envoy, name: cilium-envoy, app.kubernetes.io/part-of: cilium}
    spec:
      selector: {matchLabels: {k8s-app: cilium-envoy}}
      updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}
      template:
        metadata:
          labels: {k8s-app: cilium-envoy, name: cilium-envoy, app.kubernetes.io/name: cilium-envoy}
        spec:
          serviceAccountName: cilium-envoy
          hostNetwork: true
          priorityClassName: system-node-critical
          tolerations: [{operator: Exists}]
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {k8s-app: cilium-envoy}}}
          containers:
            - name: cilium-envoy
              image: quay.io/cilium/cilium-envoy:v1.36
              command: [/usr/bin/cilium-envoy-starter]
              args:
                {{- if .Values.envoy.securityContext.capabilities.keepCapNetBindService }}
                - --keep-cap-net-bind-service
                {{- end }}
                - --
                - -c /var/run/cilium/envoy/bootstrap-config.json
              securityContext:
                capabilities: {add: {{ .Values.envoy.securityContext.capabilities.envoy | toJson }}, drop: [ALL]}
              ports: [{name: envoy-metrics, containerPort: 9964, hostPort: 9964, protocol: TCP}]
    """#

  private static let ciliumOperator = #"""
    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: cilium-operator, namespace: {{ .Release.Namespace }}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: cilium-operator
      namespace: {{ .Release.Namespace }}
      labels: {io.cilium/app: operator, name: cilium-operator, app.kubernetes.io/part-of: cilium}
      {{- with .Values.operator.annotations }}
      annotations: {{ toJson . }}
      {{- end }}
    spec:
      replicas: {{ .Values.operator.replicas }}
      selector: {matchLabels: {io.cilium/app: operator, name: cilium-operator}}
      strategy:
        type: RollingUpdate
        rollingUpdate: {maxSurge: 25%, maxUnavailable: {{ if eq (int .Values.operator.replicas) 1 }}100%{{ else }}50%{{ end }}}
      template:
        metadata:
          labels: {io.cilium/app: operator, name: cilium-operator, app.kubernetes.io/name: cilium-operator}
          {{- with .Values.operator.podAnnotations }}
          annotations: {{ toJson . }}
          {{- end }}
        spec:
          serviceAccountName: cilium-operator
          hostNetwork: true
          priorityClassName: system-cluster-critical
          tolerations:
            - {key: node-role.kubernetes.io/control-plane, operator: Exists}
            - {key: node-role.kubernetes.io/master, operator: Exists}
            - {key: node.kubernetes.io/not-ready, operator: Exists}
            - {key: node.cloudprovider.kubernetes.io/uninitialized, operator: Exists}
            - {key: node.cilium.io/agent-not-ready, operator: Exists}
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {io.cilium/app: operator}}}
          containers:
            - name: cilium-operator
              image: quay.io/cilium/operator-generic:v{{ .Chart.AppVersion }}
              command: [cilium-operator-generic]
              env:
                - {name: KUBERNETES_SERVICE_HOST, value: {{ .Values.k8sServiceHost | quote }}}
                - {name: KUBERNETES_SERVICE_PORT, value: {{ .Values.k8sServicePort | quote }}}
              ports: [{name: prometheus, containerPort: 9963, hostPort: 9963, protocol: TCP}]
    """#

  private static let rbac = #"""
    {{- range list "cilium" "cilium-operator" }}
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: {{ . }}, labels: {app.kubernetes.io/part-of: cilium}}
    rules: [{apiGroups: ["cilium.io"], resources: ["*"], verbs: ["*"]}]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: {{ . }}, labels: {app.kubernetes.io/part-of: cilium}}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{ . }}}
    subjects: [{kind: ServiceAccount, name: {{ . }}, namespace: {{ $.Release.Namespace }}}]
    ---
    {{- end }}
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: cilium-config-agent, namespace: {{ .Release.Namespace }}}
    rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list, watch]}]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: cilium-config-agent, namespace: {{ .Release.Namespace }}}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: cilium-config-agent}
    subjects: [{kind: ServiceAccount, name: cilium, namespace: {{ .Release.Namespace }}}]
    """#

  private static let gateway = #"""
    {{- if .Values.gatewayAPI.enabled }}
    apiVersion: v1
    kind: Namespace
    metadata: {name: cilium-secrets, labels: {app.kubernetes.io/part-of: cilium}}
    {{- if or (eq .Values.gatewayAPI.gatewayClass.create "true") (and (eq .Values.gatewayAPI.gatewayClass.create "auto") (.Capabilities.APIVersions.Has "gateway.networking.k8s.io/v1/GatewayClass")) }}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: GatewayClass
    metadata: {name: cilium}
    spec:
      controllerName: io.cilium/gateway-controller
      description: The default Cilium GatewayClass
    {{- end }}
    {{- end }}
    """#
}
