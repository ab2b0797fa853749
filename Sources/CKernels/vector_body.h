// The shared body of the vector levels; included once a level with CK_NAME and CK_TARGET set. No include guard on purpose.
// No vector is ever passed as an argument between functions of different levels: the helpers are inlined.

#define CK_INLINE CK_TARGET static inline __attribute__((always_inline))

CK_INLINE void CK_NAME(load)(const float *p, ck_f16 *out) { *out = *(const ck_f16 *)p; }

// The last n < 16 floats, the rest zero.
CK_INLINE void CK_NAME(load_part)(const float *p, size_t n, ck_f16 *out) {
    float part[16] = {0};
    for (size_t i = 0; i < n; i++) part[i] = p[i];
    *out = *(const ck_f16 *)part;
}

// The 16 lanes in a fixed tree.
CK_INLINE float CK_NAME(sum)(const ck_f16 *x) {
    float a[16];
    *(ck_f16 *)a = *x;
    for (size_t w = 8; w > 0; w >>= 1)
        for (size_t i = 0; i < w; i++) a[i] = a[i] + a[i + w];
    return a[0];
}

// QN x RN products at once, each in one accumulator of 16 lanes.
#define CK_BLOCK(NAME, QN, RN)                                                                                       \
    CK_INLINE void CK_NAME(NAME)(const float *q, size_t qs, const float *r, size_t rs, size_t n,  \
                                              float *out, size_t os) {                                         \
        ck_f16 acc[QN][RN] = {0};                                                                              \
        size_t i = 0;                                                                                          \
        for (; i + 16 <= n; i += 16) {                                                                         \
            ck_f16 b[RN];                                                                                      \
            for (size_t y = 0; y < RN; y++) CK_NAME(load)(r + y * rs + i, &b[y]);                              \
            for (size_t x = 0; x < QN; x++) {                                                                  \
                ck_f16 a;                                                                                      \
                CK_NAME(load)(q + x * qs + i, &a);                                                             \
                for (size_t y = 0; y < RN; y++) acc[x][y] = a * b[y] + acc[x][y];                              \
            }                                                                                                  \
        }                                                                                                      \
        if (i < n) {                                                                                           \
            ck_f16 b[RN];                                                                                      \
            for (size_t y = 0; y < RN; y++) CK_NAME(load_part)(r + y * rs + i, n - i, &b[y]);                  \
            for (size_t x = 0; x < QN; x++) {                                                                  \
                ck_f16 a;                                                                                      \
                CK_NAME(load_part)(q + x * qs + i, n - i, &a);                                                 \
                for (size_t y = 0; y < RN; y++) acc[x][y] = a * b[y] + acc[x][y];                              \
            }                                                                                                  \
        }                                                                                                      \
        for (size_t x = 0; x < QN; x++)                                                                        \
            for (size_t y = 0; y < RN; y++) out[x * os + y] = CK_NAME(sum)(&acc[x][y]);                        \
    }
CK_BLOCK(block_many, CK_QUERIES, CK_ROWS)
CK_BLOCK(block_row, 1, CK_ROWS)
CK_BLOCK(block_one, 1, 1)
#undef CK_BLOCK

CK_TARGET static void CK_NAME(dots)(const float *queries, size_t query_count, size_t query_stride, const float *rows,
                                    size_t row_count, size_t row_stride, size_t n, float *out, size_t out_stride) {
    size_t q = 0;
    for (; q + CK_QUERIES <= query_count; q += CK_QUERIES) {
        const float *a = queries + q * query_stride;
        float *o = out + q * out_stride;
        size_t r = 0;
        for (; r + CK_ROWS <= row_count; r += CK_ROWS)
            CK_NAME(block_many)(a, query_stride, rows + r * row_stride, row_stride, n, o + r, out_stride);
        for (; r < row_count; r++)
            for (size_t x = 0; x < CK_QUERIES; x++)
                CK_NAME(block_one)(a + x * query_stride, query_stride, rows + r * row_stride, row_stride, n,
                                   o + x * out_stride + r, out_stride);
    }
    for (; q < query_count; q++) {
        const float *a = queries + q * query_stride;
        float *o = out + q * out_stride;
        size_t r = 0;
        for (; r + CK_ROWS <= row_count; r += CK_ROWS)
            CK_NAME(block_row)(a, query_stride, rows + r * row_stride, row_stride, n, o + r, out_stride);
        for (; r < row_count; r++)
            CK_NAME(block_one)(a, query_stride, rows + r * row_stride, row_stride, n, o + r, out_stride);
    }
}

