/// One machine of the cluster.
package struct Node: Sendable, Hashable {
  package enum Role: String, Sendable, Hashable, CaseIterable {
    case controlPlane = "control-plane"
    case worker
  }

  /// Which disk Talos is installed on.
  package struct DiskSelector: Sendable, Hashable {
    package var serial: String?
    package var model: String?
    package var wwid: String?
    /// A path such as `/dev/nvme0n1`; taken literally.
    package var path: String?

    package init(serial: String? = nil, model: String? = nil, wwid: String? = nil, path: String? = nil) {
      self.serial = serial
      self.model = model
      self.wwid = wwid
      self.path = path
    }
  }

  package var name: String
  package var role: Role
  /// An IPv4 or IPv6 address.
  package var address: IPAddress
  package var disk: DiskSelector?
  /// Strategic-merge patches of the machine configuration, relative to the repository.
  package var patches: [String]
  /// The private key that opens the rescue system.
  package var sshKey: SecretReference?

  package init(
    name: String, role: Role, address: IPAddress, disk: DiskSelector? = nil, patches: [String] = [],
    sshKey: SecretReference? = nil
  ) {
    self.name = name
    self.role = role
    self.address = address
    self.disk = disk
    self.patches = patches
    self.sshKey = sshKey
  }
}
