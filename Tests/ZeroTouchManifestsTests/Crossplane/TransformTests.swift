import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Test(
  arguments: [
    ("a", "[{type: map, map: {a: {cpu: 1}}}]", ["cpu": 1]),
    (
      "ab",
      "[{type: match, match: {patterns: [{type: literal, literal: x, result: 1}, {type: regexp, regexp: b, result: 2}]}}]",
      2
    ),
    ("ab", "[{type: match, match: {patterns: [], fallbackValue: none}}]", "none"),
    ("ab", "[{type: match, match: {patterns: [], fallbackTo: Input}}]", "ab"),
    ("3", "[{type: math, math: {type: Multiply, multiply: 4}}]", 12),
    ("1.5", "[{type: math, math: {type: Multiply, multiply: 3}}]", .double(4.5)),
    ("3", "[{type: math, math: {type: ClampMin, clampMin: 5}}]", 5),
    ("7.9", "[{type: math, math: {type: ClampMax, clampMax: 7}}]", .double(7.9)),
    ("9", "[{type: math, math: {type: ClampMax, clampMax: 7}}]", 7),
    ("5", "[{type: string, string: {type: Format, fmt: '%03d of %%'}}]", "005 of %"),
    ("5", "[{type: string, string: {type: Format, fmt: 'n%s'}}]", "n%!s(int64=5)"),
    ("{a: 1}", "[{type: string, string: {type: Format, fmt: '%v'}}]", "map[a:1]"),
    ("aB", "[{type: string, string: {type: Convert, convert: ToUpper}}]", "AB"),
    ("aB", "[{type: string, string: {type: Convert, convert: ToLower}}]", "ab"),
    ("hi", "[{type: string, string: {type: Convert, convert: ToBase64}}]", "aGk="),
    ("aGk=", "[{type: string, string: {type: Convert, convert: FromBase64}}]", "hi"),
    ("[1, a]", "[{type: string, string: {type: Convert, convert: ToJson}}]", "[1,\"a\"]"),
    ("abc", "[{type: string, string: {type: Convert, convert: ToSha1}}]", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abc", "[{type: string, string: {type: Convert, convert: ToSha256}}]",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ),
    (
      "abc", "[{type: string, string: {type: Convert, convert: ToSha512}}]",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
    ("abc", "[{type: string, string: {type: Convert, convert: ToAdler32}}]", "38600999"),
    ("abc", "[{type: string, string: {type: TrimPrefix, trim: a}}]", "bc"),
    ("abc", "[{type: string, string: {type: TrimSuffix, trim: c}}]", "ab"),
    ("a-17-b", "[{type: string, string: {type: Regexp, regexp: {match: '-(\\d+)-', group: 1}}}]", "17"),
    ("[a, b]", "[{type: string, string: {type: Join, join: {separator: ','}}}]", "a,b"),
    ("[a, b]", "[{type: string, string: {type: Join, join: {separator: ', '}}}]", "a, b,"),
    ("a.b.c", "[{type: string, string: {type: Replace, replace: {search: ., replace: '-'}}}]", "a-b-c"),
    ("5", "[{type: convert, convert: {toType: string}}]", "5"),
    ("'5'", "[{type: convert, convert: {toType: int64}}]", 5),
    ("'1'", "[{type: convert, convert: {toType: bool}}]", true),
    ("'1Gi'", "[{type: convert, convert: {toType: float64, format: quantity}}]", .double(1_073_741_824)),
    ("'{\"a\": 1}'", "[{type: convert, convert: {toType: object, format: json}}]", ["a": 1]),
    ("1.5", "[{type: convert, convert: {toType: string}}]", "1.5"),
    ("2.9", "[{type: convert, convert: {toType: int64}}]", 2),
    ("2", "[{type: convert, convert: {toType: string}}, {type: string, string: {type: Format, fmt: '%s0'}}]", "20"),
  ] as [(String, String, JSONValue)])
func `a value goes through its transforms`(value: String, transforms: String, result: JSONValue) throws {
  #expect(try Composed.transformed(value, by: transforms) == result)
}

@Test(arguments: [
  ("b", "[{type: map, map: {a: 1}}]", "key b is not found in map"),
  ("1", "[{type: map, map: {a: 1}}]", "int64 is not a supported type for the map transform"),
  ("1", "[{type: match, match: {patterns: [{type: literal, literal: x}]}}]", "int64 is not a supported type"),
  ("a", "[{type: match, match: {patterns: [{literal: x}]}}]", "match pattern type"),
  ("a", "[{type: match, match: {fallbackTo: Input, fallbackValue: 1}}]", "cannot set both"),
  ("a", "[{type: math, math: {type: Multiply, multiply: 2}}]", "required to be a number"),
  ("a", "[{type: math, math: {multiply: 2}}]", "math transform type is required"),
  ("a", "[{type: string, string: {fmt: x}}]", "string transform type is required"),
  ("a", "[{type: string, string: {type: Regexp, regexp: {match: b}}}]", "had no matches for group 0"),
  ("a", "[{type: string, string: {type: Reverse}}]", "`Reverse` cannot be evaluated"),
  ("a", "[{type: convert, convert: {toType: int64}}]", "`a` is no int64"),
  ("[1]", "[{type: convert, convert: {toType: string}}]", "conversion from []interface {} to string is not supported"),
  ("a", "[{type: guess}]", "the transform type `guess` cannot be evaluated"),
  ("a", "[{type: map, map: {}, extra: 1}]", "the field `extra` cannot be evaluated"),
])
func `a transform that fails is fatal and says why`(value: String, transforms: String, reason: String) {
  let error = #expect(throws: CompositionFailure.self) { try Composed.transformed(value, by: transforms) }
  #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
}
