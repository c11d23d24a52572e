import TestSupport
import ZeroTouchModel
import ZeroTouchTools

/// Objects of a cluster as its API would show them, with the fields that gates look at.
enum ClusterObjects {
  static func node(_ name: String, ready: Bool = true, taints: [String] = [], cordoned: Bool = false) -> JSONValue {
    [
      "metadata": ["name": .string(name)],
      "spec": [
        "unschedulable": .bool(cordoned),
        "taints": .array(taints.map { ["key": .string($0), "effect": "NoSchedule"] }),
      ],
      "status": [
        "conditions": [
          [
            "type": "Ready", "status": ready ? "True" : "False",
            "message": ready ? "kubelet is posting ready status" : "cni plugin not initialized",
          ]
        ]
      ],
    ]
  }

  static func deployment(
    _ name: String, in namespace: String, wanted: Int = 1, ready: Int = 1, updated: Int? = nil, observed: Int = 1
  ) -> JSONValue {
    [
      "metadata": ["name": .string(name), "namespace": .string(namespace), "generation": 1],
      "spec": ["replicas": JSONValue(wanted), "selector": ["matchLabels": ["app": .string(name)]]],
      "status": [
        "observedGeneration": JSONValue(observed), "updatedReplicas": JSONValue(updated ?? wanted),
        "readyReplicas": JSONValue(ready), "availableReplicas": JSONValue(ready),
      ],
    ]
  }

  static func statefulSet(_ name: String, in namespace: String, wanted: Int = 1, ready: Int = 1) -> JSONValue {
    [
      "metadata": ["name": .string(name), "namespace": .string(namespace), "generation": 1],
      "spec": ["replicas": JSONValue(wanted), "selector": ["matchLabels": ["app": .string(name)]]],
      "status": [
        "observedGeneration": 1, "readyReplicas": JSONValue(ready), "availableReplicas": JSONValue(ready),
        "currentRevision": "r1", "updateRevision": "r1",
      ],
    ]
  }

  static func daemonSet(
    _ name: String, in namespace: String, wanted: Int, ready: Int, updated: Int? = nil
  ) -> JSONValue {
    [
      "metadata": ["name": .string(name), "namespace": .string(namespace), "generation": 1],
      "spec": ["selector": ["matchLabels": ["app": .string(name)]]],
      "status": [
        "observedGeneration": 1, "desiredNumberScheduled": JSONValue(wanted), "numberReady": JSONValue(ready),
        "updatedNumberScheduled": JSONValue(updated ?? wanted), "numberAvailable": JSONValue(ready),
      ],
    ]
  }

  /// A pod of the workload `app` that is not ready, for one of the two usual reasons.
  /// A Cilium agent on a node.
  static func agent(on node: String, isReady: Bool) -> JSONValue {
    [
      "metadata": ["name": .string("cilium-\(node)"), "namespace": "kube-system", "labels": ["k8s-app": "cilium"]],
      "spec": ["nodeName": .string(node)],
      "status": ["phase": "Running", "conditions": [["type": "Ready", "status": isReady ? "True" : "False"]]],
    ]
  }

  static func pod(
    _ name: String, of app: String, in namespace: String, waiting: (reason: String, message: String)? = nil,
    unschedulable: String? = nil
  ) -> JSONValue {
    var pod: JSONValue = [
      "metadata": [
        "name": .string(name), "namespace": .string(namespace), "labels": ["app": .string(app)],
      ],
      "spec": [:], "status": ["phase": "Pending", "conditions": []],
    ]
    if let unschedulable {
      pod[path: "status", "conditions"] = [
        ["type": "PodScheduled", "status": "False", "message": .string(unschedulable)]
      ]
    }
    if let waiting {
      pod[path: "spec", "nodeName"] = "cp01"
      pod[path: "status", "containerStatuses"] = [
        [
          "name": "main", "restartCount": 3,
          "state": ["waiting": ["reason": .string(waiting.reason), "message": .string(waiting.message)]],
        ]
      ]
    }
    return pod
  }

  static func definition(_ name: String, established: Bool = true, since: String = "2026-01-01T00:00:10Z") -> JSONValue
  {
    [
      "metadata": ["name": .string(name)],
      "status": [
        "conditions": [
          ["type": "Established", "status": established ? "True" : "False", "lastTransitionTime": .string(since)]
        ]
      ],
    ]
  }

  static func gatewayClass(accepted: Bool) -> JSONValue {
    [
      "metadata": ["name": "cilium"],
      "status": [
        "conditions": [
          ["type": "Accepted", "status": accepted ? "True" : "Unknown", "message": "Waiting for controller"]
        ]
      ],
    ]
  }

  /// A ready Cilium operator.
  static func operatorPod(readySince since: String) -> JSONValue {
    [
      "metadata": [
        "name": "cilium-operator-1", "namespace": "kube-system", "labels": ["io.cilium/app": "operator"],
      ],
      "status": ["conditions": [["type": "Ready", "status": "True", "lastTransitionTime": .string(since)]]],
    ]
  }

  static func application(
    _ name: String, sync: String = "Synced", health: String = "Healthy", revision: String = "abc",
    phase: String? = "Succeeded", message: String = "", healthMessage: String = ""
  ) -> JSONValue {
    var application: JSONValue = [
      "metadata": ["name": .string(name), "namespace": "argocd"],
      "status": [
        "sync": ["status": .string(sync), "revision": .string(revision)],
        "health": ["status": .string(health), "message": .string(healthMessage)],
      ],
    ]
    if let phase {
      application[path: "status", "operationState"] = ["phase": .string(phase), "message": .string(message)]
    }
    return application
  }
}
