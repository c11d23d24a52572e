import Testing
import ZeroTouchModel

struct AddressPoolTests {
  @Test(arguments: [
    ("192.168.1.224/28", "192.168.1.224", "192.168.1.239"), ("10.0.0.5/32", "10.0.0.5", "10.0.0.5"),
    ("10.0.0.5-10.0.1.7", "10.0.0.5", "10.0.1.7"), ("fd00::40/124", "fd00::40", "fd00::4f"),
    ("fd00::1-fd00::2", "fd00::1", "fd00::2"),
  ])
  func `a block or a range has a first and a last address`(text: String, first: String, last: String) throws {
    let pool = try #require(AddressPool(text))
    #expect(pool.first.description == first && pool.last.description == last && pool.description == text)
    #expect(AddressPool(pool.manifest) == pool)
  }

  @Test(arguments: [
    "", "10.0.0.1", "10.0.0.1/33", "10.0.0.1/24", "10.0.0.9-10.0.0.1", "10.0.0.1-fd00::1", "a-b", "1-2-3",
  ])
  func `anything else is none`(text: String) { #expect(AddressPool(text) == nil) }

  @Test func `a manifest's block may be a range of one`() {
    #expect(AddressPool(["start": "10.0.0.9"] as JSONValue)?.description == "10.0.0.9-10.0.0.9")
    #expect(AddressPool(["start": "10.0.0.9", "stop": "x"] as JSONValue) == nil)
    #expect(AddressPool(["cidr": "10.0.0.9/28"] as JSONValue) == AddressPool("10.0.0.0/28"))
    #expect(AddressPool([:] as JSONValue) == nil)
  }

  @Test func `its addresses come one after the other`() throws {
    let words = { (text: String) in try #require(AddressPool(text)).addresses.map(\.description) }
    #expect(try words("10.0.0.254-10.0.1.1") == ["10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1"])
    #expect(try words("fd00::ffff-fd00::1:0") == ["fd00::ffff", "fd00::1:0"])
    #expect(try words("10.0.0.7/32") == ["10.0.0.7"])
  }

  @Test func `it is known what lies in it`() throws {
    let pool = try #require(AddressPool("10.0.0.250-10.0.1.5"))
    let inside = try ["10.0.0.250", "10.0.0.255", "10.0.1.5"].map { try #require(IPAddress($0)) }
    #expect(inside.allSatisfy(pool.contains))
    for text in ["10.0.0.249", "10.0.1.6", "fd00::1"] { #expect(!pool.contains(try #require(IPAddress(text)))) }
    for text in ["10.0.1.0/24", "10.0.0.0/16", "10.0.0.252/32"] {
      #expect(pool.overlaps(try #require(CIDRBlock(text))))
    }
    for text in ["10.0.2.0/24", "10.0.0.0/25", "fd00::/8"] { #expect(!pool.overlaps(try #require(CIDRBlock(text)))) }
  }
}
