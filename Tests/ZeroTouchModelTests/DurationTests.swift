import Testing
import ZeroTouchModel

@Suite struct DurationTests {
  @Test(arguments: [
    ("90s", 90.0), ("15m", 900), ("1h30m", 5400), ("1.5h", 5400), ("250ms", 0.25), ("1m1s", 61),
  ])
  func `a duration is read as Go writes it`(text: String, seconds: Double) {
    #expect(Duration(words: text) == .seconds(seconds))
  }

  @Test(arguments: [
    "", "15", "m", "15 m", "-1s", "1d", "1s2", ".5s", "1.s", "1..2s", "99999999999h", "soon", "1s ", "١s",
  ])
  func `what is no duration is refused`(text: String) {
    #expect(Duration(words: text) == nil)
  }

  private static let samples: [Int64] =
    [0, 1, 99, 100, 999, 1000, 1001, 1099, 1100, 4250, 9999, 10_000, 12_345, 59_999, 60_000, 60_001, 61_000, 200_000]
    + [3_599_999, 3_600_000, 3_600_001, 3_660_000, 3_920_000, 5_400_250, 86_400_000, 31_535_999_999]

  @Test(arguments: samples) func `what is written exactly is read back to the millisecond`(milliseconds: Int64) {
    let duration = Duration.milliseconds(milliseconds)
    #expect(Duration(words: duration.exactWords) == duration, "\(duration.exactWords)")
  }

  @Test(arguments: samples) func `what people read says the same when it is read and written again`(
    milliseconds: Int64
  ) throws {
    let duration = Duration.milliseconds(milliseconds)
    let read = try #require(Duration(words: duration.inWords))
    #expect(read.inWords == duration.inWords)
    #expect(read <= duration)
    // What is left out is less than a tenth of a second below ten, a second below an hour, a minute above.
    let grain: Duration =
      duration >= .seconds(3600) ? .seconds(60) : duration >= .seconds(10) ? .seconds(1) : .milliseconds(100)
    #expect(duration - read < grain)
  }

  @Test(arguments: [
    (850, "850ms", "850ms"), (4250, "4.2s", "4.25s"), (42_000, "42s", "42s"), (200_000, "3m20s", "3m20s"),
    (60_250, "1m", "1m0.25s"), (3_920_000, "1h5m", "1h5m20s"), (3_601_000, "1h", "1h1s"), (-1500, "-1.5s", "-1.5s"),
  ])
  func `durations are written for people and for files`(milliseconds: Int, people: String, file: String) {
    #expect(Duration.milliseconds(milliseconds).inWords == people)
    #expect(Duration.milliseconds(milliseconds).exactWords == file)
  }
}
