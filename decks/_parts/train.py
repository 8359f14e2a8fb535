"""A multi-layer perceptron in plain NumPy: the network behind every training figure of the lecture."""

from itertools import pairwise

import numpy as np


def initialise(sizes, rng):
    """Weights [W1, b1, W2, b2, ...] for layers of the given sizes, scaled to keep the signal's variance."""
    params = []
    for inputs, outputs in pairwise(sizes):
        params += [rng.normal(0, inputs**-0.5, (inputs, outputs)), np.zeros(outputs)]
    return params


def forward(params, x):
    """The activations of all layers, the input first; the last layer stays linear."""
    layers = [x]
    for weights, bias in zip(params[:-2:2], params[1:-2:2], strict=True):
        layers.append(np.tanh(layers[-1] @ weights + bias))
    return [*layers, layers[-1] @ params[-2] + params[-1]]


def backward(params, layers, delta):
    """Gradients for all weights, from the loss's derivative by the output."""
    gradients = []
    for weights, below in zip(params[-2::-2], layers[-2::-1], strict=True):
        gradients = [below.T @ delta, delta.sum(axis=0), *gradients]
        delta = (delta @ weights.T) * (1 - below**2)
    return gradients


class Adam:
    """Gradient descent with a running mean and a running scale for each weight."""

    def __init__(self, rate=1e-3, beta1=0.9, beta2=0.999):
        self.rate, self.beta1, self.beta2 = rate, beta1, beta2
        self.steps, self.mean, self.square = 0, None, None

    def step(self, params, gradients):
        """Move the weights, in place."""
        if self.mean is None:
            self.mean = [np.zeros_like(p) for p in params]
            self.square = [np.zeros_like(p) for p in params]
        self.steps += 1
        for p, g, m, v in zip(params, gradients, self.mean, self.square, strict=True):
            m += (1 - self.beta1) * (g - m)
            v += (1 - self.beta2) * (g**2 - v)
            m_hat = m / (1 - self.beta1**self.steps)
            v_hat = v / (1 - self.beta2**self.steps)
            p -= self.rate * m_hat / (np.sqrt(v_hat) + 1e-8)


class Descent:
    """Plain gradient descent."""

    def __init__(self, rate):
        self.rate = rate

    def step(self, params, gradients):
        """Move the weights, in place."""
        for p, g in zip(params, gradients, strict=True):
            p -= self.rate * g


def mean_square(output, target):
    """The loss of regression, and its derivative by the output."""
    error = output - target
    return float(np.mean(error**2)), 2 * error / error.size


def cross_entropy(output, target):
    """The loss of two classes for a score (before the sigmoid), and its derivative by the score."""
    loss = np.logaddexp(0, output) - target * output
    return float(np.mean(loss)), (1 / (1 + np.exp(-output)) - target) / output.size


def train(params, data, loss, optimiser, epochs, rng, batch=64):
    """Yield the mean loss of each epoch while the weights improve."""
    x, y = data
    for _ in range(epochs):
        losses = []
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            chosen = order[start : start + batch]
            layers = forward(params, x[chosen])
            value, delta = loss(layers[-1], y[chosen])
            optimiser.step(params, backward(params, layers, delta))
            losses.append(value)
        yield float(np.mean(losses))
