extension Duration {
  /// How long a program may take over a question that needs neither a machine nor a network: the first start of a
  /// large one from a cold disk takes many seconds on a busy laptop.
  static let localQuestion = Duration.seconds(60)
}
