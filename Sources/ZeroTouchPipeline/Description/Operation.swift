package import Foundation
package import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchReadiness
package import ZeroTouchTools

/// One thing a step does; a value that can be printed before anything happens.
package enum Operation: Sendable {
  /// Starts a program; its output goes to `capture` where one is named, and `produces` names what it writes itself.
  case run(ToolInvocation, capture: String? = nil, produces: [String] = [], tolerating: [Tolerance] = [])
  /// Starts a program that changes something, unless it is seen to be done: by a run that did not live to say so.
  case change(ToolInvocation, unless: Evidence, tolerating: [Tolerance] = [])
  /// Starts a program that changes something, with words that another one's answer tells.
  case derive(Derivation)
  /// Makes one file out of others, by a pure function.
  case compose(Composition)
  /// Writes a text that holds no secret.
  case write(String, to: String)
  /// Writes a resolved secret to a 0600 file.
  case reveal(SecretReference, to: String)
  /// Applies a Secret on standard input; its values are resolved at that moment.
  case inject(SecretInjection, InjectionTarget)
  /// Waits for a state of the world.
  case wait(Gate)
}

/// What shows that a change was made before; looking for it changes nothing.
package enum Evidence: Sendable {
  /// A program that ends with status 0.
  case program(ToolInvocation)
  /// A gate that is open.
  case gate(Gate)
}

extension Evidence: CustomStringConvertible {
  package var description: String {
    switch self {
    case .program(let invocation): "\(invocation)"
    case .gate(let gate): "\(gate)"
    }
  }
}

/// A failure that counts as success, because a gate or probe behind it settles the matter.
package struct Tolerance: Sendable, Hashable {
  /// What the program's error text contains.
  package let text: String
  /// What it means.
  package let meaning: String

  package init(_ text: String, meaning: String) {
    self.text = text
    self.meaning = meaning
  }
}

/// A change whose words are not known before somebody was asked.
package struct Derivation: Sendable {
  /// What is done, in words.
  package let title: String
  /// What is asked; it changes nothing.
  package let question: ToolInvocation
  /// What is to be done after the answer; nothing where nil.
  package let change: @Sendable (ToolOutput) -> ToolInvocation?

  package init(
    _ title: String, from question: ToolInvocation, change: @escaping @Sendable (ToolOutput) -> ToolInvocation?
  ) {
    self.title = title
    self.question = question
    self.change = change
  }
}

/// A file made of other files.
package struct Composition: Sendable {
  /// What is made, in words.
  package let title: String
  package let inputs: [String]
  /// Those of the inputs that may not be there; they count as empty then.
  package let optional: Set<String>
  package let output: String
  package let transform: @Sendable ([Data]) throws -> Data

  package init(
    _ title: String, from inputs: [String], optional: Set<String> = [], to output: String,
    transform: @escaping @Sendable ([Data]) throws -> Data
  ) {
    self.title = title
    self.inputs = inputs
    self.optional = optional
    self.output = output
    self.transform = transform
  }
}

extension Operation: CustomStringConvertible {
  /// The operation as a person would write it down; secrets never stand in it.
  package var description: String {
    switch self {
    case .run(let invocation, let capture, _, _): capture.map { "\(invocation) >\($0.shellQuoted)" } ?? "\(invocation)"
    case .change(let invocation, _, _): "\(invocation)"
    case .derive(let derivation): derivation.title
    case .compose(let composition): "write \(composition.output.shellQuoted): \(composition.title)"
    case .write(_, let path): "write \(path.shellQuoted)"
    case .reveal(let reference, let path): "write \(path.shellQuoted): <redacted> from \(reference)"
    case .inject(_, let target): "\(target.apply) <redacted"
    case .wait(let gate): "wait for \(gate), at most \(gate.bound.inWords)"
    }
  }

  /// Whether it changes anything outside the state directory.
  package var mutates: Bool {
    switch self {
    case .run(let invocation, _, _, _), .change(let invocation, _, _): invocation.effect == .mutates
    case .inject, .derive: true
    case .compose, .write, .reveal, .wait: false
    }
  }

  /// The files it writes.
  package var writtenPaths: [String] {
    switch self {
    case .run(_, let capture, let produces, _): [capture].compactMap(\.self) + produces
    case .compose(let composition): [composition.output]
    case .write(_, let path), .reveal(_, let path): [path]
    case .change, .derive, .inject, .wait: []
    }
  }
}
