/// What the caller of one run says about the installation of machines, beside the spec.
package struct DiskInstallation: Sendable, Hashable {
  /// The program that answers ssh's questions: zerotouch itself.
  package var askpass: String?
  package var wiping = WipePermission()
  /// Whether the laptop streams the image out of its cache, for servers without a way out.
  package var sendsImage = false
  /// The machines whose keys are known before anybody connects, each with its own file of known hosts.
  package var pinned: [String: String] = [:]

  /// How many images are written, and programs run, side by side; nil leaves it at what a laptop bears.
  package var width: Int?

  package init(askpass: String? = nil) { self.askpass = askpass }
}

/// What may be wiped beside empty disks.
package struct WipePermission: Sendable, Hashable {
  /// The cluster whose name was given to say that the chosen disks may be wiped, whatever they carry.
  package var cluster: String?
  /// The machines whose disks were shown before the name was given; nil where it was given for all of them.
  package var machines: Set<String>?
  /// Whether the signatures of all other disks go too.
  package var clearsOtherDisks: Bool

  package init(cluster: String? = nil, clearsOtherDisks: Bool = false) {
    self.cluster = cluster
    self.clearsOtherDisks = clearsOtherDisks
  }

  /// What of it holds for one machine.
  package func permission(for machine: String) -> WipePermission {
    machines?.contains(machine) == false ? WipePermission() : self
  }
}
