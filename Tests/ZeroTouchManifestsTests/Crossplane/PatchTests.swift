import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Test func `a patch without a destination writes where it reads`() throws {
  let object = try Composed(patches: "[{fromFieldPath: spec.a}]", spec: "{a: 1}").object()
  #expect(object?["spec"] == ["a": 1])
}

@Test func `an optional source that is missing skips one patch, a required one leaves the resource out`() throws {
  let optional = "{fromFieldPath: spec.no, toFieldPath: a}, {fromFieldPath: spec.b, toFieldPath: b}"
  #expect(try Composed(patches: "[\(optional)]", spec: "{b: 1}").object()?["b"] == 1)
  let required = "[{fromFieldPath: spec.no, toFieldPath: a, policy: {fromFieldPath: Required}}]"
  let state = try Composed(patches: required).state()
  #expect(state.desired.isEmpty && state.isIncomplete && state.warnings.count == 1)
  let kept = try Composed(patches: required, observed: ["thing": ["metadata": ["name": "old"]]]).state()
  #expect(kept.desired.first?.object[path: "metadata", "name"] == "old")
  #expect(!kept.isIncomplete && kept.warnings.count == 1)
}

@Test func `a combination puts values into a format, and wants all of them`() throws {
  let patch = """
    [{type: CombineFromComposite, toFieldPath: out, combine: {strategy: string, string: {fmt: '%s-%d'},
      variables: [{fromFieldPath: spec.a}, {fromFieldPath: spec.b}]}}]
    """
  #expect(try Composed(patches: patch, spec: "{a: x, b: 2}").object()?["out"] == "x-2")
  #expect(try Composed(patches: patch, spec: "{a: x}").object()?["out"] == nil)
  let first = patch.replacing("%s-%d", with: "%[1]s")
  #expect(try Composed(patches: first, spec: "{a: x, b: 2}").object()?["out"] == "x")
}

@Test func `values go to the composite only from a resource that exists`() throws {
  let patch = "[{type: ToCompositeFieldPath, fromFieldPath: status.ip, toFieldPath: status.address}]"
  #expect(try Composed(patches: patch).state().desiredComposite == [:])
  let state = try Composed(patches: patch, observed: ["thing": ["status": ["ip": "10.0.0.1"]]]).state()
  #expect(state.desiredComposite == ["status": ["address": "10.0.0.1"]])
  let combined = """
    [{type: CombineToComposite, toFieldPath: status.url, combine: {strategy: string, string: {fmt: 'http://%s'},
      variables: [{fromFieldPath: status.ip}]}}]
    """
  let joined = try Composed(patches: combined, observed: ["thing": ["status": ["ip": "10.0.0.1"]]]).state()
  #expect(joined.desiredComposite == ["status": ["url": "http://10.0.0.1"]])
}

@Test func `the environment is read and written`() throws {
  let patches = """
    [{type: FromEnvironmentFieldPath, fromFieldPath: region, toFieldPath: data.region},
     {type: CombineFromEnvironment, toFieldPath: data.zone, combine: {strategy: string, string: {fmt: '%sa'},
       variables: [{fromFieldPath: region}]}},
     {type: ToEnvironmentFieldPath, fromFieldPath: status.ip, toFieldPath: ip}]
    """
  let observed: [String: JSONValue] = ["thing": ["status": ["ip": "10.0.0.1"]]]
  let state = try Composed(patches: patches, observed: observed, environment: ["region": "eu"]).state()
  #expect(state.desired.first?.object["data"] == ["region": "eu", "zone": "eua"])
  #expect(state.environment["ip"] == "10.0.0.1")
}

@Test func `a wildcard writes to every element that the destination has`() throws {
  let base = "{list: [{k: 1}, {k: 2}]}"
  let patch = "[{fromFieldPath: spec.a, toFieldPath: 'list[*].v'}]"
  let object = try Composed(base: base, patches: patch, spec: "{a: x}").object()
  #expect(object?["list"] == [["k": 1, "v": "x"], ["k": 2, "v": "x"]])
  #expect(throws: CompositionFailure.self) { try Composed(base: "{list: []}", patches: patch, spec: "{a: x}").object() }
}

