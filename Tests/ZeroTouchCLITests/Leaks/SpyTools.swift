import Foundation
import TestSupport

/// Programs in front of the real ones that write down every argument and variable they are started with, and can turn
/// hostile: then they print what they were given on standard input, plainly and in base64, and fail.
struct SpyTools {
  let folder: String

  init(in folder: String, for tools: [String]) throws {
    self.folder = "\(folder)/spies"
    try FileManager.default.createDirectory(atPath: "\(self.folder)/bin", withIntermediateDirectories: true)
    try turn(hostile: [])
    for tool in tools { try writeProgram(script(tool), to: "\(self.folder)/bin/\(tool)") }
  }

  func path(before path: String) -> String { "\(folder)/bin:\(path)" }

  /// Everything that was written down.
  func seen() throws -> Data {
    try names().reduce(into: Data()) { $0 += try Data(contentsOf: URL(filePath: "\(folder)/\($1)")) }
  }

  func calls(of tool: String) throws -> Int { try names().count { $0.hasPrefix("seen.\(tool).") } }

  /// From now on tools are hostile when they are called with a word, such as `kubectl apply`.
  func turn(hostile: [String]) throws {
    try hostile.map { "\($0)\n" }.joined().write(toFile: "\(folder)/hostile", atomically: true, encoding: .utf8)
  }

  /// What a hostile tool was given on standard input.
  func given(to tool: String) throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("given.\(tool).") }.sorted()
      .map { String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\($0)")), as: UTF8.self) }.joined()
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("seen.") }.sorted()
  }

  private func script(_ tool: String) -> String {
    """
    #!/bin/sh
    { printf '%s\n' "$@"; export -p; } >>"\(folder)/seen.\(tool).$$"
    while read -r name word <&3; do
      case "$name, $* " in "\(tool), $word "* | "\(tool), "*" $word "*) ;; *) continue ;; esac
      given="\(folder)/given.\(tool).$$"
      cat >"$given"
      { echo "error: $(tr -d '\\0' <"$given")"; base64 "$given"; echo "error: $(base64 -w0 "$given")"; } >&2
      exit 1
    done 3<"\(folder)/hostile"
    IFS=:
    for place in $PATH; do
      [ "$place" != "\(folder)/bin" ] && [ -x "$place/\(tool)" ] && exec "$place/\(tool)" "$@"
    done
    exit 127

    """
  }
}
