import ZeroTouchModel

extension World {
  private static let selectedNode = "volume.kubernetes.io/selected-node"
  private static let defaultClass = "storageclass.kubernetes.io/is-default-class"

  /// What keeps a pod's claims from letting it be scheduled at all.
  func claimProblem(of request: SchedulingRequest) -> String? {
    for key in request.claims {
      guard let claim = objects[key] else { return "persistentvolumeclaim \"\(key.name)\" not found" }
      if isBound(claim) || waitsForConsumer(claim) { continue }
      return "pod has unbound immediate PersistentVolumeClaims"
    }
    return nil
  }

  /// Whether the volumes of a pod's bound claims can be reached from a node.
  func volumesReach(_ node: NodeRecord, _ request: SchedulingRequest) -> Bool {
    request.claims.allSatisfy { key in
      guard let claim = objects[key], let volume = claim[path: "spec", "volumeName"]?.stringValue,
        let object = objects[ObjectKey(.persistentVolumes, volume)],
        let terms = object[path: "spec", "nodeAffinity", "required", "nodeSelectorTerms"]?.arrayValue
      else { return true }
      return terms.contains { term in
        LabelRequirements(expressions: LabelRequirements.expressions(term["matchExpressions"])).matches(node.labels)
      }
    }
  }

  func isBound(_ claim: JSONValue) -> Bool { claim[path: "status", "phase"] == "Bound" }

  private func storageClass(of claim: JSONValue) -> JSONValue? {
    guard let name = claim[path: "spec", "storageClassName"]?.stringValue, !name.isEmpty else { return nil }
    return objects[ObjectKey(.storageClasses, name)]
  }

  private func waitsForConsumer(_ claim: JSONValue) -> Bool {
    storageClass(of: claim)?["volumeBindingMode"] == "WaitForFirstConsumer"
  }

  /// Brings a claim one step nearer to its volume, or says what it waits for.
  mutating func sync(claim key: ObjectKey) {
    guard let claim = objects[key], !isBound(claim), claim[path: "metadata", "deletionTimestamp"] == nil else { return }
    guard let name = claim[path: "spec", "storageClassName"]?.stringValue else { return adoptDefaultClass(key) }
    if claim[path: "spec", "volumeName"] != nil { return bindNamed(key, claim) }
    guard let storageClass = objects[ObjectKey(.storageClasses, name)] else {
      guard !name.isEmpty else { return noteClaim(key, "FailedBinding", Self.nothingAvailable) }
      let message = "storageclass.storage.k8s.io \"\(name)\" not found"
      return noteClaim(key, "ProvisioningFailed", message, .warning)
    }
    let consumer = claim[path: "metadata", "annotations", Self.selectedNode]?.stringValue
    if storageClass["volumeBindingMode"] == "WaitForFirstConsumer", consumer == nil {
      return noteClaim(key, "WaitForFirstConsumer", "waiting for first consumer to be created before binding")
    }
    request(key, from: storageClass["provisioner"]?.stringValue ?? "")
  }

  private static let nothingAvailable = "no persistent volumes available for this claim and no storage class is set"

  private mutating func adoptDefaultClass(_ key: ObjectKey) {
    let fallback = objects.list(.storageClasses).last { item in
      item.object[path: "metadata", "annotations", Self.defaultClass] == "true"
    }
    guard let fallback else { return noteClaim(key, "FailedBinding", Self.nothingAvailable) }
    objects.update(key) { $0[path: "spec", "storageClassName"] = .string(fallback.key.name) }
  }

  /// Tells the unbound claims of a pod where it is going; says whether all are bound already.
  mutating func selectNode(_ node: String, forClaimsOf request: SchedulingRequest) -> Bool {
    let unbound = request.claims.filter { key in objects[key].map { !isBound($0) } ?? true }
    for key in unbound {
      objects.update(key) { $0[path: "metadata", "annotations", Self.selectedNode] = .string(node) }
    }
    return unbound.isEmpty
  }

  private mutating func request(_ key: ObjectKey, from provisioner: String) {
    objects.update(key) { claim in
      claim[path: "metadata", "annotations", "volume.kubernetes.io/storage-provisioner"] = .string(provisioner)
    }
    noteClaim(
      key, "ExternalProvisioning",
      "Waiting for a volume to be created either by the external provisioner '\(provisioner)' or manually by the "
        + "system administrator. If volume creation is delayed, please verify that the provisioner is running and "
        + "correctly registered.")
    guard provisionerRuns(provisioner), !hasHelper(key) else { return }
    start(
      Timer(VolumeProvisioner.controllerName, key, VolumeProvisioner.Purpose.provision),
      after: RealWorld.volumeProvision.declared.typical)
  }

  private mutating func noteClaim(_ key: ObjectKey, _ reason: String, _ message: String, _ type: EventType = .normal) {
    recordEvent(type, reason, message, about: key, from: VolumeProvisioner.controllerName)
  }