@Test(
  arguments: [
    ("Replace", ["a": 9, "l": [2]]), ("MergeObjects", ["a": 1, "k": 1, "l": [1]]),
    ("MergeObjectsAppendArrays", ["a": 1, "k": 1, "l": [1, 2]]), ("ForceMergeObjects", ["a": 9, "k": 1, "l": [2]]),
    ("ForceMergeObjectsAppendArrays", ["a": 9, "k": 1, "l": [1, 2]]), ("MergeObject", ["a": 1, "k": 1, "l": [1]]),
    ("AppendArray", ["a": 9, "k": 1, "l": [1, 2]]),
  ] as [(String, JSONValue)])
func `what stands at the destination is treated by the policy`(policy: String, result: JSONValue) throws {
  let patch = "[{fromFieldPath: spec.v, toFieldPath: v, policy: {toFieldPath: \(policy)}}]"
  let object = try Composed(base: "{v: {a: 1, k: 1, l: [1]}}", patches: patch, spec: "{v: {a: 9, l: [2]}}").object()
  #expect(object?["v"] == result)
}

@Test func `patch sets stand for their patches`() throws {
  let sets = "patchSets: [{name: named, patches: [{fromFieldPath: spec.a, toFieldPath: a}]}]"
  let object = try Composed(
    patches: "[{type: PatchSet, patchSetName: named}]", more: "        \(sets)", spec: "{a: 1}"
  ).object()
  #expect(object?["a"] == 1)
  #expect(throws: CompositionFailure.self) { try Composed(patches: "[{type: PatchSet, patchSetName: other}]").object() }
}

@Test(
  arguments: [
    ("[]", ["status": ["conditions": [["type": "Ready", "status": "True"]]]], true), ("[]", ["status": [:]], nil),
    ("[{type: None}]", [:], true),
    (
      "[{type: MatchCondition, matchCondition: {type: Available, status: 'True'}}]",
      ["status": ["conditions": [["type": "Available", "status": "True"]]]], true
    ),
    ("[{type: MatchString, fieldPath: status.phase, matchString: Up}]", ["status": ["phase": "Up"]], true),
    ("[{type: MatchInteger, fieldPath: status.n, matchInteger: 2}]", ["status": ["n": 1]], nil),
    ("[{type: MatchTrue, fieldPath: status.ok}]", ["status": ["ok": true]], true),
    ("[{type: MatchFalse, fieldPath: status.ok}]", ["status": ["ok": true]], nil),
    ("[{type: NonEmpty, fieldPath: status.x}]", ["status": ["x": "y"]], true),
    ("[{type: None}, {type: NonEmpty, fieldPath: status.x}]", [:], nil),
  ] as [(String, JSONValue, Bool?)])
func `a resource is ready when all its checks hold`(checks: String, observed: JSONValue, ready: Bool?) throws {
  let state = try Composed(patches: "[]", observed: ["thing": observed], checks: checks).state()
  #expect(state.desired.map(\.isReady) == [ready])
}

@Test(arguments: [
  "[{type: FromNowhere, fromFieldPath: a}]", "[{toFieldPath: a}]", "[{fromFieldPath: a, policy: {other: x}}]",
  "[{fromFieldPath: a, unknown: 1}]", "[{type: CombineFromComposite, toFieldPath: a}]",
])
func `a patch that cannot be evaluated is refused, not skipped`(patches: String) {
  #expect(throws: CompositionFailure.self) { try Composed(patches: patches).object() }
}

@Test func `a function that is not known here is named`() throws {
  let manifest = try YAMLDocuments.parse(
    """
    metadata: {name: test}
    spec: {mode: Pipeline, compositeTypeRef: {apiVersion: a/v1, kind: X},
      pipeline: [{step: one, functionRef: {name: function-kcl}}]}
    """, file: "composition.yaml")[0]
  #expect(throws: CompositionFailure("the function `function-kcl` cannot be evaluated here")) {
    try Composition(manifest)
  }
}
