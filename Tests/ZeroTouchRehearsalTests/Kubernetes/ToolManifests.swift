import Foundation
import ZeroTouchModel

/// What the tests with real programs send.
enum ToolManifests {
  /// Cilium in its shortest form: without a network no node is ready.
  static let network: [JSONValue] = [
    workload(
      "DaemonSet", "cilium", ["k8s-app": "cilium"], container: "cilium-agent", image: "quay.io/cilium/cilium:v1.19.6"),
    workload(
      "Deployment", "cilium-operator", ["io.cilium/app": "operator"], container: "cilium-operator",
      image: "quay.io/cilium/operator-generic:v1.19.6"),
  ]

  private static func workload(
    _ kind: String, _ name: String, _ labels: [String: String], container: String, image: String
  ) -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": .string(kind), "metadata": ["name": .string(name), "namespace": "kube-system"],
      "spec": [
        "selector": ["matchLabels": JSONValue(labels)],
        "template": [
          "metadata": ["labels": JSONValue(labels)],
          "spec": [
            "hostNetwork": true, "tolerations": [["operator": "Exists"]],
            "containers": [["name": .string(container), "image": .string(image)]],
          ],
        ],
      ],
    ]
  }

  static func deployment(_ name: String = "web", replicas: Int = 2, image: String = "nginx:1") -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name), "namespace": "default"],
      "spec": [
        "replicas": JSONValue(replicas), "selector": ["matchLabels": ["app": .string(name)]],
        "template": [
          "metadata": ["labels": ["app": .string(name)]],
          "spec": ["containers": [["name": "main", "image": .string(image)]]],
        ],
      ],
    ]
  }

  /// A kind whose `spec.project` is a text, as in Argo CD's Application.
  static let definition: JSONValue = [
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
    "metadata": ["name": "applications.argoproj.io"],
    "spec": [
      "group": "argoproj.io", "scope": "Namespaced",
      "names": ["plural": "applications", "singular": "application", "kind": "Application", "shortNames": ["app"]],
      "versions": [
        [
          "name": "v1alpha1", "served": true, "storage": true,
          "additionalPrinterColumns": [["name": "Project", "type": "string", "jsonPath": ".spec.project"]],
          "schema": [
            "openAPIV3Schema": [
              "type": "object",
              "properties": [
                "spec": [
                  "type": "object", "description": "What is wanted.",
                  "properties": ["project": ["type": "string", "description": "The project it belongs to."]],
                ]
              ],
            ]
          ],
        ]
      ],
    ],
  ]

  static func application(project: JSONValue) -> JSONValue {
    [
      "apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": ["name": "a", "namespace": "default"],
      "spec": ["project": project],
    ]
  }

  /// Writes a chart with a Deployment, a Service, a ConfigMap and a hook.
  static func writeChart(to folder: String) throws {
    let templates = "\(folder)/chart/templates"
    try FileManager.default.createDirectory(atPath: templates, withIntermediateDirectories: true)
    try "apiVersion: v2\nname: demo\nversion: 0.1.0\n"
      .write(toFile: "\(folder)/chart/Chart.yaml", atomically: true, encoding: .utf8)
    try "replicas: 1\n".write(toFile: "\(folder)/chart/values.yaml", atomically: true, encoding: .utf8)
    try chart.write(toFile: "\(templates)/all.yaml", atomically: true, encoding: .utf8)
  }

  private static let chart = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: demo}
    spec:
      replicas: {{ .Values.replicas }}
      selector: {matchLabels: {app: demo}}
      template:
        metadata: {labels: {app: demo}}
        spec: {containers: [{name: main, image: "nginx:1", ports: [{containerPort: 80}]}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: demo}
    spec: {selector: {app: demo}, ports: [{port: 80}]}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: demo}
    data: {replicas: "{{ .Values.replicas }}"}
    ---
    apiVersion: batch/v1
    kind: Job
    metadata: {name: hook, annotations: {"helm.sh/hook": post-install}}
    spec: {template: {spec: {restartPolicy: Never, containers: [{name: x, image: "busybox:1"}]}}}
    """
}