CK_TARGET static void CK_NAME(axpy)(float alpha, const float *x, float *y, size_t n) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        ck_f16 *o = (ck_f16 *)(y + i);
        *o = alpha * *(const ck_f16 *)(x + i) + *o;
    }
    for (; i < n; i++) y[i] = CK_FMA(alpha, x[i], y[i]);
}

CK_TARGET static void CK_NAME(scale)(float alpha, float *x, size_t n) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) *(ck_f16 *)(x + i) *= alpha;
    for (; i < n; i++) x[i] *= alpha;
}

CK_INLINE void CK_NAME(prefetch)(const float *p, size_t n) {
    for (size_t i = 0; i < n && i < 256; i += 16) __builtin_prefetch(p + i);
}

CK_TARGET static void CK_NAME(gather)(const float *rows, size_t stride, const int32_t *ids, const float *weights, size_t count,
                                      float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = 0;
    size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        for (size_t p = k + 4; p < k + 8 && p < count; p++) CK_NAME(prefetch)(rows + (size_t)ids[p] * stride, n);
        const float *r0 = rows + (size_t)ids[k] * stride, *r1 = rows + (size_t)ids[k + 1] * stride;
        const float *r2 = rows + (size_t)ids[k + 2] * stride, *r3 = rows + (size_t)ids[k + 3] * stride;
        float w0 = weights[k], w1 = weights[k + 1], w2 = weights[k + 2], w3 = weights[k + 3];
        size_t i = 0;
        for (; i + 16 <= n; i += 16) {
            ck_f16 *o = (ck_f16 *)(out + i);
            ck_f16 s = *o;
            s = w0 * *(const ck_f16 *)(r0 + i) + s;
            s = w1 * *(const ck_f16 *)(r1 + i) + s;
            s = w2 * *(const ck_f16 *)(r2 + i) + s;
            s = w3 * *(const ck_f16 *)(r3 + i) + s;
            *o = s;
        }
        for (; i < n; i++) {
            float s = out[i];
            s = CK_FMA(w0, r0[i], s);
            s = CK_FMA(w1, r1[i], s);
            s = CK_FMA(w2, r2[i], s);
            s = CK_FMA(w3, r3[i], s);
            out[i] = s;
        }
    }
    for (; k < count; k++) CK_NAME(axpy)(weights[k], rows + (size_t)ids[k] * stride, out, n);
}

// exp(x) for x <= 0 to about 2 ulp (Cephes' expf polynomial); below -87 it is 0.
CK_INLINE void CK_NAME(exp)(ck_f16 *x) {
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer in the low mantissa bits
    ck_f16 v = *x;
    ck_i16 keep = v > -87.0f;
    v = (ck_f16)(keep & (ck_i16)v);
    ck_f16 t = v * 1.44269504088896341f + magic;
    ck_f16 k = t - magic;
    ck_f16 r = k * -0.693359375f + v;
    r = k * 2.12194440e-4f + r;
    ck_f16 p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    ck_f16 r2 = r * r;
    p = p * r2 + r;
    p = p + 1.0f;
    ck_i16 bits = (ck_i16)p + ((ck_i16)t << 23);
    *x = (ck_f16)(keep & bits);
}

