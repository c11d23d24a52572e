import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

/// The kinds of resources that the simulated machines have.
enum TalosResourceKind: CaseIterable {
  case machineStatus, member, disk, volume, hostname, manifest, nodeAnnotation

  /// The headings behind the common ones.
  var columns: [String] {
    switch self {
    case .machineStatus: ["STAGE", "READY"]
    case .member: ["HOSTNAME", "MACHINE TYPE", "OS", "ADDRESSES"]
    case .disk: ["SIZE", "READ ONLY", "TRANSPORT", "ROTATIONAL", "WWID", "MODEL", "SERIAL"]
    case .volume: ["TYPE", "SIZE", "DISCOVERED", "LABEL", "PARTITIONLABEL"]
    case .hostname: ["HOSTNAME", "DOMAINNAME"]
    case .manifest: []
    case .nodeAnnotation: ["VALUE"]
    }
  }

  /// The resources of this kind on one machine, in the order of their names.
  ///
  /// - Parameter detailed: The names of manifests whose contents are asked for; a table shows none.
  func resources(
    on machine: Machine, _ world: World, node: String, detailed: (String) -> Bool = { _ in true }
  ) -> [TalosResource] {
    switch self {
    case .machineStatus: [Self.status(machine, world, node)].compactMap(\.self)
    case .member:
      world.discovered(by: machine.address).map { Self.member($0, machine, world, node) }.sorted { $0.id < $1.id }
    case .disk: machine.disks.map { Self.disk($0, machine, world, node) }
    case .volume: TalosVolume.all(on: machine).map { $0.resource(machine, world, node) }
    case .hostname: [Self.hostname(machine, world, node)]
    case .nodeAnnotation:
      (machine.installation?.configuration.nodeAnnotations ?? [:]).sorted { $0.key < $1.key }.map {
        Self.annotation($0.key, $0.value, machine, world, node)
      }
    case .manifest:
      world.manifestNames(on: machine.address).map {
        Self.manifest($0, detailed($0) ? world.manifestObjects($0, on: machine.address) : [], machine, world, node)
      }
    }
  }

  private static func annotation(
    _ key: String, _ value: String, _ machine: Machine, _ world: World, _ node: String
  ) -> TalosResource {
    let created = world.timestamp(at: machine.booted)
    return TalosResource(
      node: node, kind: .nodeAnnotation, id: key, version: 1, created: created,
      updated: created, spec: ["key": .string(key), "value": .string(value)], columns: [value])
  }

  private static func status(_ machine: Machine, _ world: World, _ node: String) -> TalosResource? {
    guard let status = world.machineStatus(machine.address) else { return nil }
    let unmet = status.unmet.map { JSONValue.object(["name": .string($0.name), "reason": .string($0.reason)]) }
    return TalosResource(
      node: node, kind: .machineStatus, id: "machine",
      version: machine.statusVersion, created: world.timestamp(at: machine.booted),
      updated: world.timestamp(at: machine.changed),
      spec: [
        "stage": .string(status.stage), "status": ["ready": .bool(status.isReady), "unmetConditions": .array(unmet)],
      ],
      columns: [status.stage, "\(status.isReady)"])
  }

  private static func member(_ member: Machine, _ seer: Machine, _ world: World, _ node: String) -> TalosResource {
    let type = member.configuration?.isControlPlane == true ? "controlplane" : "worker"
    let system = "Talos (\(Machine.talosVersion))"
    let created = world.timestamp(at: max(member.booted, seer.booted))
    return TalosResource(
      node: node, kind: .member, id: member.hostname, version: 1,
      created: created, updated: created,
      spec: [
        "addresses": [.string("\(member.address)")], "hostname": .string(member.hostname), "machineType": .string(type),
        "nodeId": "", "operatingSystem": .string(system),
      ],
      columns: [member.hostname, type, system, "[\"\(member.address)\"]"])
  }

  private static func disk(_ disk: Disk, _ machine: Machine, _ world: World, _ node: String) -> TalosResource {
    let transport = disk.name.hasPrefix("nvme") ? "nvme" : "sata"
    let size = "\((disk.size + 500_000_000) / 1_000_000_000) GB"
    let booted = world.timestamp(at: machine.booted)
    return TalosResource(
      node: node, kind: .disk, id: disk.name, version: 1, created: booted,
      updated: booted,
      spec: [
        "dev_path": .string(disk.path), "io_size": 512, "model": .string(disk.model), "pretty_size": .string(size),
        "readonly": false, "rotational": false, "sector_size": 512, "serial": .string(disk.serial),
        "size": JSONValue(disk.size), "transport": .string(transport), "wwid": .string(disk.wwid),
      ],
      columns: [size, "false", transport, "", disk.wwid, disk.model, disk.serial])
  }

  private static func manifest(
    _ name: String, _ objects: [JSONValue], _ machine: Machine, _ world: World, _ node: String
  ) -> TalosResource {
    let created = world.timestamp(at: machine.booted)
    return TalosResource(
      node: node, kind: .manifest, id: name, version: 1,
      created: created, updated: created, spec: .array(objects), columns: [])
  }

  private static func hostname(_ machine: Machine, _ world: World, _ node: String) -> TalosResource {
    let booted = world.timestamp(at: machine.booted)
    return TalosResource(
      node: node, kind: .hostname, id: "hostname", version: 1,
      created: booted, updated: booted, spec: ["domainname": "", "hostname": .string(machine.hostname)],
      columns: [machine.hostname, ""])
  }
}
