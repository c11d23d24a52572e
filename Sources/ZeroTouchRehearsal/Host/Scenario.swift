package import ZeroTouchModel
package import ZeroTouchWorld

/// What a world's process is to simulate, as the file that describes it to the process.
package struct Scenario: Sendable, Hashable, Codable {
  /// One machine as the world finds it.
  package struct Machine: Sendable, Hashable, Codable {
    /// What a machine runs when the world begins.
    package enum State: String, Sendable, Hashable, Codable { case rescue, maintenance }

    package var name: String
    package var role: Node.Role
    package var address: String
    package var state: State
    /// How much later than the others it answers at all.
    package var delay: Duration?
    /// How long no time server answers it; nil when its clock is right from the beginning.
    package var timeDelay: Duration?
    /// The disk that is meant; nil makes the machine one with a single disk.
    package var disk: Disk?
    /// What is wrong with it.
    package var defect: MachineDefect?

    package init(
      name: String, role: Node.Role, address: String, state: State = .rescue, delay: Duration? = nil,
      disk: Disk? = nil, defect: MachineDefect? = nil
    ) {
      self.defect = defect
      self.name = name
      self.role = role
      self.address = address
      self.state = state
      self.delay = delay
      self.disk = disk
    }
  }

  /// What is known of a disk; the rest is as usual.
  package struct Disk: Sendable, Hashable, Codable {
    package var serial: String?
    package var model: String?
    package var wwid: String?
    package var size: Int?
    package var path: String?

    /// A disk that fits a selector: a pattern's own text, the nearest size.
    package init(fitting selector: Node.DiskSelector) {
      let plain = { (text: String?) in text?.filter { $0 != "*" } }
      serial = plain(selector.serial)
      model = plain(selector.model)
      wwid = plain(selector.wwid)
      size = selector.size.map {
        $0.comparison == .more ? $0.bytes + 1 : $0.comparison == .less ? $0.bytes - 1 : $0.bytes
      }
      path = selector.path
    }
  }

  /// A chart that lies on the disk, and under which address Applications ask for it.
  package struct Chart: Sendable, Hashable, Codable {
    package var repoURL: String
    package var chart: String
    package var version: String
    package var path: String

    package init(repoURL: String, chart: String, version: String, path: String) {
      self.repoURL = repoURL
      self.chart = chart
      self.version = version
      self.path = path
    }
  }

  /// The name of the cluster.
  package var name: String
  package var machines: [Machine]
  /// Whether kind is to make the cluster; otherwise a world without machines begins with one.
  package var awaitsKind: Bool
  /// How many seconds of the world pass in one real second.
  package var speed: Double
  /// The working tree that the rehearsed Git server serves.
  package var repository: String
  /// The address under which it serves it.
  package var repoURL: String
  /// The charts that are rendered by helm; every other one comes from the catalogue.
  package var charts: [Chart]

  package init(
    name: String, machines: [Machine], awaitsKind: Bool = false, speed: Double, repository: String, repoURL: String,
    charts: [Chart] = []
  ) {
    self.name = name
    self.machines = machines
    self.awaitsKind = awaitsKind
    self.speed = speed
    self.repository = repository
    self.repoURL = repoURL
    self.charts = charts
  }
}

extension Node.Role: Codable {}
