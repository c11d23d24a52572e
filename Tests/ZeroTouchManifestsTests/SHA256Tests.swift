import Foundation
import Testing
import ZeroTouchManifests

struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `the published test vectors come out`(_ text: String, _ digest: String) {
    #expect(SHA256.hexadecimal(of: text.utf8) == digest)
  }

  @Test func `a message of every length around a block pads to whole blocks`() {
    let million = SHA256.hexadecimal(of: Array(repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(million == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(Set((50...70).map { SHA256.hexadecimal(of: Array(repeating: 0, count: $0)) }).count == 21)
  }

  @Test(arguments: [1, 3, 63, 64, 65, 1000])
  func `a message in pieces has the sum of the whole`(length: Int) {
    let message = (0..<1000).map { UInt8($0 % 251) }
    var hash = SHA256()
    for start in stride(from: 0, to: message.count, by: length) {
      hash.update(message[start..<min(start + length, 1000)])
    }
    #expect(hash.hexadecimal == SHA256.hexadecimal(of: message))
  }

  @Test func `an artifact takes its own bytes and no others`() {
    let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let pinned = ArtifactLock.Artifact(name: "a", version: "1", url: "u", sha256: sum, size: 3, purpose: "p")
    let unset = ArtifactLock.Artifact(name: "a", version: "1", url: "u", sha256: nil, size: nil, purpose: "p")
    #expect(pinned.accepts(Data("abc".utf8)))
    #expect(!pinned.accepts(Data("abd".utf8)))
    #expect(!unset.accepts(Data("abc".utf8)))
  }
}
