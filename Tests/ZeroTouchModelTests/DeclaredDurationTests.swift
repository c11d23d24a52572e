import Testing
import ZeroTouchModel

struct DeclaredDurationTests {
  @Test(arguments: RealWorld.allCases)
  func `every figure is declared, with its worst case and its source or a word that it has none`(figure: RealWorld) {
    #expect(figure.declared.typical > .zero)
    #expect(figure.declared.pessimistic >= figure.declared.typical)
    if case .upstream(let text) = figure.declared.source { #expect(text.count > 10) }
  }

  @Test(arguments: GateName.allCases)
  func `every gate has a bound`(gate: GateName) {
    #expect(gate.defaultBound >= .seconds(60) && gate.defaultBound <= .seconds(3600))
  }
}
