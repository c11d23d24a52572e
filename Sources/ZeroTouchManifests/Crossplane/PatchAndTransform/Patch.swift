import ZeroTouchModel

/// One patch: where a value comes from, what becomes of it, where it goes.
struct Patch: Sendable, Hashable {
  enum Kind: String, Sendable, Hashable {
    case fromComposite = "FromCompositeFieldPath"
    case toComposite = "ToCompositeFieldPath"
    case combineFromComposite = "CombineFromComposite"
    case combineToComposite = "CombineToComposite"
    case fromEnvironment = "FromEnvironmentFieldPath"
    case toEnvironment = "ToEnvironmentFieldPath"
    case combineFromEnvironment = "CombineFromEnvironment"
    case combineToEnvironment = "CombineToEnvironment"

    var combines: Bool { rawValue.hasPrefix("Combine") }

    /// Whether the composed resource is what is written.
    var isToComposed: Bool {
      [.fromComposite, .combineFromComposite, .fromEnvironment, .combineFromEnvironment].contains(self)
    }
  }

  enum Source: Sendable, Hashable {
    case field(FieldPath)
    /// Values put into a format of Go's `fmt.Sprintf`.
    case combined([FieldPath], format: String)
  }

  let kind: Kind
  let source: Source
  let destination: FieldPath
  let transforms: [Transform]
  /// Whether a missing source keeps a new composed resource from being made.
  let isRequired: Bool
  let merge: MergePolicy
}

extension Patch {
  init(_ input: FunctionInput) throws(CompositionFailure) {
    try input.only("type", "fromFieldPath", "toFieldPath", "combine", "transforms", "policy", "patchSetName")
    kind = try input["type"]?.word(Kind.self, "the patch type") ?? .fromComposite
    if kind.combines {
      source = try Self.combination(try input.demand("combine"))
      destination = try input.demand("toFieldPath").path()
    } else {
      let from = try input.demand("fromFieldPath").path()
      source = .field(from)
      destination = try input["toFieldPath"]?.path() ?? from
    }
    var transforms: [Transform] = []
    for transform in try input.elements("transforms") { transforms.append(try Transform(transform)) }
    self.transforms = transforms
    let policy = input["policy"]
    try policy?.only("fromFieldPath", "toFieldPath")
    isRequired = try policy?["fromFieldPath"]?.word(SourcePolicy.self, "the policy") == .required
    merge = try policy?["toFieldPath"]?.word(MergePolicy.self, "the policy") ?? .replace
  }

  private enum SourcePolicy: String {
    case optional = "Optional"
    case required = "Required"
  }

  private static func combination(_ input: FunctionInput) throws(CompositionFailure) -> Source {
    try input.only("strategy", "variables", "string")
    let strategy = try input.demand("strategy").text()
    guard strategy == "string" else { throw input.failure("the combine strategy `\(strategy)` is not supported") }
    var variables: [FieldPath] = []
    for variable in try input.demand("variables").elements() {
      try variable.only("fromFieldPath")
      variables.append(try variable.demand("fromFieldPath").path())
    }
    guard !variables.isEmpty else { throw input.failure("`variables` is empty") }
    return .combined(variables, format: try input.demand("string").demand("fmt").text())
  }
}
