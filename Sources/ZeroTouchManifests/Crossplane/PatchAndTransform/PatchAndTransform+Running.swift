import ZeroTouchModel

extension PatchAndTransform {
  /// Adds the composed resources to what is desired.
  func run(on state: inout CompositionState) throws(CompositionFailure) {
    for (index, patch) in environmentPatches.enumerated() {
      try runEnvironmentPatch(patch, index, &state)
    }
    for template in templates { try run(template, on: &state) }
  }

  private func run(_ template: Template, on state: inout CompositionState) throws(CompositionFailure) {
    guard var object = template.base ?? state.desired.first(where: { $0.name == template.name })?.object else {
      throw CompositionFailure(
        "composed resource \"\(template.name)\" has no base template, and was not produced by a previous step")
    }
    let observed = state.observed[template.name]
    if let observed {
      for field in ["name", "namespace"] { object[path: "metadata", field] = observed[path: "metadata", field] }
    }
    for (index, patch) in template.patches.enumerated() {
      let place = "composed resource \"\(template.name)\" \"\(patch.kind.rawValue)\" patch at index \(index)"
      do throws(PatchFailure) {
        try apply(patch, to: &object, observed, &state)
      } catch {
        guard case .sourceMissing(let reason) = error else {
          throw CompositionFailure("cannot render \(place): \(error)")
        }
        guard patch.isRequired else { continue }
        if patch.kind.isToComposed, observed == nil {
          state.warnings.append("not adding new \(place), which is required: \(reason)")
          state.isIncomplete = true
          return
        }
        state.warnings.append("cannot render \(place): \(reason)")
      }
    }
    state.desire(template.name, object, isReady: observed.map { isReady($0, template) })
  }

  private func isReady(_ observed: JSONValue, _ template: Template) -> Bool {
    let checks = template.readinessChecks
    return (checks.isEmpty ? [.condition("Ready", status: "True")] : checks).allSatisfy { $0.holds(for: observed) }
  }

  /// Why a patch was not applied.
  private enum PatchFailure: Error, CustomStringConvertible {
    case sourceMissing(String)
    case fatal(String)

    var description: String {
      switch self {
      case .sourceMissing(let text), .fatal(let text): text
      }
    }

    init(_ error: FieldPathError) {
      switch error {
      case .notFound(let text): self = .sourceMissing(text)
      case .wrong(let text): self = .fatal(text)
      }
    }
  }

  private func apply(
    _ patch: Patch, to object: inout JSONValue, _ observed: JSONValue?, _ state: inout CompositionState
  ) throws(PatchFailure) {
    switch patch.kind {
    case .fromComposite, .combineFromComposite: try write(patch, from: state.composite, to: &object)
    case .fromEnvironment, .combineFromEnvironment: try write(patch, from: state.environment, to: &object)
    case .toComposite, .combineToComposite:
      // What is not there yet has nothing to give.
      if let observed { try write(patch, from: observed, to: &state.desiredComposite) }
    case .toEnvironment, .combineToEnvironment:
      if let observed { try write(patch, from: observed, to: &state.environment) }
    }
  }

  private func runEnvironmentPatch(
    _ patch: Patch, _ index: Int, _ state: inout CompositionState
  ) throws(CompositionFailure) {
    do throws(PatchFailure) {
      switch patch.kind {
      case .fromComposite, .combineFromComposite, .toEnvironment, .combineToEnvironment:
        try write(patch, from: state.composite, to: &state.environment)
      case .toComposite, .combineToComposite, .fromEnvironment, .combineFromEnvironment:
        try write(patch, from: state.environment, to: &state.desiredComposite)
      }
    } catch {
      if case .sourceMissing = error, !patch.isRequired { return }
      throw CompositionFailure("cannot apply the environment patch at index \(index): \(error)")
    }
  }

  private func write(
    _ patch: Patch, from source: JSONValue, to target: inout JSONValue
  ) throws(PatchFailure) {
    var value = try value(of: patch.source, in: source)
    do throws(CompositionFailure) {
      for transform in patch.transforms { value = try transform.apply(to: value) }
    } catch {
      throw .fatal(error.description)
    }
    do throws(FieldPathError) {
      let places = patch.kind.combines ? [patch.destination] : try target.expanded(patch.destination)
      guard !places.isEmpty else { throw FieldPathError.wrong("cannot expand ToFieldPath \(patch.destination)") }
      for place in places {
        let present = try? target.value(at: place)
        try target.set(patch.merge.merged(value, into: present), at: place)
      }
    } catch {
      throw PatchFailure(error)
    }
  }

  private func value(of source: Patch.Source, in object: JSONValue) throws(PatchFailure) -> JSONValue {
    do throws(FieldPathError) {
      guard case .combined(let variables, let format) = source else {
        guard case .field(let path) = source else { return .null }
        return try object.value(at: path)
      }
      var values: [JSONValue] = []
      for variable in variables { values.append(try object.value(at: variable)) }
      do throws(CompositionFailure) { return .string(try GoFormat(format).text(values)) } catch {
        throw FieldPathError.wrong(error.description)
      }
    } catch {
      throw PatchFailure(error)
    }
  }
}
