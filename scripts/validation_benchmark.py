"""What `zerotouch validate` costs on a generated repository, beside kubeconform where that is on PATH."""
import json, os, pathlib, shutil, subprocess, tempfile, threading, time

# An Application and the 19 objects it brings.
OBJECTS_OF_A_SERVICE = 20
SERVICES_OF_A_TEAM = 25
# Each is an overlay with a base: 60 kustomizations.
KUSTOMIZED = 30
REPOSITORY = "https://github.com/acme/platform.git"
SIZES = [1_000, 5_000, 20_000, 50_000]


def generate(root, objects):
    """Writes a healthy repository: one root Application, services of many teams, and what they all need."""
    root = pathlib.Path(root)
    services = [(number, f"team-{number // SERVICES_OF_A_TEAM:03}", f"service-{number:04}")
                for number in range(objects // OBJECTS_OF_A_SERVICE)]
    write(root / "root.yaml", application("root", "argocd", "apps", None, recurse=True))
    write(root / "apps/platform.yaml", application("platform", "platform", "platform", -5))
    write(root / "platform/definitions.yaml", "---\n".join(map(definition, KINDS)))
    write(root / "platform/shared.yaml", SHARED)
    write(root / "platform/argocd.yaml", SETTINGS)
    for number, team, name in services:
        folder = f"services/{team}/{name}"
        path = folder
        if number < KUSTOMIZED:
            path = f"overlays/{name}"
            write(root / folder / "kustomization.yaml", BASE)
            write(root / path / "kustomization.yaml", overlay(folder, name))
        write(root / f"apps/{team}/{name}.yaml", application(name, name, path, 0))
        for file, text in FILES.items():
            write(root / folder / file, text.replace("@NAME@", name).replace("@TEAM@", team))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def application(name, namespace, path, wave, recurse=False):
    annotations = "" if wave is None else f'  annotations: {{argocd.argoproj.io/sync-wave: "{wave}"}}\n'
    directory = "    directory: {recurse: true}\n" if recurse else ""
    return f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
  namespace: argocd
{annotations}spec:
  project: default
  source:
    repoURL: {REPOSITORY}
    targetRevision: main
    path: {path}
{directory}  destination: {{server: https://kubernetes.default.svc, namespace: {namespace}}}
  syncPolicy:
    automated: {{prune: true, selfHeal: true}}
    retry: {{limit: 10, backoff: {{duration: 5s, factor: 2, maxDuration: 3m}}}}
    syncOptions: [CreateNamespace=true, ServerSideApply=true]
"""


KINDS = [("monitoring.coreos.com", "ServiceMonitor", "servicemonitors", "v1"),
         ("gateway.networking.k8s.io", "HTTPRoute", "httproutes", "v1"),
         ("gateway.networking.k8s.io", "Gateway", "gateways", "v1"),
         ("gateway.networking.k8s.io", "GatewayClass", "gatewayclasses", "v1")]


def definition(kind):
    group, name, plural, version = kind
    scope = "Cluster" if name == "GatewayClass" else "Namespaced"
    return f"""apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.{group}}}
spec:
  group: {group}
  scope: {scope}
  names: {{kind: {name}, plural: {plural}, singular: {name.lower()}, listKind: {name}List}}
  versions:
    - name: {version}
      served: true
      storage: true
      schema:
        openAPIV3Schema: {{type: object, x-kubernetes-preserve-unknown-fields: true}}
"""


def overlay(base, name):
    return f"""apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../{base}]
patches:
  - target: {{kind: Deployment, name: {name}}}
    patch: |
      - op: replace
        path: /spec/replicas
        value: 3
"""


SHARED = """apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: shared}
spec: {controllerName: io.cilium/gateway-controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: shared, namespace: platform}
spec:
  gatewayClassName: shared
  listeners:
    - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
"""

SETTINGS = """apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm, namespace: argocd}
data:
  resource.customizations.health.argoproj.io_Application: |
    hs = {status = "Progressing"}
    if obj.status and obj.status.sync and obj.status.sync.status == "Synced" and obj.status.health
        and obj.status.health.status == "Healthy" then
      hs.status = "Healthy"
    end
    return hs
"""

BASE = """apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [namespace.yaml, workload.yaml, settings.yaml, access.yaml, network.yaml, jobs.yaml]
"""

FILES = {
    "namespace.yaml": """apiVersion: v1
