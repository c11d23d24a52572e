package import ZeroTouchModel

extension PlatformAPI {
  /// What a claim becomes.
  package struct Rendering: Sendable, Hashable {
    package let composite: JSONValue
    package let objects: [JSONValue]
    package let warnings: [String]
  }

  /// The objects that a claim becomes, as Crossplane would make them for the first time.
  ///
  /// - Parameter compositeName: The composite's name; Crossplane adds five random characters to the claim's.
  package func render(_ claim: JSONValue, compositeName: String? = nil) throws(CompositionFailure) -> Rendering {
    let composite = composite(for: claim, named: compositeName)
    let state = try self.composition(for: composite).run(on: CompositionState(composite: composite))
    return Rendering(
      composite: composite, objects: state.desired.map { completed($0, of: composite) }, warnings: state.warnings)
  }

  /// The composition that a composite names, or the one of the definition.
  package func composition(for composite: JSONValue) throws(CompositionFailure) -> Composition {
    if composite[path: "spec", "compositionSelector"] != nil {
      throw CompositionFailure("`spec.compositionSelector` cannot be evaluated without a cluster")
    }
    let named =
      composite[path: "spec", "compositionRef", "name"]
      ?? composite[path: "spec", "crossplane", "compositionRef", "name"]
    let only = compositions.count == 1 && unreadable.isEmpty ? compositions[0].name : nil
    guard let wanted = named?.stringValue ?? definition.defaultComposition ?? only else {
      throw CompositionFailure("`\(definition.name)` names no composition, and there is not exactly one for it")
    }
    if let failure = unreadable[wanted] {
      throw CompositionFailure("the composition `\(wanted)` cannot be evaluated: \(failure)")
    }
    guard let composition = compositions.first(where: { $0.name == wanted }) else {
      throw CompositionFailure("there is no composition `\(wanted)` for `\(definition.claimKind)`")
    }
    guard composition.compositeVersion == definition.apiVersion, composition.compositeKind == definition.compositeKind
    else {
      throw CompositionFailure("the composition `\(wanted)` is for another kind than `\(definition.compositeKind)`")
    }
    return composition
  }

  /// The composite that Crossplane makes of a claim, with the defaults of the definition.
  package func composite(for claim: JSONValue, named name: String? = nil) -> JSONValue {
    let complete = definition.claimSchema.defaulted(claim)
    let claimName = claim[path: "metadata", "name"]?.stringValue ?? ""
    let namespace = claim[path: "metadata", "namespace"]?.stringValue ?? "default"
    var spec = complete["spec"] ?? [:]
    for field in ["resourceRef", "writeConnectionSecretToRef", "compositeDeletePolicy"] { spec[field] = nil }
    spec["claimRef"] = [
      "apiVersion": .string(definition.apiVersion), "kind": .string(definition.claimKind), "name": .string(claimName),
      "namespace": .string(namespace),
    ]
    var metadata: JSONValue = ["name": .string(name ?? claimName)]
    let annotations = Self.own(claim[path: "metadata", "annotations"])
    if !annotations.isEmpty { metadata["annotations"] = JSONValue(annotations) }
    var labels = Self.own(claim[path: "metadata", "labels"])
    labels["crossplane.io/claim-name"] = claimName
    labels["crossplane.io/claim-namespace"] = namespace
    labels["crossplane.io/composite"] = name ?? claimName
    metadata["labels"] = JSONValue(labels)
    return [
      "apiVersion": .string(definition.apiVersion), "kind": .string(definition.compositeKind), "metadata": metadata,
      "spec": spec,
    ]
  }

  /// Labels and annotations that are not Kubernetes' own.
  private static func own(_ entries: JSONValue?) -> [String: String] {
    (entries?.stringMap ?? [:]).filter { key, _ in
      let domain = key.split(separator: "/").first.map(String.init) ?? ""
      return !key.contains("/") || !(domain.hasSuffix("kubernetes.io") || domain.hasSuffix("k8s.io"))
    }
  }

  /// A composed resource with what Crossplane adds to every one.
  package func completed(_ resource: CompositionState.Desired, of composite: JSONValue) -> JSONValue {
    let name = composite[path: "metadata", "name"]?.stringValue ?? ""
    var object = resource.object
    if object[path: "metadata", "name"] == nil, object[path: "metadata", "generateName"] == nil {
      object[path: "metadata", "generateName"] = .string("\(name)-")
    }
    object[path: "metadata", "annotations", "crossplane.io/composition-resource-name"] = .string(resource.name)
    for label in ["crossplane.io/composite", "crossplane.io/claim-name", "crossplane.io/claim-namespace"] {
      object[path: "metadata", "labels", label] = composite[path: "metadata", "labels", label]
    }
    object[path: "metadata", "ownerReferences"] = [
      .controllerReference(
        apiVersion: definition.apiVersion, kind: definition.compositeKind, name: name,
        uid: composite[path: "metadata", "uid"] ?? "")
    ]
    return object
  }
}
