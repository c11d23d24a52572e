extension World {
  /// The controllers, scheduler and kubelets of the cluster, in the order in which they look.
  package static var workloadControllers: [any Controller] {
    [
      NodeLifecycle(), DeploymentController(), ReplicaSetController(), DaemonSetController(),
      StatefulSetController(), JobController(), VolumeProvisioner(), Scheduler(), Kubelet(), EndpointController(),
      CiliumController(), ResourceQuotaController(),
    ]
  }
}
