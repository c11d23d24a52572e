import ZeroTouchModel

/// What the local-path provisioner does until a volume is there.
extension World {
  /// How long the provisioner waits for its helper pod.
  private static let helperTimeout = 120

  /// The settings of the provisioner that runs.
  var localPath: LocalPathSettings? {
    let pods = index.pods.values.filter { $0.isReady && isProvisioner($0.key) }
    return pods.min { $0.key < $1.key }.flatMap { objects[$0.key] }.map { LocalPathSettings($0, in: self) }
  }

  /// Whether a helper pod works on a claim's volume.
  func hasHelper(_ claim: ObjectKey) -> Bool { timers.isPending(helperTimer(claim)) }

  /// Makes the folder of a volume; false when that does not work, or not at once.
  mutating func makeFolder(of volume: String, for claim: ObjectKey, on node: String?) -> Bool {
    guard let settings = localPath else { return false }
    guard let node else {
      failProvisioning(claim, "configuration error, no node was specified")
      return false
    }
    let helper = settings.helper(volume, on: node)
    if let violation = podSecurityViolation(of: helper["spec"] ?? [:], in: settings.namespace) {
      let name = LocalPathSettings.helperName(volume)
      failProvisioning(
        claim, "failed to create volume \(volume): pods \"\(name)\" is forbidden: violates PodSecurity \(violation)")
      return false
    }
    guard mountProblem(of: helper, on: node) != nil else { return true }
    // The pod never starts, and its events say why.
    _ = apply(helper, manager: "local-path-provisioner")
    start(helperTimer(claim), after: .seconds(Self.helperTimeout))
    return false
  }

  /// The provisioner gives its helper pod up.
  mutating func helperTimedOut(_ claim: ObjectKey) {
    guard let uid = objects[claim]?[path: "metadata", "uid"]?.stringValue else { return }
    let volume = "pvc-\(uid)"
    if let namespace = localPath?.namespace {
      delete(ObjectKey(.pods, namespace, LocalPathSettings.helperName(volume)))
    }
    failProvisioning(
      claim, "failed to create volume \(volume): create process timeout after \(Self.helperTimeout) seconds")
  }

  private mutating func failProvisioning(_ claim: ObjectKey, _ reason: String) {
    let name = objects[claim]?[path: "spec", "storageClassName"]?.stringValue ?? ""
    recordEvent(
      .warning, "ProvisioningFailed", "failed to provision volume with StorageClass \"\(name)\": \(reason)",
      about: claim, from: "rancher.io/local-path")
    let failures = workloads.provisioningFailures[claim, default: 0]
    workloads.provisioningFailures[claim] = failures + 1
    // The provisioner doubles its pause from a quarter of a minute on.
    let pause = Duration.seconds(min(15 << min(failures, 6), 1000))
    start(Timer(VolumeProvisioner.controllerName, claim, VolumeProvisioner.Purpose.provision), after: pause)
  }

  private func helperTimer(_ claim: ObjectKey) -> Timer {
    Timer(VolumeProvisioner.controllerName, claim, VolumeProvisioner.Purpose.helper)
  }
}
