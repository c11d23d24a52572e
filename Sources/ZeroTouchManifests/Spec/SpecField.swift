import ZeroTouchModel

/// One field of `zerotouch.yaml`: what the loader accepts, the schema says and the template explains.
struct SpecField: Sendable {
  /// When a field has to stand in the file.
  enum Demand: Sendable, Hashable {
    case required
    case optional
    /// Required where zerotouch makes the machines; without effect, and so refused, where it does not.
    case ofMachines
  }

  let key: String
  let type: SpecType
  let demand: Demand
  let summary: String
  /// What holds where the file is silent.
  let standard: JSONValue?
  /// A value as people would write it.
  let example: JSONValue?
  /// Whether the field says nothing about a cluster whose machines are not zerotouch's.
  let isAboutMachines: Bool
  /// Why the field has no effect yet; a field with a reason is refused.
  let notYet: String?
  /// Whether it stands in the place of another field, so that a template with both would be wrong.
  var isAlternative = false

  init(
    _ key: String, _ type: SpecType, _ demand: Demand = .optional, _ summary: String, standard: JSONValue? = nil,
    example: JSONValue? = nil, notYet: String? = nil, isAboutMachines: Bool = false
  ) {
    self.key = key
    self.type = type
    self.demand = demand
    self.summary = summary
    self.standard = standard
    self.example = example
    self.notYet = notYet
    self.isAboutMachines = isAboutMachines || demand == .ofMachines
  }

  /// The same field, in the place of another.
  var alternative: SpecField {
    var copy = self
    copy.isAlternative = true
    return copy
  }
}

/// What a field may hold.
indirect enum SpecType: Sendable {
  case object([SpecField])
  case list(SpecType)
  /// A mapping from these keys to values of one kind.
  case map(keys: [SpecChoice], SpecType)
  /// A mapping whose keys are anything of one format.
  case pairs(SpecFormat, SpecFormat)
  case integer(ClosedRange<Int>)
  case boolean
  case choice([SpecChoice])
  case text(SpecFormat)

  /// What messages call a value of this type.
  var name: String {
    switch self {
    case .object, .map, .pairs: "a mapping"
    case .integer: "a number"
    case .boolean: "a boolean"
    case .list: "a list"
    case .choice, .text: "a string"
    }
  }
}

/// One word of an enumeration.
struct SpecChoice: Sendable, Hashable {
  let value: String
  /// Why the word is known but refused.
  let notYet: String?

  init(_ value: String, notYet: String? = nil) {
    self.value = value
    self.notYet = notYet
  }
}
