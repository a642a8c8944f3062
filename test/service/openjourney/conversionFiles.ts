// The files around the kustomizations whose deprecated fields are converted.

export const OTHERS = `>>> base/kustomization.yaml
resources:
- b.yaml
>>> base/b.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: b
spec:
  selector:
    matchLabels:
      app: b
  template:
    metadata:
      labels:
        app: b
    spec:
      containers:
      - name: b
        image: nginx
>>> a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
>>> p.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  x: y
>>> q.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  z: y
>>> r.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  x: earlier
>>> x.env
A=1
>>> y.env
B=1
>>> c.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
  namespace: web
data:
  HOST: example.org
  PORT: "8080"
>>> w.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: w
spec:
  selector:
    matchLabels:
      app: w
  template:
    metadata:
      labels:
        app: w
    spec:
      containers:
      - name: side
        image: side
        args: ["--port", $(PORT)]
      - name: w
        image: w
        env:
        - name: OTHER
          value: a
        - name: HOST
          value: $(HOST)
>>> o.yaml
apiVersion: example.org/v1
kind: Other
metadata:
  name: o
  annotations:
    example.org/host: $(HOST)
spec:
  hosts: [$(HOST), b]
  note: $(HOST) stays here
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i
spec:
  rules:
  - host: $(HOST)
  - host: example.com
>>> part.yaml
apiVersion: v1
kind: Pod
metadata:
  name: part
spec:
  containers:
  - name: c
    args: [--host=$(HOST)]
>>> conf.yaml
varReference:
- kind: Other
  path: spec/hosts
`;
