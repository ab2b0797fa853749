// The shared body of the transformer's vector levels; included once a level with CK_NAME and CK_TARGET set, and CK_MASKED
// where AVX-512 loads and stores less than a vector. No include guard on purpose.

#define CK_INLINE CK_TARGET static inline __attribute__((always_inline))

CK_INLINE void CK_NAME(load)(const float *p, size_t n, float filler, ck_t16 *out) {
    if (n >= 16) {
        *out = *(const ck_t16 *)p;
        return;
    }
#ifdef CK_MASKED
    *out = (ck_t16)_mm512_mask_loadu_ps(_mm512_set1_ps(filler), (__mmask16)((1u << n) - 1), p);
#else
    float part[16];
    for (size_t i = 0; i < 16; i++) part[i] = i < n ? p[i] : filler;
    *out = *(const ck_t16 *)part;
#endif
}

CK_INLINE void CK_NAME(store)(const ck_t16 *x, size_t n, float *p) {
    if (n >= 16) {
        *(ck_t16 *)p = *x;
        return;
    }
#ifdef CK_MASKED
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)*x);
#else
    float part[16];
    *(ck_t16 *)part = *x;
    for (size_t i = 0; i < n; i++) p[i] = part[i];
#endif
}

// The 16 lanes in a fixed tree.
CK_INLINE float CK_NAME(sum)(const ck_t16 *x) {
    ck_t8 a = x->lo + x->hi;
    ck_t4 b = a.lo + a.hi;
    ck_t2 c = b.lo + b.hi;
    return c.x + c.y;
}

CK_INLINE float CK_NAME(greatest)(const ck_t16 *x) {
    ck_t8 a = x->lo > x->hi ? x->lo : x->hi;
    ck_t4 b = a.lo > a.hi ? a.lo : a.hi;
    ck_t2 c = b.lo > b.hi ? b.lo : b.hi;
    return c.x > c.y ? c.x : c.y;
}

// exp(x) to about 2 ulp from -87 to 88, and what it is there beyond (Cephes' expf polynomial).
CK_INLINE void CK_NAME(exp)(ck_t16 *x) {
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer in the low mantissa bits
    ck_t16 v = *x;
    v = v > -87.0f ? v : (ck_t16)-87.0f;
    v = v < 88.0f ? v : (ck_t16)88.0f;
    ck_t16 t = v * 1.44269504088896341f + magic;
    ck_t16 k = t - magic;
    ck_t16 r = k * -0.693359375f + v;
    r = k * 2.12194440e-4f + r;
    ck_t16 p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    ck_t16 r2 = r * r;
    p = p * r2 + r;
    p = p + 1.0f;
    *x = (ck_t16)((ck_u16)p + ((ck_u16)t << 23));
}

// Phi(x), and the factor d so that the derivative of x Phi(x) is Phi(x) + x d. erf after Abramowitz and Stegun 7.1.26, absolute error
// 1.5e-7; the approximation is 1 / (1 + exp(-2u)) with u = sqrt(2 / pi) (x + 0.044715 x^3).
CK_INLINE void CK_NAME(normal)(int form, const ck_t16 *input, ck_t16 *distribution, ck_t16 *slope) {
    ck_t16 x = *input, square = x * x;
    if (form == CK_GELU_TANH) {
        const float root = 0.79788456f;
        ck_t16 e = x * (square * 0.044715f + 1.0f) * (-2 * root);
        CK_NAME(exp)(&e);
        ck_t16 s = 1.0f / (e + 1.0f);
        *distribution = s;
        *slope = s * (1.0f - s) * (square * (3 * 0.044715f) + 1.0f) * (2 * root);
        return;
    }
    ck_t16 bell = square * -0.5f, magnitude = x < 0.0f ? -x : x;
    CK_NAME(exp)(&bell);
    ck_t16 t = 1.0f / (magnitude * (0.3275911f * 0.70710678f) + 1.0f);
    ck_t16 p = t * 1.061405429f - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    ck_t16 tail = p * t * bell * 0.5f;
    *distribution = x >= 0.0f ? 1.0f - tail : tail;
    *slope = bell * 0.39894228f;
}

CK_INLINE void CK_NAME(activated)(int form, ck_t16 *x) {
    if (form == CK_RECTIFIED) {
        *x = *x < 0.0f ? (ck_t16)0.0f : *x;
        return;
    }
    ck_t16 distribution, slope;
    CK_NAME(normal)(form, x, &distribution, &slope);
    *x = *x * distribution;
}

CK_INLINE void CK_NAME(round)(const ck_t16 *x, ck_h16 *out) {
    ck_u16 bits = (ck_u16)*x;
    ck_u16 rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    ck_u16 odd = bits >> 16 | 0x40;
    *out = __builtin_convertvector(*x == *x ? rounded : odd, ck_h16);
}

