import ZeroTouchManifests
import ZeroTouchModel

extension MachineConfiguration {
  /// What a machine itself finds wrong when the configuration reaches it: its disks and the version of Kubernetes.
  func problems(on disks: [Disk]) -> ErrorList {
    var list = ErrorList()
    if let problem = kubernetesVersionProblem { list.append(problem) }
    guard let selector = machine[path: "install", "diskSelector"], selector.objectValue?.isEmpty == false else {
      return list
    }
    if !disks.contains(where: { $0.matches(selector) }) {
      list.append("no disks matched the expression: \(Disk.expression(selector))")
    }
    return list
  }

  /// Talos 1.13 runs Kubernetes 1.31 to 1.36, read from the tag of the kubelet's image.
  private var kubernetesVersionProblem: String? {
    guard !kubeletImage.isEmpty, let version = SemanticVersion(kubernetesVersion) else { return nil }
    let talos = Machine.talosVersion.dropFirst()
    let newest = SemanticVersion(1, 36, 99)
    if version < SemanticVersion(1, 31, 0) {
      return "version of Kubernetes \(version) is too old to be used with Talos \(talos)"
    }
    return version > newest ? "version of Kubernetes \(version) is too new to be used with Talos \(talos)" : nil
  }
}
