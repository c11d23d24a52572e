import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

struct NextStepsTests {
  @Test func `a finished bootstrap says how to enter the cluster`() {
    let steps = NextSteps(for: Fixtures.bootstrap(Fixtures.spec(workers: 1), directory: "/a b"))
    #expect(
      steps.text == """
        kubeconfig   /a b/state/kubeconfig
        Argo CD      kubectl --kubeconfig '/a b/state/kubeconfig' -n argocd port-forward service/argocd-server 8443:443
                     then open https://localhost:8443 as `admin`; the password: kubectl --kubeconfig '/a b/state/kubeconfig' -n argocd get secret argocd-initial-admin-secret -o jsonpath={.data.password} | base64 -d
        Gateway      203.0.113.20
        next         zerotouch status; zerotouch validate --cluster
        """)
  }

  @Test func `without workers the Gateway is on the control plane, without machines the cluster is asked`() {
    #expect(NextSteps(for: Fixtures.bootstrap(Fixtures.spec())).text.contains("Gateway      203.0.113.10\n"))
    let spec = ClusterSpec.withoutMachines(
      .existing, repository: GitOpsRepository(repoURL: "https://example.org/platform.git", revision: "main"))
    let existing = NextSteps(for: Fixtures.bootstrap(spec, kubeconfig: "/given"))
    #expect(existing.text.contains("Gateway      kubectl --kubeconfig /given get gateways -A\n"))
  }
}