kind: Namespace
metadata:
  name: @NAME@
  labels:
    team: @TEAM@
    pod-security.kubernetes.io/enforce: restricted
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute, namespace: @NAME@}
spec:
  hard: {requests.cpu: "4", requests.memory: 8Gi, limits.cpu: "8", limits.memory: 16Gi, pods: "40"}
---
apiVersion: v1
kind: LimitRange
metadata: {name: containers, namespace: @NAME@}
spec:
  limits:
    - type: Container
      default: {cpu: 500m, memory: 256Mi}
      defaultRequest: {cpu: 50m, memory: 128Mi}
""",
    "workload.yaml": """apiVersion: v1
kind: ServiceAccount
metadata: {name: @NAME@, namespace: @NAME@}
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: @NAME@
  namespace: @NAME@
  labels: {app.kubernetes.io/name: @NAME@, app.kubernetes.io/part-of: @TEAM@}
spec:
  replicas: 2
  selector:
    matchLabels: {app.kubernetes.io/name: @NAME@}
  template:
    metadata:
      labels: {app.kubernetes.io/name: @NAME@, app.kubernetes.io/part-of: @TEAM@}
    spec:
      serviceAccountName: @NAME@
      securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: server
          image: registry.acme.example/@TEAM@/@NAME@:1.4.2@sha256:9b7e35eb1a3d8b0f7de5fd1f0ed3b2a84a4b9e5c5f0b5e0a5d3c1f9a7b6c8d21
          ports:
            - {name: http, containerPort: 8080}
            - {name: metrics, containerPort: 9090}
          envFrom:
            - configMapRef: {name: settings}
          readinessProbe:
            httpGet: {path: /ready, port: http}
            periodSeconds: 5
          livenessProbe:
            httpGet: {path: /alive, port: http}
            periodSeconds: 10
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          volumeMounts:
            - {name: features, mountPath: /etc/features, readOnly: true}
      volumes:
        - name: features
          configMap: {name: features}
---
apiVersion: v1
kind: Service
metadata: {name: @NAME@, namespace: @NAME@, labels: {app.kubernetes.io/name: @NAME@}}
spec:
  selector: {app.kubernetes.io/name: @NAME@}
  ports:
    - {name: http, port: 80, targetPort: http}
    - {name: metrics, port: 9090, targetPort: metrics}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: @NAME@, namespace: @NAME@}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app.kubernetes.io/name: @NAME@}
""",
    "settings.yaml": """apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: @NAME@}
data:
  LISTEN: ":8080"
  LOG_LEVEL: info
  QUEUE: @TEAM@-@NAME@
  TIMEOUT: 30s
---
apiVersion: v1
kind: ConfigMap
metadata: {name: features, namespace: @NAME@}
data:
  features.yaml: |
    search: {enabled: true, limit: 50}
    export: {enabled: false}
    regions:
      - eu-central-1
      - eu-west-1
""",
    "access.yaml": """apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: @NAME@}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: @NAME@}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
  - {kind: ServiceAccount, name: @NAME@, namespace: @NAME@}
""",
    "network.yaml": """apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: @NAME@}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: names, namespace: @NAME@}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
      ports:
        - {port: 53, protocol: UDP}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: callers, namespace: @NAME@}
spec:
  podSelector:
    matchLabels: {app.kubernetes.io/name: @NAME@}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {team: @TEAM@}}
      ports:
        - {port: 8080, protocol: TCP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: @NAME@, namespace: @NAME@}
spec:
  parentRefs:
    - {name: shared, namespace: platform}
  hostnames: [@NAME@.acme.example]
  rules:
    - matches:
        - path: {type: PathPrefix, value: /}
      backendRefs:
        - {name: @NAME@, port: 80}
""",
    "jobs.yaml": """apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: @NAME@}
spec:
  schedule: "17 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          serviceAccountName: @NAME@
          restartPolicy: Never
          securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: report
              image: registry.acme.example/@TEAM@/report:2.0.1@sha256:1c7e35eb1a3d8b0f7de5fd1f0ed3b2a84a4b9e5c5f0b5e0a5d3c1f9a7b6c8d21
              args: [--since, 24h]
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: @NAME@, namespace: @NAME@}
spec:
  selector:
    matchLabels: {app.kubernetes.io/name: @NAME@}
  endpoints:
    - {port: metrics, interval: 30s}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: report-queue, namespace: @NAME@}
