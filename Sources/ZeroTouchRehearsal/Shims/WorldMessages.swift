/// What is asked on a world's socket; one question a connection.
package enum WorldQuestion: Sendable, Hashable, Codable {
  case call(ShimCall)
  case status
  case stop
}

/// What the world answers: any number of outputs, then one of the others.
package enum WorldAnswer: Sendable, Hashable, Codable {
  case output(ShimOutput)
  case ended(ShimReply)
  case status(WorldStatus)
  case stopping
  case refused(String)
}

/// How a world is at one moment.
package struct WorldStatus: Sendable, Hashable, Codable {
  /// A machine and what it does.
  package struct Machine: Sendable, Hashable, Codable {
    package var name: String
    package var address: String
    /// The machine's stage in one word.
    package var stage: String

    package init(name: String, address: String, stage: String) {
      self.name = name
      self.address = address
      self.stage = stage
    }
  }

  /// Virtual time since the world began.
  package var now: Duration
  package var speed: Double
  /// Whether the Kubernetes API answers.
  package var isServing: Bool
  /// How many requests the Kubernetes API was asked.
  package var requests: Int
  package var machines: [Machine]
}
