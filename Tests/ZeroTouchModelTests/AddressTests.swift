import Testing
import ZeroTouchModel

@Suite struct AddressTests {
  @Test(arguments: [
    ("203.0.113.10", "203.0.113.10"), ("::", "::"), ("::1", "::1"), ("2001:DB8:0:0:0:0:0:20", "2001:db8::20"),
    ("2001:db8::1:0:0:1", "2001:db8::1:0:0:1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("fe80::", "fe80::"),
  ])
  func `an address is written in its one canonical way`(text: String, canonical: String) throws {
    #expect(try #require(IPAddress(text)).description == canonical)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.-4", "1.2.3.+4", " 1.2.3.4", "1::2::3", "12345::", ":::",
    "1:2:3:4:5:6:7:8:9", "g::1", "+1::", "1.2.3.4/8", "١.2.3.4", ":1",
  ])
  func `what is no address is refused`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: ["0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "ff02::1"])
  func `no machine has an unspecified, loopback, multicast or broadcast address`(text: String) throws {
    #expect(try #require(IPAddress(text)).canBeMachine == false)
  }

  @Test(arguments: [
    "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.1/8", "::/129", "a/8",
  ])
  func `what is no block is refused`(text: String) {
    #expect(CIDRBlock(text) == nil)
  }

  @Test func `a block knows what lies in it and what it overlaps`() throws {
    let block = try #require(CIDRBlock("10.96.0.0/12"))
    #expect(block.contains(IPAddress(10, 111, 255, 255)) && !block.contains(IPAddress(10, 112, 0, 0)))
    #expect(block.overlaps(try #require(CIDRBlock("10.100.0.0/16"))))
    #expect(!block.overlaps(try #require(CIDRBlock("10.244.0.0/16"))))
    #expect(try #require(CIDRBlock("::/0")).overlaps(try #require(CIDRBlock("fd00::/8"))))
    #expect(!block.overlaps(try #require(CIDRBlock("::/0"))))
    #expect(CIDRBlock(rounding: "10.1.2.3/8")?.description == "10.0.0.0/8")
  }

  @Test(arguments: [
    ("https://203.0.113.10:6443", "https://203.0.113.10:6443"),
    ("https://[2001:DB8::1]:443", "https://[2001:db8::1]:443"),
    ("https://k8s.example.org:6443", "https://k8s.example.org:6443"),
  ])
  func `an endpoint reads as it is written`(text: String, canonical: String) throws {
    #expect(try #require(Endpoint(url: text)).description == canonical)
  }

  @Test(arguments: [
    "", "https://", "https://:6443", "https://a", "https://a:0", "https://a:70000", "https://a:x", "http://a:1",
    "https://2001:db8::1:6443", "https://a_b:6443", "https://1.2.3.400:6443", "https://a/b:6443", "https://u@a:1",
    "https",
    "https://[1.2.3.4]:1",
  ])
  func `what is no endpoint is refused`(text: String) {
    #expect(Endpoint(url: text) == nil)
  }
}