CK_INLINE void CK_NAME(store_half)(const ck_t16 *x, size_t n, uint16_t *p) {
    ck_h16 half;
    CK_NAME(round)(x, &half);
    if (n >= 16) {
        *(ck_h16 *)p = half;
        return;
    }
    uint16_t part[16];
    *(ck_h16 *)part = half;
    for (size_t i = 0; i < n; i++) p[i] = part[i];
}

CK_INLINE void CK_NAME(activate_form)(int form, const float *x, float *y, size_t n) {
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v;
        CK_NAME(load)(x + i, n - i, 0, &v);
        CK_NAME(activated)(form, &v);
        CK_NAME(store)(&v, n - i, y + i);
    }
}

CK_TARGET static void CK_NAME(activate)(int form, const float *x, float *y, size_t n) {
    if (form == CK_GELU_ERF) return CK_NAME(activate_form)(CK_GELU_ERF, x, y, n);
    if (form == CK_GELU_TANH) return CK_NAME(activate_form)(CK_GELU_TANH, x, y, n);
    CK_NAME(activate_form)(CK_RECTIFIED, x, y, n);
}

CK_INLINE void CK_NAME(activate_half_form)(int form, const float *x, uint16_t *y, size_t n) {
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v;
        CK_NAME(load)(x + i, n - i, 0, &v);
        CK_NAME(activated)(form, &v);
        CK_NAME(store_half)(&v, n - i, y + i);
    }
}

CK_TARGET static void CK_NAME(activate_half)(int form, const float *x, uint16_t *y, size_t n) {
    if (form == CK_GELU_ERF) return CK_NAME(activate_half_form)(CK_GELU_ERF, x, y, n);
    if (form == CK_GELU_TANH) return CK_NAME(activate_half_form)(CK_GELU_TANH, x, y, n);
    CK_NAME(activate_half_form)(CK_RECTIFIED, x, y, n);
}

CK_INLINE void CK_NAME(activate_gradient_form)(int form, const float *x, float *g, size_t n) {
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v, h;
        CK_NAME(load)(x + i, n - i, 0, &v);
        CK_NAME(load)(g + i, n - i, 0, &h);
        if (form == CK_RECTIFIED) {
            h = v <= 0.0f ? (ck_t16)0.0f : h;
        } else {
            ck_t16 distribution, slope;
            CK_NAME(normal)(form, &v, &distribution, &slope);
            h = h * (v * slope + distribution);
        }
        CK_NAME(store)(&h, n - i, g + i);
    }
}

CK_TARGET static void CK_NAME(activate_gradient)(int form, const float *x, float *g, size_t n) {
    if (form == CK_GELU_ERF) return CK_NAME(activate_gradient_form)(CK_GELU_ERF, x, g, n);
    if (form == CK_GELU_TANH) return CK_NAME(activate_gradient_form)(CK_GELU_TANH, x, g, n);
    CK_NAME(activate_gradient_form)(CK_RECTIFIED, x, g, n);
}

CK_TARGET static void CK_NAME(softmax)(float *row, const float *bias, size_t n, float scale) {
    ck_t16 tops = (ck_t16)-INFINITY;
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v;
        CK_NAME(load)(row + i, n - i, -INFINITY, &v);
        v = v * scale;
        if (bias) {
            ck_t16 b;
            CK_NAME(load)(bias + i, n - i, 0, &b);
            v = v + b;
            CK_NAME(store)(&v, n - i, row + i);
        }
        tops = v > tops ? v : tops;
    }
    float top = CK_NAME(greatest)(&tops);
    if (!(top > -INFINITY)) {
        for (size_t i = 0; i < n; i++) row[i] = 0;
        return;
    }
    float factor = bias ? 1 : scale;
    ck_t16 total = (ck_t16)0.0f;
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v, e;
        CK_NAME(load)(row + i, n - i, -INFINITY, &v);
        e = v * factor - top;
        CK_NAME(exp)(&e);
        e = v == -INFINITY ? (ck_t16)0.0f : e;
        total = total + e;
        CK_NAME(store)(&e, n - i, row + i);
    }
    float share = 1 / CK_NAME(sum)(&total);
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v;
        CK_NAME(load)(row + i, n - i, 0, &v);
        v = v * share;
        CK_NAME(store)(&v, n - i, row + i);
    }
}

CK_TARGET static void CK_NAME(softmax_gradient)(const float *p, float *g, size_t n, float scale) {
    ck_t16 total = (ck_t16)0.0f;
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 a, b;
        CK_NAME(load)(p + i, n - i, 0, &a);
        CK_NAME(load)(g + i, n - i, 0, &b);
        total = a * b + total;
    }
    float mean = CK_NAME(sum)(&total);
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 a, b;
        CK_NAME(load)(p + i, n - i, 0, &a);
        CK_NAME(load)(g + i, n - i, 0, &b);
        b = a * (b - mean) * scale;
        CK_NAME(store)(&b, n - i, g + i);
    }
}

