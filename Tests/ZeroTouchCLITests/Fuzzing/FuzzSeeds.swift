/// Small healthy files of the kinds that this repository has none of.
enum FuzzSeeds {
  static let files: [String: String] = [
    "root.yaml": application("root", "apps", "directory: {recurse: true, include: '*.yaml', exclude: 'old/*'}"),
    "apps/shop.yaml": application("shop", "overlay", "kustomize: {images: ['shop=registry.example/shop:1.2.3']}"),
    "apps/itself.yaml": application("itself", "apps", "directory: {recurse: true}"),
    "apps/away.yaml": application("away", "../../outside", "directory: {recurse: true}"),
    "apps/chart.yaml": application(
      "chart", "chart", "helm: {valueFiles: [values.yaml, $v/x.yaml], valuesObject: {a: 1}}"),
    "apps/cilium.yaml": """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: cilium, annotations: {argocd.argoproj.io/sync-wave: "-9", argocd.argoproj.io/hook: PostSync}}
    spec:
      destination: {name: in-cluster, namespace: kube-system}
      sources:
        - {repoURL: https://helm.cilium.io, chart: cilium, targetRevision: 1.18.4, helm: {values: "kubeProxyReplacement: true"}}
        - {repoURL: https://github.com/acme/shop, ref: v, targetRevision: main}
      syncPolicy: {automated: {}, retry: {limit: 3}, syncOptions: [CreateNamespace=true, Replace=true, ServerSideApply=true]}
    """,
    "apps/set.yaml": """
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: set, namespace: argocd}
    spec:
      goTemplate: true
      goTemplateOptions: [missingkey=error]
      generators:
        - git: {repoURL: https://github.com/acme/shop, revision: main, directories: [{path: 'tenants/*'}, {path: 'tenants/x', exclude: true}]}
      template:
        metadata: {name: '{{.path.basename}}-{{index .path.segments 0}}'}
        spec:
          source: {repoURL: https://github.com/acme/shop, path: '{{.path.path}}', targetRevision: main}
          destination: {server: https://kubernetes.default.svc, namespace: '{{.path.basenameNormalized}}'}
    """,
    "apps/old-set.yaml": """
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: old}
    spec:
      generators:
        - list: {elements: [{name: a}, {name: b}]}
        - matrix: {generators: [{git: {directories: [{path: '*'}]}}, {list: {elements: []}}]}
      template: {metadata: {name: '{{path.basename}}'}, spec: {source: {path: '{{path}}', repoURL: https://github.com/acme/shop}}}
    """,
    "base/kustomization.yaml": """
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [work.yaml]
    configMapGenerator: [{name: settings, literals: [a=b], files: [x=work.yaml]}]
    """,
    "base/work.yaml": work,
    "overlay/kustomization.yaml": """
    kind: Kustomization
    namePrefix: x-
    namespace: shop
    resources: [../base]
    components: [../component]
    patches:
      - {target: {kind: Deployment, name: shop, labelSelector: "a in (b)"}, patch: "- {op: replace, path: /spec/replicas, value: 2}"}
      - {path: patch.yaml}
    replacements:
      - source: {kind: ConfigMap, name: settings, fieldPath: data.a}
        targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.metadata.labels.x], options: {create: true}}]
    """,
    "overlay/patch.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {replicas: 3}\n",
    "component/kustomization.yaml": "kind: Component\nresources: []\npatches: []\n",
    "circle/one/kustomization.yaml": "resources: [../two]\n",
    "circle/two/kustomization.yaml": "resources: [../one, ., .., ../../overlay]\n",
    "chart/Chart.yaml":
      "apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies: [{name: x, version: '*', repository: file://../x}]\n",
    "chart/values.yaml": "image: {repository: x, tag: latest}\n",
    "chart/templates/x.yaml": "{{- range .Values.x }}\n{{ . }}\n{{- end }}\n",
    "chart/crds/x.yaml": definition,
    ".sops.yaml":
      "creation_rules:\n  - {path_regex: 'secrets/.*\\.enc\\.yaml$', age: age1qqq, encrypted_regex: ^(data|stringData)$}\n",
    "secrets/one.enc.yaml": """
    apiVersion: v1
    kind: Secret
    metadata: {name: key, namespace: shop}
    stringData: {password: 'ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]'}
    sops:
      age: [{recipient: age1qqq, enc: "-----BEGIN AGE ENCRYPTED FILE-----"}]
      lastmodified: "2026-01-01T00:00:00Z"
      mac: ENC[AES256_GCM,data:Zm9v]
      version: 3.9.0
    """,
    "secrets/two.yaml": """
    apiVersion: v1
    kind: Secret
    metadata: {name: clear, namespace: shop}
    data: {password: aHVzaA==, tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t}
    ---
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata: {name: db, namespace: shop}
    spec:
      refreshInterval: 1h
      secretStoreRef: {kind: ClusterSecretStore, name: store}
      target: {name: db, template: {data: {url: "postgres://{{ .user }}:{{ .password }}@db/x"}}}
      data: [{secretKey: password, remoteRef: {key: /shop/db, property: password}}]
    ---
    apiVersion: external-secrets.io/v1
    kind: ClusterSecretStore
    metadata: {name: store}
    spec:
      provider: {aws: {service: ParameterStore, region: eu-central-1, auth: {secretRef: {accessKeyIDSecretRef: {name: aws, key: id, namespace: shop}}}}}
    """,
    "talos/controlplane.yaml": """
    version: v1alpha1
    machine:
      type: controlplane
      token: abcdef.0123456789abcdef
      install: {disk: /dev/sda, image: ghcr.io/siderolabs/installer:v1.11.5}
      network: {interfaces: [{interface: eth0, addresses: [192.0.2.10/24]}], hostname: cp}
      certSANs: [192.0.2.10]
    cluster:
      controlPlane: {endpoint: https://192.0.2.11:6443}
      network: {cni: {name: flannel}, podSubnets: [10.0.0.0/8], serviceSubnets: [10.0.0.0/12]}
      proxy: {disabled: false}
      inlineManifests: [{name: x, contents: "apiVersion: v1\\nkind: Namespace\\nmetadata: {name: x}\\n"}]
    ---
    apiVersion: v1alpha1
    kind: HostnameConfig
    hostname: cp
    """,
    "flux/apps.yaml": """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: apps, namespace: flux-system}
    spec:
      path: ./base
      dependsOn: [{name: infra}, {name: apps}]
      sourceRef: {kind: GitRepository, name: flux-system}
      postBuild: {substitute: {A: b}, substituteFrom: [{kind: ConfigMap, name: x}]}
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: infra, namespace: flux-system}
    spec: {path: ./overlay, dependsOn: [{name: apps}], sourceRef: {kind: GitRepository, name: flux-system}}
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: x}
    spec: {chart: {spec: {chart: x, version: '>=1', sourceRef: {kind: HelmRepository, name: x}}}, values: {a: {b: c}}}
    """,
    "crossplane/api.yaml": api,
    "tenants/x/kustomization.yaml": "resources: [work.yaml]\n",
    "tenants/x/work.yaml": work,
    ".git/config": "[remote \"origin\"]\n  url = git@github.com:acme/shop.git\n",
    ".github/workflows/ci.yaml":
      "on: push\njobs: {x: {runs-on: ubuntu-latest, steps: [{run: cd /home/ada/x, env: {ENVIRONMENT: prod}}]}}\n",
  ]

