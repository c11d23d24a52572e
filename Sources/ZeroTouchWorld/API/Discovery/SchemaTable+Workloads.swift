extension SchemaTable {
  /// Kinds that run pods.
  static let workloads = """
    Deployment: Keeps a number of identical pods running and replaces them step by step when their template changes.
      spec DeploymentSpec What is wanted.
      status DeploymentStatus What was observed last.
    DeploymentSpec: The wanted state of a Deployment.
      replicas integer How many pods are wanted; 1 unless said.
      selector LabelSelector Which pods belong to it; it never changes and matches the labels of the template.
      template PodTemplateSpec What its pods look like.
      strategy DeploymentStrategy How old pods make room for new ones.
      minReadySeconds integer How long a new pod must be ready before it counts as available.
      revisionHistoryLimit integer How many old ReplicaSets are kept for a rollback; 10 unless said.
      paused boolean Whether changes of the template wait.
      progressDeadlineSeconds integer After how many seconds without progress the rollout counts as failed; 600 unless said.
    DeploymentStrategy: How a Deployment replaces its pods.
      type string RollingUpdate or Recreate.
      rollingUpdate RollingUpdate The limits of a rolling update.
    RollingUpdate: The limits of a rolling update.
      maxUnavailable intOrString How many pods may be missing.
      maxSurge intOrString How many pods may be too many.
      partition integer The ordinal from which on a StatefulSet updates.
    DeploymentStatus: The observed state of a Deployment.
      observedGeneration integer The generation of the spec this speaks of.
      replicas integer How many pods there are.
      updatedReplicas integer How many have the wanted template.
      readyReplicas integer How many are ready.
      availableReplicas integer How many have been ready long enough.
      unavailableReplicas integer How many are still missing.
      conditions []Condition Available, Progressing and ReplicaFailure.
    ReplicaSet: Keeps a number of identical pods running.
      spec ReplicaSetSpec What is wanted.
    ReplicaSetSpec: The wanted state of a ReplicaSet.
      replicas integer How many pods are wanted.
      selector LabelSelector Which pods belong to it.
      template PodTemplateSpec What its pods look like.
      minReadySeconds integer How long a new pod must be ready before it counts as available.
    DaemonSet: Runs one pod on every node that the pod may run on.
      spec DaemonSetSpec What is wanted.
      status DaemonSetStatus What was observed last.
    DaemonSetSpec: The wanted state of a DaemonSet.
      selector LabelSelector Which pods belong to it.
      template PodTemplateSpec What its pods look like.
      updateStrategy DeploymentStrategy RollingUpdate or OnDelete.
      minReadySeconds integer How long a new pod must be ready before it counts as available.
      revisionHistoryLimit integer How many old revisions are kept.
    DaemonSetStatus: The observed state of a DaemonSet.
      desiredNumberScheduled integer How many nodes should run the pod.
      currentNumberScheduled integer How many of them do.
      updatedNumberScheduled integer How many run the wanted template.
      numberReady integer How many pods are ready.
      numberAvailable integer How many have been ready long enough.
    StatefulSet: Runs pods with stable names and their own volumes.
      spec StatefulSetSpec What is wanted.
    StatefulSetSpec: The wanted state of a StatefulSet.
      replicas integer How many pods are wanted.
      serviceName string The headless Service that names the pods.
      selector LabelSelector Which pods belong to it.
      template PodTemplateSpec What its pods look like.
      podManagementPolicy string OrderedReady or Parallel.
      updateStrategy DeploymentStrategy RollingUpdate or OnDelete.
      volumeClaimTemplates []object The claims each pod gets.
    Job: Runs pods until a number of them succeeded.
      spec JobSpec What is wanted.
    JobSpec: The wanted state of a Job.
      completions integer How many pods must succeed.
      parallelism integer How many run at the same time.
      backoffLimit integer How many failures are tolerated; 6 unless said.
      activeDeadlineSeconds integer After how many seconds it fails.
      ttlSecondsAfterFinished integer How long it is kept when it is done.
      template PodTemplateSpec What its pods look like.
    CronJob: Creates Jobs on a schedule.
      spec CronJobSpec What is wanted.
    CronJobSpec: The wanted state of a CronJob.
      schedule string When, in cron's five fields.
      timeZone string In which time zone.
      suspend boolean Whether it pauses.
      concurrencyPolicy string Allow, Forbid or Replace.
      jobTemplate JobTemplateSpec What its Jobs look like.
    JobTemplateSpec: What the Jobs of a CronJob look like.
      metadata ObjectMeta Their labels and annotations.
      spec JobSpec Their wanted state.

    """
}
