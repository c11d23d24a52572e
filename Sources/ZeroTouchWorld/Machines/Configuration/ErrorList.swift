/// Several errors as Go's multierror prints them.
package struct ErrorList: Error, Sendable, Hashable, CustomStringConvertible {
  package private(set) var errors: [String] = []

  package init(_ errors: [String] = []) { self.errors = errors }

  package var isEmpty: Bool { errors.isEmpty }

  package mutating func append(_ error: String) { errors.append(error) }
  /// Takes over the errors of a list as they are.
  package mutating func append(_ list: ErrorList) { errors += list.errors }

  package var description: String {
    let title = errors.count == 1 ? "1 error occurred:" : "\(errors.count) errors occurred:"
    return title + "\n\t" + errors.map { "* \($0)" }.joined(separator: "\n\t") + "\n\n"
  }
}
