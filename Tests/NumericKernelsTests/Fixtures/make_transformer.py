"""Values and gradients of the kernels of a transformer, by PyTorch's automatic differentiation in double precision.

    python3 make_transformer.py > transformer.json        (PyTorch 2.15.0)

Each case has inputs, the gradient of the output and what PyTorch makes of them; matrices are lists of rows.
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(8)
torch.set_default_dtype(torch.float64)


def rounded(*shape, scale=2.0):
    """Random values that 32-bit floats hold exactly."""
    return ((torch.rand(*shape) * 2 - 1) * scale * 4096).round() / 4096


def case(function, inputs, output_shape):
    leaves = [x.clone().requires_grad_() for x in inputs]
    output = function(*leaves)
    gradient = rounded(*output_shape)
    output.backward(gradient)
    return {
        "inputs": [x.tolist() for x in inputs],
        "gradient": gradient.tolist(),
        "output": output.tolist(),
        "gradients": [x.grad.tolist() for x in leaves],
    }


def attention(packed, heads, lengths):
    parts, start = [], 0
    for length in lengths:
        q, k, v = packed[start:start + length].chunk(3, dim=1)
        q, k, v = (x.reshape(length, heads, -1).transpose(0, 1) for x in (q, k, v))
        parts.append(F.scaled_dot_product_attention(q, k, v).transpose(0, 1).reshape(length, -1))
        start += length
    return torch.cat(parts)


shape = (3, 11)
cases = {
    "layerNorm": case(lambda x, w, b: F.layer_norm(x, (11,), w, b, 1e-5), [rounded(*shape), rounded(11), rounded(11)], shape),
    "geluErf": case(lambda x: F.gelu(x), [rounded(*shape, scale=5)], shape),
    "geluTanh": case(lambda x: F.gelu(x, approximate="tanh"), [rounded(*shape, scale=5)], shape),
    "softmax": case(lambda x: F.softmax(x * 0.5, dim=1), [rounded(*shape, scale=4)], shape),
    "attention": case(lambda x: attention(x, 2, [4, 1, 3]), [rounded(8, 18)], (8, 6)),
    "linear": case(lambda x, w, b: F.linear(x, w, b), [rounded(5, 7), rounded(6, 7), rounded(6)], (5, 6)),
}
print(json.dumps(cases))
