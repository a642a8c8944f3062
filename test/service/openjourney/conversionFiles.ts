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
`;