CK_TARGET static float CK_NAME(cross_entropy)(float *row, size_t n, size_t target, float scale, float weight) {
    float top = -INFINITY;
    size_t i = 0;
    if (n >= 16) {
        ck_f16 m = *(const ck_f16 *)row;
        for (i = 16; i + 16 <= n; i += 16) {
            ck_f16 x = *(const ck_f16 *)(row + i);
            ck_i16 more = x > m;
            m = (ck_f16)((more & (ck_i16)x) | (~more & (ck_i16)m));
        }
        float lanes[16];
        *(ck_f16 *)lanes = m;
        for (size_t j = 0; j < 16; j++) top = lanes[j] > top ? lanes[j] : top;
    }
    for (; i < n; i++) top = row[i] > top ? row[i] : top;
    float wanted = row[target];
    float tail[16];
    size_t rest = n % 16;
    for (size_t j = 0; j < 16; j++) tail[j] = j < rest ? row[n - rest + j] : -INFINITY;
    ck_f16 sum = {0};
    for (i = 0; i + 16 <= n; i += 16) {
        ck_f16 x = (*(const ck_f16 *)(row + i) - top) * scale;
        CK_NAME(exp)(&x);
        *(ck_f16 *)(row + i) = x;
        sum = sum + x;
    }
    if (rest) {
        ck_f16 x = (*(const ck_f16 *)tail - top) * scale;
        CK_NAME(exp)(&x);
        *(ck_f16 *)tail = x;
        sum = sum + x;
        for (size_t j = 0; j < rest; j++) row[n - rest + j] = tail[j];
    }
    float total = CK_NAME(sum)(&sum);
    CK_NAME(scale)(weight * scale / total, row, n);
    row[target] -= weight * scale;
    return logf(total) - (wanted - top) * scale;
}

CK_TARGET static void CK_NAME(adam)(float *w, float *m, float *v, const float *g, size_t n, const ck_adam_step *step) {
    const float b1 = step->beta1, c1 = 1 - step->beta1, b2 = step->beta2, c2 = 1 - step->beta2;
    const float rate = step->rate, correction = step->correction, epsilon = step->epsilon, keep = step->keep;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        ck_f16 x = *(const ck_f16 *)(g + i);
        ck_f16 a = *(const ck_f16 *)(m + i) * b1;
        ck_f16 b = *(const ck_f16 *)(v + i) * b2;
        a = x * c1 + a;
        b = x * x * c2 + b;
        *(ck_f16 *)(m + i) = a;
        *(ck_f16 *)(v + i) = b;
        *(ck_f16 *)(w + i) = *(const ck_f16 *)(w + i) * keep - a * rate / (__builtin_elementwise_sqrt(b) * correction + epsilon);
    }
    for (; i < n; i++) {
        m[i] = CK_FMA(g[i], c1, m[i] * b1);
        v[i] = CK_FMA(g[i] * g[i], c2, v[i] * b2);
        w[i] = CK_FMA(w[i], keep, -(m[i] * rate / CK_FMA(__builtin_elementwise_sqrt(v[i]), correction, epsilon)));
    }
}

CK_TARGET static void CK_NAME(adagrad)(float *w, float *s, const float *g, size_t n, float rate, float epsilon) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        ck_f16 x = *(const ck_f16 *)(g + i);
        ck_f16 a = x * x + *(const ck_f16 *)(s + i);
        *(ck_f16 *)(s + i) = a;
        *(ck_f16 *)(w + i) -= x * rate / (__builtin_elementwise_sqrt(a) + epsilon);
    }
    for (; i < n; i++) {
        s[i] = CK_FMA(g[i], g[i], s[i]);
        w[i] -= g[i] * rate / (__builtin_elementwise_sqrt(s[i]) + epsilon);
    }
}

static const ck_vector_kernels CK_NAME(kernels) = {
    CK_NAME(dots), CK_NAME(axpy), CK_NAME(scale), CK_NAME(gather), CK_NAME(cross_entropy), CK_NAME(adam),
    CK_NAME(adagrad),
};

#undef CK_INLINE
#undef CK_NAME
#undef CK_TARGET
#undef CK_FMA
#undef CK_QUERIES
#undef CK_ROWS
