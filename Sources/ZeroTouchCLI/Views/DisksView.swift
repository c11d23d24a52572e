import ZeroTouchModel
import ZeroTouchTools

/// The disks of machines, as a table with the line that means each of them.
enum DisksView {
  static func text(_ machines: [(Node, [BlockDevice])]) -> String {
    var table = Table(header: ["NODE", "DISK", "SERIAL", "WWID", "MODEL", "SIZE", "HOLDS"])
    for (node, disks) in machines {
      for disk in disks {
        let cells = [disk.serial, disk.wwid, disk.model].map { $0.isEmpty ? "-" : $0 }
        table.rows.append([node.name, disk.path] + cells + [disk.sizeInWords, disk.contents])
      }
    }
    let hints = machines.filter { $0.0.disk == nil && $0.1.count > 1 }.map { node, disks in
      let lines = disks.filter { !$0.serial.isEmpty }.map { "    install: {disk: {serial: \"\($0.serial)\"}}" }
      return
        "\n\n\(node.name) has \(disks.count) disks and names none: add one of these lines to it in zerotouch.yaml\n"
        + lines.joined(separator: "\n")
    }
    return table.text + hints.joined()
  }

  static func json(_ machines: [(Node, [BlockDevice])]) -> JSONValue {
    .array(
      machines.flatMap { node, disks in
        disks.map { disk in
          [
            "node": .string(node.name), "path": .string(disk.path), "serial": .string(disk.serial),
            "wwid": .string(disk.wwid), "model": .string(disk.model), "bytes": JSONValue(disk.size),
            "holds": .string(disk.contents),
          ]
        }
      })
  }
}
