import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Suite struct SpecRulesTests {
  /// The problems of the valid spec with one text replaced.
  private func problems(_ old: String, _ new: String) -> String {
    #expect(SpecLoaderTests.valid.contains(old))
    do {
      let text = SpecLoaderTests.valid.replacing(old, with: new)
      return "no problem: \(try SpecLoader.load(text: text, file: "zerotouch.yaml"))"
    } catch {
      return "\(error)"
    }
  }

  @Test func `an even number of control planes, or none, is refused`() {
    #expect(
      problems("role: worker", "role: control-plane") == """
        zerotouch.yaml:6:3: error: 2 control planes are an even number: etcd survives no more failures than with 1
          take one away, or add one
        """)
    #expect(
      problems("role: control-plane", "role: worker") == """
        zerotouch.yaml:6:3: error: no node is a control plane
          give one node `role: control-plane`
        """)
  }

  @Test func `an endpoint that no certificate covers is refused`() {
    #expect(
      problems("endpoint: https://203.0.113.10:6443", "endpoint: https://203.0.113.99:6443") == """
        zerotouch.yaml:5:13: error: no certificate covers the endpoint's address `203.0.113.99`: it is no control plane's
          use `https://203.0.113.10:6443`, or a DNS name, which zerotouch puts into the certificates
        """)
    #expect(
      problems("https://203.0.113.10:6443", "https://[2001:db8::20]:6443").contains("`2001:db8::20`: it is no control"))
    #expect(
      problems("https://203.0.113.10:6443", "https://203.0.113.10") == """
        zerotouch.yaml:5:13: error: the endpoint `https://203.0.113.10` has no port
          write `https://203.0.113.10:6443`
        """)
    #expect(
      problems("https://203.0.113.10:6443", "https://203.0.113.10:6443/x").hasPrefix(
        "zerotouch.yaml:5:13: error: the endpoint `https://203.0.113.10:6443/x` is more or less than https, a host and a port"
      ))
  }

  @Test func `a node's address inside the pods' or services' range is refused`() {
    #expect(
      problems("  gitops:", "  network: {podCIDR: 203.0.0.0/16}\n  gitops:") == """
        zerotouch.yaml:9:22: error: the node address `203.0.113.10` lies in the pods' `203.0.0.0/16`
          choose another `podCIDR`, away from the machines' network
        """)
    #expect(
      problems("  gitops:", "  network: {podCIDR: 10.244.1.0/16}\n  gitops:") == """
        zerotouch.yaml:9:22: error: `10.244.1.0/16` has bits set behind its prefix
          write `10.244.0.0/16`
        """)
    #expect(
      problems("  gitops:", "  network: {podCIDR: 10.244.1.0/24, serviceCIDR: 11.0.0.0/8}\n  gitops:") == """
        zerotouch.yaml:9:22: error: the pods' `10.244.1.0/24` has room for 1 nodes, each taking a /24; the spec has 2
          choose a wider `podCIDR`
        zerotouch.yaml:9:50: error: the services' `11.0.0.0/8` is wider than the API server takes
          use a prefix of /12 or longer
        """)
    #expect(
      problems("  gitops:", "  network: {podCIDR: fd00::/48}\n  gitops:") == """
        zerotouch.yaml:9:22: error: pods `fd00::/48` and services `10.96.0.0/12` are of different address families
          choose both from IPv4 or both from IPv6
        """)
  }

  @Test func `version pairs outside upstream's windows are refused with the nearest that fits`() {
    #expect(
      problems("  gitops:", "  versions: {kubernetes: 1.37.0}\n  gitops:") == """
        zerotouch.yaml:9:26: error: Kubernetes `1.37.0` does not run with Talos `1.13.9`, which takes 1.31 to 1.36 (siderolabs/talos, pkg/machinery/compatibility)
          use Kubernetes 1.36, the nearest that is supported
        zerotouch.yaml:9:26: error: Kubernetes `1.37.0` does not run with Argo CD `3.4.4`, which takes 1.32 to 1.35 (Argo CD's documentation, tested versions)
          use Kubernetes 1.35, the nearest that is supported
        """)
    #expect(
      problems("  gitops:", "  versions: {cilium: 1.20.0}\n  gitops:") == """
        zerotouch.yaml:9:22: error: Gateway API `1.4.1` does not run with Cilium `1.20.0`, which takes 1.6 from 1.6.1 on (Cilium's documentation of the Gateway API, per release)
          use Gateway API 1.6.1, the nearest that is supported, or Cilium 1.19
        """)
    #expect(
      problems("  gitops:", "  versions: {talos: 1.14.0}\n  gitops:") == """
        zerotouch.yaml:9:21: error: Talos `1.14.0` is not among the supported lines 1.11, 1.12, 1.13 (siderolabs/talos, pkg/machinery/compatibility)
          use Talos 1.13, the nearest that is supported
        """)
    #expect(
      problems("  gitops:", "  versions: {talos: 1.11.6}\n  gitops:") == """
        zerotouch.yaml:9:21: error: Kubernetes `1.35.4` does not run with Talos `1.11.6`, which takes 1.29 to 1.34 (siderolabs/talos, pkg/machinery/compatibility)
          use Kubernetes 1.34, the nearest that is supported, or Talos 1.12
        """)
    #expect(
      problems("  gitops:", "  versions: {talos: 1.11.6, kubernetes: 1.34.1}\n  gitops:").hasPrefix("no problem"))
    #expect(Compatibility.problems(of: .default).isEmpty)
  }

  @Test func `a patch outside the repository and a disk named twice are refused`() {
    #expect(
      problems("patches: [bootstrap/talos/worker01.yaml]", "patches: [/etc/x.yaml, ../x.yaml, a/../../x.yaml]") == """
        zerotouch.yaml:8:73: error: `/etc/x.yaml` is no path inside the repository
          write it relative to the repository's top
        zerotouch.yaml:8:86: error: `../x.yaml` is no path inside the repository
          write it relative to the repository's top
        zerotouch.yaml:8:97: error: `a/../../x.yaml` is no path inside the repository
          write it relative to the repository's top
        """)
    #expect(
      problems("{serial: S4XXXX}", "{serial: S4XXXX, path: /dev/sda}") == """
        zerotouch.yaml:7:80: error: `path` names the disk beside other selectors
          keep `path`, or remove it
        """)
    #expect(
      problems("{serial: S4XXXX}", "{}") == """
        zerotouch.yaml:7:80: error: the disk selector names nothing
          add `serial`, `model`, `wwid`, `size` or `path`
        """)
  }
}
