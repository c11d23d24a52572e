extension Duration {
  /// 1 s · 2ⁿ after so many failures in a row, up to a bound.
  static func backOff(after failures: Int, atMost longest: Duration) -> Duration {
    min(.seconds(1 << min(failures, 20)), longest)
  }
}