  /// Whether a pod belongs to the local-path provisioner.
  func isProvisioner(_ key: ObjectKey) -> Bool {
    guard let labels = index.pods[key]?.labels else { return false }
    return labels["app"] == "local-path-provisioner" || labels["app.kubernetes.io/name"] == "local-path-provisioner"
  }

  private func provisionerRuns(_ name: String) -> Bool {
    name == "rancher.io/local-path" && index.pods.values.contains { $0.isReady && isProvisioner($0.key) }
  }

  private mutating func bindNamed(_ key: ObjectKey, _ claim: JSONValue) {
    let volume = ObjectKey(.persistentVolumes, claim[path: "spec", "volumeName"]?.stringValue ?? "")
    guard let object = objects[volume] else { return }
    bind(key, claim, to: volume, object)
  }

  /// Makes the volume of a claim and binds both.
  mutating func provision(_ key: ObjectKey) {
    guard let claim = objects[key], !isBound(claim), let uid = claim[path: "metadata", "uid"]?.stringValue,
      let storageClass = storageClass(of: claim)
    else { return }
    let volume = ObjectKey(.persistentVolumes, "pvc-\(uid)")
    let node = claim[path: "metadata", "annotations", Self.selectedNode]?.stringValue
    guard makeFolder(of: volume.name, for: key, on: node), let node else { return }
    workloads.provisioningFailures[key] = nil
    objects.insert(persistentVolume(claim, storageClass, node), at: volume, timestamp: timestamp)
    recordEvent(
      .normal, "ProvisioningSucceeded", "Successfully provisioned volume \(volume.name)", about: key,
      from: storageClass["provisioner"]?.stringValue ?? "")
    if let object = objects[volume] { bind(key, claim, to: volume, object) }
  }

  private func persistentVolume(_ claim: JSONValue, _ storageClass: JSONValue, _ node: String) -> JSONValue {
    let size = claim[path: "spec", "resources", "requests", "storage"] ?? "1Gi"
    let claimNames = (
      claim[path: "metadata", "namespace"]?.stringValue ?? "", claim[path: "metadata", "name"]?.stringValue ?? ""
    )
    let directory = "pvc-\(claim[path: "metadata", "uid"]?.stringValue ?? "")_\(claimNames.0)_\(claimNames.1)"
    let folder = localPath?.folder(on: node) ?? ""
    let spec: JSONValue = [
      "accessModes": claim[path: "spec", "accessModes"] ?? ["ReadWriteOnce"], "capacity": ["storage": size],
      "persistentVolumeReclaimPolicy": storageClass["reclaimPolicy"] ?? "Delete",
      "storageClassName": storageClass[path: "metadata", "name"] ?? "", "volumeMode": "Filesystem",
      "hostPath": ["path": .string("\(folder)/\(directory)"), "type": "DirectoryOrCreate"],
      "nodeAffinity": [
        "required": [
          "nodeSelectorTerms": [
            ["matchExpressions": [["key": "kubernetes.io/hostname", "operator": "In", "values": [.string(node)]]]]
          ]
        ]
      ],
    ]
    return [
      "apiVersion": "v1", "kind": "PersistentVolume",
      "metadata": ["annotations": ["pv.kubernetes.io/provisioned-by": storageClass["provisioner"] ?? ""]],
      "spec": spec, "status": ["phase": "Available"],
    ]
  }

  private mutating func bind(_ key: ObjectKey, _ claim: JSONValue, to volume: ObjectKey, _ object: JSONValue) {
    let reference: JSONValue = [
      "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": .string(key.name),
      "namespace": .string(key.namespace), "uid": claim[path: "metadata", "uid"] ?? "",
    ]
    objects.update(volume) {
      $0[path: "spec", "claimRef"] = reference
      $0[path: "status", "phase"] = "Bound"
    }
    objects.update(key) {
      $0[path: "spec", "volumeName"] = .string(volume.name)
      $0[path: "metadata", "annotations", "pv.kubernetes.io/bind-completed"] = "yes"
      $0["status"] = [
        "phase": "Bound", "accessModes": object[path: "spec", "accessModes"] ?? [],
        "capacity": object[path: "spec", "capacity"] ?? [:],
      ]
    }
    for pod in index.pods(naming: key) { objects.touch(pod) }
  }

  /// Deletes or releases the volume of a claim that is gone.
  mutating func releaseVolume(of claim: ObjectKey) {
    workloads.provisioningFailures[claim] = nil
    for (key, volume) in objects.list(.persistentVolumes) {
      let reference = volume[path: "spec", "claimRef"]
      guard reference?["name"]?.stringValue == claim.name, reference?["namespace"]?.stringValue == claim.namespace
      else {
        continue
      }
      if volume[path: "spec", "persistentVolumeReclaimPolicy"] == "Delete" {
        objects.remove(key)
      } else {
        objects.update(key) { $0[path: "status", "phase"] = "Released" }
      }
    }
  }
}
