"""The network of src/inventory/models/attention in NumPy, written on its own: loss and gradients of a batch, and how long a
training step takes. Batched over examples and features, as NumPy wants it. Needs numpy.
Reads JSON on stdin {shape, weights, windows, labels, repeats}; prints JSON {loss, gradients, seconds} (of one batch)."""
import json
import sys
import time

import numpy as np


class V:
    """A value with its derivative; `back` hands it on."""

    def __init__(self, value, parents=(), back=lambda g: ()):
        self.v, self.parents, self.back, self.g = value, parents, back, None

    def __add__(self, o):
        return V(self.v + o.v, (self, o), lambda g: (fit(g, self.v.shape), fit(g, o.v.shape)))

    def __mul__(self, o):
        return V(self.v * o.v, (self, o), lambda g: (fit(g * o.v, self.v.shape), fit(g * self.v, o.v.shape)))

    def __matmul__(self, o):
        def back(g):
            if o.v.ndim == 2:  # weights, shared by the batch
                flat = self.v.reshape(-1, self.v.shape[-1]).T @ g.reshape(-1, g.shape[-1])
                return g @ o.v.T, flat
            return g @ o.v.swapaxes(-1, -2), self.v.swapaxes(-1, -2) @ g
        return V(self.v @ o.v, (self, o), back)

    def __getitem__(self, at):
        def back(g):
            out = np.zeros_like(self.v)
            out[at] = g
            return (out,)
        return V(self.v[at], (self,), back)


def fit(g, shape):
    """Sums a derivative over what was broadcast."""
    while g.ndim > len(shape):
        g = g.sum(0)
    for axis, size in enumerate(shape):
        if size == 1 and g.shape[axis] > 1:
            g = g.sum(axis, keepdims=True)
    return g


def each(a, y, slope):
    return V(y, (a,), lambda g: (g * slope,))


def sigmoid(a):
    y = 1 / (1 + np.exp(-a.v))
    return each(a, y, y * (1 - y))


def tanh(a):
    y = np.tanh(a.v)
    return each(a, y, 1 - y * y)


def elu(a):
    y = np.where(a.v > 0, a.v, np.expm1(np.minimum(a.v, 0)))
    return each(a, y, np.where(a.v > 0, 1, y + 1))


def softmax(a):
    y = np.exp(a.v - a.v.max(-1, keepdims=True))
    y /= y.sum(-1, keepdims=True)
    return V(y, (a,), lambda g: (y * (g - (g * y).sum(-1, keepdims=True)),))


def unit(a):
    away = a.v - a.v.mean(-1, keepdims=True)
    root = np.sqrt((away**2).mean(-1, keepdims=True) + 1e-6)
    y = away / root
    back = lambda g: ((g - g.mean(-1, keepdims=True) - y * (g * y).mean(-1, keepdims=True)) / root,)
    return V(y, (a,), back)


def stack(parts):
    return V(np.stack([p.v for p in parts], 1), tuple(parts), lambda g: tuple(g[:, t] for t in range(len(parts))))


def gated(w, name, x):
    inner = elu(x @ w[f"{name}.w1"] + w[f"{name}.b1"]) @ w[f"{name}.w2"] + w[f"{name}.b2"]
    to = inner.v.shape[-1]
    gates = inner @ w[f"{name}.gate"] + w[f"{name}.gateShift"]
    skip = x @ w[f"{name}.skip"] if f"{name}.skip" in w else x
    return unit(skip + sigmoid(gates[..., :to]) * gates[..., to:]) * w[f"{name}.gain"] + w[f"{name}.shift"]


def forward(shape, w, x):
    batch, steps, inputs = x.shape
    units, heads = shape["units"], shape["heads"]
    seen, own = V(x), units // heads
    selection = softmax(gated(w, "select", seen))
    features = gated(w, "feature", V(x[..., None]) * w["embed"] + w["embedShift"])  # [batch, steps, inputs, units]
    parts = features * selection[..., None]
    mixed = V(parts.v.sum(2), (parts,), lambda g: (np.broadcast_to(g[:, :, None], parts.v.shape),))
    driven = mixed @ w["lstmIn"] + w["lstmShift"]
    state = memory = V(np.zeros((batch, units)))
    outputs = []
    for t in range(steps):
        gates = driven[:, t] + state @ w["lstmState"]
        gate = lambda k: gates[:, k * units:(k + 1) * units]
        memory = sigmoid(gate(1)) * memory + sigmoid(gate(0)) * tanh(gate(3))
        state = sigmoid(gate(2)) * tanh(memory)
        outputs.append(state)
    local = gated(w, "enrich", mixed + stack(outputs))
    last = local[:, -1:]
    query, keys, values = last @ w["queries"], local @ w["keys"], local @ w["values"]
    looked = V(np.zeros((batch, 1, own)))
    for h in range(heads):
        at = slice(h * own, (h + 1) * own)
        key = keys[..., at]
        turned = V(key.v.swapaxes(-1, -2), (key,), lambda g: (g.swapaxes(-1, -2),))
        weights = softmax((query[..., at] @ turned) * V(np.array(1 / np.sqrt(own))))
        looked = looked + (weights @ values) * V(np.array(1 / heads))
    return (gated(w, "out", last + looked @ w["attended"]) @ w["head"] + w["headShift"])[:, 0]


def pinball(said, labels, levels):
    error = np.repeat(labels, len(levels), 1) - said.v
    level = np.tile(levels, labels.shape[1])
    loss = np.where(error < 0, (level - 1) * error, level * error).sum()
    return V(np.array(loss), (said,), lambda g: (g * np.where(error < 0, 1 - level, -level),))


def run_back(loss):
    order, seen = [], set()
    todo = [(loss, False)]
    while todo:
        node, done = todo.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            todo.append((node, True))
            todo += [(p, False) for p in node.parents]
    loss.g = np.array(1.0)
    for node in reversed(order):
        for parent, g in zip(node.parents, node.back(node.g)):
            parent.g = g if parent.g is None else parent.g + g


given = json.load(sys.stdin)
shape = given["shape"]
windows = np.array(given["windows"]).reshape(-1, shape["steps"], shape["inputs"])
labels = np.array(given["labels"])
start = {name: np.array(w["values"]).reshape(w["shape"]) for name, w in given["weights"].items()}


def step():
    w = {name: V(value) for name, value in start.items()}
    loss = pinball(forward(shape, w, windows), labels, np.array(shape["levels"]))
    run_back(loss)
    return loss.v, w


best = np.inf
for _ in range(given["repeats"]):
    before = time.process_time()
    loss, w = step()
    best = min(best, time.process_time() - before)
gradients = {name: node.g.reshape(-1).tolist() for name, node in w.items()}
print(json.dumps({"loss": float(loss), "gradients": gradients, "seconds": best}))
