import Testing
import ZeroTouchRecording

struct RecordedPlacesTests {
  private let here = RecordedPlaces(["home": "/root", "repository": "/root/work", "cache": "/tmp/c"])
  private let there = RecordedPlaces(["home": "/h", "repository": "/r", "cache": "/other/cache"])

  @Test(arguments: [
    ("/root/work/zerotouch.yaml", "/r/zerotouch.yaml"),
    ("--kubeconfig=/root/.kube/config", "--kubeconfig=/h/.kube/config"),
    ("file:///tmp/c/a.tgz, /tmp/c", "file:///other/cache/a.tgz, /other/cache"),
    ("/root/work and /root/work", "/r and /r"),
  ])
  func `a path of one laptop is the same place on another`(said: String, elsewhere: String) {
    #expect(there.located(here.named(said)) == elsewhere)
  }

  @Test(arguments: ["bootstrap/root/main", "/rooted/x", "/root.yaml", "x/tmp/c", "nothing"])
  func `a text that only looks like a path of ours stays as it is`(text: String) {
    #expect(here.named(text) == text)
  }
}
