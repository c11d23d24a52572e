import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// The files with claims that a command is given.
struct ClaimFiles: Sendable {
  /// One claim with the file it stands in.
  struct Claim: Sendable {
    let file: String
    let document: LocatedYAML
  }

  let claims: [Claim]
  /// The lines of all files that say something: neither empty nor a comment.
  let lines: Int

  /// Reads files; `-` is standard input.
  static func read(_ files: [String], in environment: LiveEnvironment) throws -> ClaimFiles {
    var claims: [Claim] = []
    var lines = 0
    var problems: [Diagnostic] = []
    for file in files {
      do throws(InvalidInput) {
        let text = try text(of: file, environment)
        let documents = try LocatedYAML.documents(of: text, file: file)
        if documents.isEmpty {
          problems.append(Diagnostic("`\(file)` holds no claim", remedy: "name a file with one"))
        }
        claims += documents.map { Claim(file: file, document: $0) }
        lines += meaningfulLines(of: text)
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return ClaimFiles(claims: claims, lines: lines)
  }

  /// Lines that are neither empty, nor comments, nor the marks between documents.
  static func meaningfulLines(of text: String) -> Int {
    text.split(separator: "\n").count { line in
      let bare = line.trimmingCharacters(in: .whitespaces)
      return !bare.isEmpty && !bare.hasPrefix("#") && bare != "---"
    }
  }

  private static func text(of file: String, _ environment: LiveEnvironment) throws(InvalidInput) -> String {
    let data =
      file == "-"
      ? try? FileHandle.standardInput.readToEnd() ?? Data()
      : FileManager.default.contents(atPath: environment.absolute(file))
    guard let data else {
      throw InvalidInput([
        Diagnostic("`\(file)` cannot be read", remedy: "name a file with a claim, or `-` for standard input")
      ])
    }
    return String(decoding: data, as: UTF8.self)
  }
}