  private static func application(_ name: String, _ path: String, _ source: String) -> String {
    """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: \(name)
      namespace: argocd
      finalizers: [resources-finalizer.argocd.argoproj.io]
      annotations:
        argocd.argoproj.io/sync-wave: "3"
    spec:
      project: default
      source:
        repoURL: https://github.com/acme/shop
        targetRevision: main
        path: \(path)
        \(source)
      destination: {server: https://kubernetes.default.svc, namespace: \(name)}
      syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}
      ignoreDifferences: [{group: apps, kind: Deployment, jqPathExpressions: ['.spec[']}]
    """
  }

  private static let work = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop, namespace: shop, labels: {a: b}, annotations: {argocd.argoproj.io/sync-wave: "1"}}
    spec:
      replicas: 2
      selector: {matchLabels: {a: b}}
      template:
        metadata: {labels: {a: b}}
        spec:
          serviceAccountName: shop
          imagePullSecrets: [{name: pull}]
          containers:
            - name: x
              image: registry.example/shop:latest@sha256:00
              env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: password}}}]
              securityContext: {privileged: true}
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data, namespace: shop}
    spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 5Gi}}}
    ---
    apiVersion: postgresql.cnpg.io/v1
    kind: Cluster
    metadata: {name: db, namespace: shop}
    spec: {instances: 3, storage: {size: 5Gi}, backup: {barmanObjectStore: {destinationPath: s3://x}}}
    """

  private static let definition = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: clusters.postgresql.cnpg.io}
    spec:
      group: postgresql.cnpg.io
      scope: Namespaced
      names: {kind: Cluster, plural: clusters}
      versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
    """

  private static let api = """
    apiVersion: apiextensions.crossplane.io/v2
    kind: CompositeResourceDefinition
    metadata: {name: shops.acme.example}
    spec:
      group: acme.example
      scope: Namespaced
      names: {kind: Shop, plural: shops}
      versions:
        - name: v1
          served: true
          referenceable: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [size]
                  properties:
                    size: {type: string, enum: [small, large], default: small}
                    count: {type: integer, minimum: 1, maximum: 9}
                    name: {type: string, pattern: '^(a+)+$', maxLength: 63}
                  x-kubernetes-validations: [{rule: "self.count > 1 || self.size == 'small'", message: count}]
    ---
    apiVersion: apiextensions.crossplane.io/v1
    kind: Composition
    metadata: {name: shop}
    spec:
      compositeTypeRef: {apiVersion: acme.example/v1, kind: Shop}
      mode: Pipeline
      pipeline:
        - step: patch
          functionRef: {name: function-patch-and-transform}
          input:
            apiVersion: pt.fn.crossplane.io/v1beta1
            kind: Resources
            resources:
              - name: work
                base: {apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {replicas: 1}}
                patches:
                  - {type: FromCompositeFieldPath, fromFieldPath: spec.count, toFieldPath: "spec.replicas"}
                  - type: CombineFromComposite
                    combine: {variables: [{fromFieldPath: spec.size}], strategy: string, string: {fmt: '%s-%s'}}
                    toFieldPath: 'spec.template.spec.containers[0].image'
                    transforms: [{type: map, map: {small: "1", large: "2"}}, {type: math, math: {multiply: 9223372036854775807}}]
                readinessChecks: [{type: MatchString, fieldPath: status.x, matchString: y}]
    ---
    apiVersion: acme.example/v1
    kind: Shop
    metadata: {name: one, namespace: shop}
    spec: {size: medium, count: 100, name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab}
    """
}
