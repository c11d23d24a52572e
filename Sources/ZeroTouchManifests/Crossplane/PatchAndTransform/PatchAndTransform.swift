import ZeroTouchModel

/// The input of function-patch-and-transform: templates of composed resources and the patches that fill them.
struct PatchAndTransform: Sendable, Hashable {
  /// One composed resource.
  struct Template: Sendable, Hashable {
    let name: String
    /// What the patches start from; without one, what an earlier step made.
    let base: JSONValue?
    let patches: [Patch]
    let readinessChecks: [ReadinessCheck]
  }

  let environmentPatches: [Patch]
  let templates: [Template]

  init(_ input: FunctionInput) throws(CompositionFailure) {
    try input.only("apiVersion", "kind", "metadata", "patchSets", "environment", "resources")
    guard input.value["apiVersion"] == "pt.fn.crossplane.io/v1beta1", input.value["kind"] == "Resources" else {
      throw input.failure("the input is no `Resources` of `pt.fn.crossplane.io/v1beta1`")
    }
    var sets: [String: [FunctionInput]] = [:]
    for set in try input.elements("patchSets") {
      try set.only("name", "patches")
      sets[try set.demand("name").text()] = try set.elements("patches")
    }
    try input["environment"]?.only("patches")
    environmentPatches = try Self.patches(input["environment"], sets)
    var templates: [Template] = []
    for resource in try input.elements("resources") {
      try resource.only("name", "base", "patches", "readinessChecks")
      let name = try resource.demand("name").text()
      guard !name.isEmpty else { throw resource.failure("`name` is empty") }
      // The function itself lets the last of two templates of one name win, without a word.
      guard !templates.contains(where: { $0.name == name }) else {
        throw resource.failure("another resource is named `\(name)` too")
      }
      var checks: [ReadinessCheck] = []
      for check in try resource.elements("readinessChecks") { checks.append(try ReadinessCheck(check)) }
      templates.append(
        Template(
          name: name, base: resource["base"]?.value, patches: try Self.patches(resource, sets), readinessChecks: checks)
      )
    }
    self.templates = templates
  }

  /// The patches of a part, those of patch sets put in where they are named.
  private static func patches(
    _ part: FunctionInput?, _ sets: [String: [FunctionInput]]
  ) throws(CompositionFailure) -> [Patch] {
    var patches: [Patch] = []
    for input in try part?.elements("patches") ?? [] {
      guard input.value["type"] == "PatchSet" else {
        patches.append(try Patch(input))
        continue
      }
      let name = try input.demand("patchSetName").text()
      guard let set = sets[name] else { throw input.failure("cannot find PatchSet by name \(name)") }
      for inner in set {
        guard inner.value["type"] != "PatchSet" else {
          throw inner.failure("a patch in a PatchSet cannot be of type PatchSet")
        }
        patches.append(try Patch(inner))
      }
    }
    return patches
  }
}
