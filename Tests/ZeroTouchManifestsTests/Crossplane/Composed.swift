import ZeroTouchManifests
import ZeroTouchModel

/// A composition with one resource, whose patches are written as YAML.
struct Composed {
  var base = "{apiVersion: v1, kind: ConfigMap}"
  var patches: String
  /// What follows `resources`, such as patch sets.
  var more = ""
  var spec = "{}"
  var observed: [String: JSONValue] = [:]
  var environment: JSONValue = [:]
  var checks = "[]"

  /// What the pipeline wants.
  func state() throws -> CompositionState {
    let manifest = try YAMLDocuments.parse(
      """
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: {name: test}
      spec:
        compositeTypeRef: {apiVersion: example.org/v1, kind: XThing}
        mode: Pipeline
        pipeline:
          - step: patch
            functionRef: {name: function-patch-and-transform}
            input:
              apiVersion: pt.fn.crossplane.io/v1beta1
              kind: Resources
              resources: [{name: thing, base: \(base), patches: \(patches), readinessChecks: \(checks)}]
      \(more)
          - step: ready
            functionRef: {name: function-auto-ready}
      """, file: "composition.yaml")
    let spec = try YAMLDocuments.parse("v: \(spec)", file: "spec.yaml")[0]["v"] ?? [:]
    let composite: JSONValue = [
      "apiVersion": "example.org/v1", "kind": "XThing", "metadata": ["name": "x"], "spec": spec,
    ]
    return try Composition(manifest[0]).run(
      on: CompositionState(composite: composite, observed: observed, environment: environment))
  }

  /// The composed object; nil where it is left out.
  func object() throws -> JSONValue? { try state().desired.first?.object }

  /// What a value becomes by one list of transforms.
  static func transformed(_ value: String, by transforms: String) throws -> JSONValue? {
    let patches = "[{fromFieldPath: spec.v, toFieldPath: out, transforms: \(transforms)}]"
    return try Composed(patches: patches, spec: "{v: \(value)}").object()?["out"]
  }
}
