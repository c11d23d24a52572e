/// What `kubectl explain` says about types and fields, read from a short text: `Type: what it is`, and below it its fields.
enum SchemaTable {
  /// A type: what it is and what it holds.
  struct Fields: Sendable {
    let description: String
    var fields: [(name: String, type: String, description: String)] = []
  }

  /// Types that are described under the name of another one.
  static let aliases = [
    "ResourceRequirements": "Resources", "RollingUpdateDeployment": "RollingUpdate",
    "RollingUpdateDaemonSet": "RollingUpdate", "RollingUpdateStatefulSetStrategy": "RollingUpdate",
    "DaemonSetUpdateStrategy": "DeploymentStrategy", "StatefulSetUpdateStrategy": "DeploymentStrategy",
    "PodCondition": "Condition", "NodeCondition": "Condition", "DeploymentCondition": "Condition",
  ]

  /// Every type by name.
  static let types: [String: Fields] = parsed(workloads + pods + basics)

  private static func parsed(_ text: String) -> [String: Fields] {
    var types: [String: Fields] = [:]
    var current = ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: line.hasPrefix(" ") ? 2 : 1).map(String.init)
      if !line.hasPrefix(" "), words.count == 2 {
        current = String(words[0].dropLast())
        types[current] = Fields(description: words[1])
      } else if words.count == 3 {
        types[current]?.fields.append((words[0], words[1], words[2]))
      }
    }
    return types
  }
}