CK_TARGET static void CK_NAME(normalize)(float *sum, const float *residual, const float *weight, const float *bias, float epsilon,
                                         float *y, size_t n, float *statistics) {
    ck_t16 total = (ck_t16)0.0f;
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v, r;
        CK_NAME(load)(sum + i, n - i, 0, &v);
        if (residual) {
            CK_NAME(load)(residual + i, n - i, 0, &r);
            v = v + r;
            CK_NAME(store)(&v, n - i, sum + i);
        }
        total = total + v;
    }
    float mean = CK_NAME(sum)(&total) / (float)n;
    total = (ck_t16)0.0f;
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v;
        CK_NAME(load)(sum + i, n - i, mean, &v);
        v = v - mean;
        total = v * v + total;
    }
    float reciprocal = 1 / sqrtf(CK_NAME(sum)(&total) / (float)n + epsilon);
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v, w, b;
        CK_NAME(load)(sum + i, n - i, 0, &v);
        CK_NAME(load)(weight + i, n - i, 0, &w);
        CK_NAME(load)(bias + i, n - i, 0, &b);
        v = (v - mean) * reciprocal;
        v = v * w + b;
        CK_NAME(store)(&v, n - i, y + i);
    }
    statistics[0] = mean;
    statistics[1] = reciprocal;
}

CK_TARGET static void CK_NAME(normalize_gradient)(const float *sum, const float *weight, float *g, float *weight_gradient,
                                                  float *bias_gradient, size_t n, float mean, float reciprocal) {
    ck_t16 level = (ck_t16)0.0f, along = (ck_t16)0.0f;
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v, h, w, wg, bg;
        CK_NAME(load)(sum + i, n - i, mean, &v);
        CK_NAME(load)(g + i, n - i, 0, &h);
        CK_NAME(load)(weight + i, n - i, 0, &w);
        CK_NAME(load)(weight_gradient + i, n - i, 0, &wg);
        CK_NAME(load)(bias_gradient + i, n - i, 0, &bg);
        v = (v - mean) * reciprocal;
        wg = h * v + wg;
        bg = bg + h;
        CK_NAME(store)(&wg, n - i, weight_gradient + i);
        CK_NAME(store)(&bg, n - i, bias_gradient + i);
        h = h * w;
        level = level + h;
        along = h * v + along;
    }
    float a = CK_NAME(sum)(&level) / (float)n, b = CK_NAME(sum)(&along) / (float)n;
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v, h, w;
        CK_NAME(load)(sum + i, n - i, mean, &v);
        CK_NAME(load)(g + i, n - i, 0, &h);
        CK_NAME(load)(weight + i, n - i, 0, &w);
        v = (v - mean) * reciprocal;
        h = h * w - a;
        h = (h - v * b) * reciprocal;
        CK_NAME(store)(&h, n - i, g + i);
    }
}

CK_TARGET static void CK_NAME(add)(const float *x, float *y, size_t n) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) *(ck_t16 *)(y + i) += *(const ck_t16 *)(x + i);
    for (; i < n; i++) y[i] += x[i];
}

CK_TARGET static void CK_NAME(drop)(float *x, size_t n, uint64_t position, const ck_dropout *dropout) {
    const ck_l8 steps = {1, 2, 3, 4, 5, 6, 7, 8};
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        ck_l8 bits = (steps + (position + i)) * 0x9E3779B97F4A7C15u + dropout->seed;
        bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
        bits = (bits ^ bits >> 31) >> 32;
        ck_u8 draw = __builtin_convertvector(bits, ck_u8);
        ck_t8 v = *(const ck_t8 *)(x + i) * dropout->factor;
        *(ck_t8 *)(x + i) = draw < dropout->threshold ? (ck_t8)0.0f : v;
    }
    plain_drop(x + i, n - i, position + i, dropout);
}

CK_TARGET static void CK_NAME(to_bfloat16)(const float *x, uint16_t *y, size_t n) {
    for (size_t i = 0; i < n; i += 16) {
        ck_t16 v;
        CK_NAME(load)(x + i, n - i, 0, &v);
        CK_NAME(store_half)(&v, n - i, y + i);
    }
}

static const ck_transformer_kernels CK_NAME(kernels) = {
    CK_NAME(activate), CK_NAME(activate_half), CK_NAME(activate_gradient), CK_NAME(softmax), CK_NAME(softmax_gradient),
    CK_NAME(normalize), CK_NAME(normalize_gradient), CK_NAME(add), CK_NAME(drop), CK_NAME(to_bfloat16),
};

#undef CK_INLINE
#undef CK_NAME
#undef CK_TARGET
#undef CK_MASKED