spec:
  minReplicas: 2
  maxReplicas: 6
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: @NAME@-workers}
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: @NAME@-workers, namespace: @NAME@}
spec:
  selector:
    matchLabels: {app.kubernetes.io/name: @NAME@-workers}
  template:
    metadata:
      labels: {app.kubernetes.io/name: @NAME@-workers}
    spec:
      serviceAccountName: @NAME@
      securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: worker
          image: registry.acme.example/@TEAM@/@NAME@:1.4.2@sha256:9b7e35eb1a3d8b0f7de5fd1f0ed3b2a84a4b9e5c5f0b5e0a5d3c1f9a7b6c8d21
          args: [--work]
          envFrom:
            - configMapRef: {name: settings}
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
""",
}


class Family(threading.Thread):
    """Samples the memory of a program with everything it started."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.isOver = pid, 0, False

    def run(self):
        while not self.isOver:
            self.peak = max(self.peak, self.resident(self.pid))
            time.sleep(0.05)

    def resident(self, pid):
        try:
            fields = pathlib.Path(f"/proc/{pid}/statm").read_text().split()
            children = [child for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
                        for child in (task / "children").read_text().split()]
        except OSError:
            return 0
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") + sum(map(self.resident, children))


def measured(command, environment=None, isFine=(0,)):
    """Runs a program to its end: wall and processor seconds, those of its children among them, and peak memory."""
    with tempfile.TemporaryFile("w+") as output:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
        family = Family(process.pid)
        family.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        family.isOver = True
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode not in isFine:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{text[-2000:]}")
    figures = {"wallSeconds": round(wall, 2), "processorSeconds": round(usage.ru_utime + usage.ru_stime, 2),
               "peakMB": round(max(family.peak, usage.ru_maxrss * 1024) / 2**20)}
    return figures, text


def validation(zerotouch, objects):
    """`zerotouch validate` on a tree of that many objects, with nothing built before and with everything built."""
    with tempfile.TemporaryDirectory(prefix="zerotouch-benchmark-") as folder:
        tree = f"{folder}/tree"
        generate(tree, objects)
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        command = [zerotouch, "validate", tree, "--format", "json"]
        runs = {}
        for name in ("first", "again"):
            runs[name], text = measured(command, environment)
            report = json.loads(text)
            runs[name]["objectsPerProcessorSecond"] = round(
                report["checked"]["objects"] / runs[name]["processorSeconds"])
        row = {"objects": report["checked"]["objects"], "applications": report["checked"]["applications"],
               "findings": len(report["findings"]), **runs}
        if shutil.which("kubeconform"):
            row["kubeconform"], text = measured(
                ["kubeconform", "-ignore-missing-schemas", "-output", "json", "-summary", tree], isFine=(0, 1))
            row["kubeconform"]["objectsPerProcessorSecond"] = round(
                report["checked"]["objects"] / max(row["kubeconform"]["processorSeconds"], 0.01))
        return row


def validations(zerotouch, sizes=SIZES):
    return [validation(zerotouch, size) for size in sizes]


def lines(rows):
    """The figures as a table, the growth in a line, and what kubeconform says to it."""
    header = ["OBJECTS", "APPLICATIONS", "WALL s", "PROCESSOR s", "OBJECTS / PROCESSOR s", "PEAK MB", "FINDINGS"]
    cells = [[f"{row['objects']}", f"{row['applications']}", f"{run['wallSeconds']}", f"{run['processorSeconds']}",
              f"{run['objectsPerProcessorSecond']}", f"{run['peakMB']}", f"{row['findings']}", name]
             for row in rows for name, run in (("nothing built before", row["first"]), ("built before", row["again"]))]
    table = [header + [""]] + cells
    widths = [max(len(line[column]) for line in table) for column in range(len(header))]
    text = ["validate, at most 60 kustomizations:"]
    text += ["  ".join([cell.rjust(width) for cell, width in zip(line, widths)] + line[-1:]).rstrip() for line in table]
    if len(rows) > 1:
        small, large = rows[0], rows[-1]
        times = large["again"]["processorSeconds"] / small["again"]["processorSeconds"]
        text.append(f"{large['objects'] / small['objects']:.1f} times the objects take {times:.1f} times the processor")
    for row in rows:
        other = row.get("kubeconform")
        text.append(f"kubeconform, {row['objects']} objects: {other['processorSeconds']} s of the processor, "
                    f"{other['objectsPerProcessorSecond']} objects a second of it" if other else "")
    if not any("kubeconform" in row for row in rows):
        text.append("kubeconform is not on PATH; the mark without it is 2000 objects a second of the processor")
    return [line for line in text if line]
