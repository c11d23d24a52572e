/// What the Applications of a repository give Cilium's chart.
enum CiliumValues {
  static func all(in survey: Survey) -> [ChartSettings] { survey.settings(of: ["cilium"]) }
}
