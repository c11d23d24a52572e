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
    /// A bound such as `>= 500GB`.
    package var size: DiskSize?
    /// A path such as `/dev/nvme0n1`; taken literally.
    package var path: String?

    package init(
      serial: String? = nil, model: String? = nil, wwid: String? = nil, size: DiskSize? = nil, path: String? = nil
    ) {
      self.serial = serial
      self.model = model
      self.wwid = wwid
      self.size = size
      self.path = path
    }
  }

  /// How the machine's rescue system is entered; the agent of ssh where nothing is named.
  package struct Access: Sendable, Hashable {
    /// The private key.
    package var sshKey: SecretReference?
    /// The password of root; a key is preferred.
    package var password: SecretReference?
    package var port: Int

    package init(sshKey: SecretReference? = nil, password: SecretReference? = nil, port: Int = 22) {
      self.sshKey = sshKey
      self.password = password
      self.port = port
    }

    /// Whether anything is named that opens it.
    package var isNamed: Bool { sshKey != nil || password != nil }
  }

  package var name: String
  package var role: Role
  /// An IPv4 or IPv6 address.
  package var address: IPAddress
  package var disk: DiskSelector?
  /// Strategic-merge patches of the machine configuration, relative to the repository.
  package var patches: [String]
  /// What opens the rescue system.
  package var access: Access
  /// How a cloud controller knows the machine, such as `hrobot://2400000`.
  package var providerID: String?
  package var labels: [String: String]
  /// The taints by key, each `value:Effect` or `Effect`.
  package var taints: [String: String]
  /// The interfaces that are configured by hand; the others ask DHCP.
  package var interfaces: [NetworkInterface]

  package init(
    name: String, role: Role, address: IPAddress, disk: DiskSelector? = nil, patches: [String] = [],
    access: Access = Access(), providerID: String? = nil, labels: [String: String] = [:],
    taints: [String: String] = [:],
    interfaces: [NetworkInterface] = []
  ) {
    self.name = name
    self.role = role
    self.address = address
    self.disk = disk
    self.patches = patches
    self.access = access
    self.providerID = providerID
    self.labels = labels
    self.taints = taints
    self.interfaces = interfaces
  }

  /// Every network the machine is on by its configuration, VLANs included.
  package var networks: [NetworkInterface.Settings] { interfaces.flatMap(\.networks) }

  /// Whether the machine has more than one address to choose from.
  package var isMultiHomed: Bool { networks.count > 1 || networks.contains { $0.addresses.count > 1 } }

  /// The addresses that the control planes share on this machine's networks.
  package var sharedAddresses: [IPAddress] { networks.compactMap(\.vip) }
}
