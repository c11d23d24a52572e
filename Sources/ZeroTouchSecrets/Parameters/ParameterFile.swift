package import Foundation
import ZeroTouchManifests
package import ZeroTouchModel

/// A file of parameters: lines of `NAME=VALUE`, or YAML whose keys are the levels of the names.
package struct ParameterFile: Sendable, Hashable {
  /// How such a file is written.
  package enum Format: String, Sendable, Hashable, CaseIterable {
    case env, yaml

    /// The one that a file's name says.
    package init(ofFile name: String) {
      self = name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? .yaml : .env
    }
  }

  /// In the order of their names.
  package let parameters: [Parameter]

  /// Reads a file; everything that is wrong with it is told at once, and no value is repeated.
  ///
  /// - Parameter prefix: What comes before names that are not whole, and all of them have to lie below.
  package init(_ data: Data, file: String, format: Format, prefix: String) throws(InvalidInput) {
    var problems: [Diagnostic] = []
    let entries: [Entry]
    switch format {
    case .env:
      var reader = VariableFileReader(data, file: file)
      entries = reader.read()
      problems = reader.problems.map { problem in
        problem.name.map(VariableFileReader.isSurelyName) == true ? problem.diagnostic : problem.anonymous
      }
    case .yaml:
      let tree = try ParameterTree(data, file: file)
      entries = tree.entries
      problems = tree.problems
    }
    var found: [ParameterName: Parameter] = [:]
    for entry in entries {
      do throws(InvalidInput) {
        let parameter = try entry.parameter(below: prefix, entry.location)
        problems += parameter.problem.map { [$0] } ?? []
        if let first = found.updateValue(parameter, forKey: parameter.name) {
          let place = "line \(first.location.line)"
          problems.append(
            Diagnostic(
              at: entry.location, "`\(parameter.name)` stands twice; the first is on \(place)",
              remedy: "keep one of them"))
        }
      } catch { problems += error.diagnostics }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    parameters = found.values.sorted { $0.name < $1.name }
  }

  /// A name as it stands in a file, with its value.
  struct Entry: Sendable, Hashable {
    let name: String
    let value: Data
    let location: SourceLocation

    /// What a wrong name is called: in a file of lines it may be a part of somebody's key.
    var isNameTold = true

    func parameter(below prefix: String, _ location: SourceLocation) throws(InvalidInput) -> Parameter {
      let told = isNameTold ? "`\(name)`" : "what stands before `=`"
      let whole: ParameterName
      do throws(ParameterName.Problem) { whole = try ParameterName(full(below: prefix)) } catch {
        throw InvalidInput([
          Diagnostic(
            at: location, "\(told) is no name of a parameter: \(error)", remedy: "write \(prefix)/COMPONENT/KEY")
        ])
      }
      guard name.contains("/") else {
        throw InvalidInput([
          Diagnostic(
            at: location, "\(told) names no component", remedy: "write COMPONENT/KEY, or \(prefix)/COMPONENT/KEY")
        ])
      }
      guard whole.isBelow(prefix) else {
        throw InvalidInput([
          Diagnostic(
            at: location, "\(told) does not lie below `\(prefix)`, where this platform reads",
            remedy: "correct the name, or name another prefix with --prefix")
        ])
      }
      guard isNameTold || !value.isEmpty || VariableFileReader.isSurelyName(name) else {
        throw InvalidInput([
          Diagnostic(
            at: location, "nothing stands behind the `=` of this line",
            remedy: "put a value of several lines in quotes, or take the line out of the file")
        ])
      }
      return Parameter(name: whole, value: Secret(value), location: location)
    }

    private func full(below prefix: String) -> String {
      if name.hasPrefix("/") { return name }
      return "/\(name)/".hasPrefix(prefix + "/") ? "/\(name)" : "\(prefix)/\(name)"
    }
  }
}
