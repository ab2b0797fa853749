#pragma once
// Graphs of near rows (HNSW), built by hnswlib; checked and searched by loops of our own. No hnswlib type is visible here.
//
// Malkov, Yashunin: Efficient and robust approximate nearest neighbor search using hierarchical navigable small world graphs, 2018.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The products of queries with rows, as the kernels' tables have it.
typedef void (*chnsw_dots)(const float *queries, size_t query_count, size_t query_stride, const float *rows, size_t row_count,
                           size_t row_stride, size_t n, float *out, size_t out_stride);
/// 16-bit floats to 32-bit ones.
typedef void (*chnsw_convert)(int level, const uint16_t *from, float *to, size_t n);

/// The rows of a graph: 32-bit floats, or 16-bit ones where `floats` is NULL.
typedef struct {
    const float *floats;
    const uint16_t *halves;
    size_t stride;
    size_t count;
    size_t columns;
    chnsw_dots dots;
    chnsw_convert convert;
    int level;  ///< for `convert`
} chnsw_rows;

/// A graph. A list of links ends where it is full or at -1.
typedef struct {
    const int32_t *base;    ///< count x 2 links: who is linked on the lowest layer
    const int32_t *starts;  ///< count + 1: where a row's lists of the upper layers begin, and behind the last one's
    const int32_t *upper;   ///< lists x links: the lists of the upper layers, row by row, each row's from layer 1 on
    size_t count;
    size_t lists;
    size_t links;
    size_t entry;           ///< the row where a search begins
} chnsw_graph;

/// How a call ended.
typedef enum {
    CHNSW_OK = 0,
    CHNSW_NO_MEMORY = 1,
    CHNSW_INVALID = 2
} chnsw_status;

/// A graph being built, of 32-bit floats that stay where they are; for one thread at a time.
typedef struct chnsw_builder chnsw_builder;

/// A new builder, or NULL without memory. `links` is from 2 to 10000.
chnsw_builder *chnsw_builder_create(const chnsw_rows *rows, size_t links, size_t breadth, size_t seed);

/// Frees a builder; NULL is fine.
void chnsw_builder_free(chnsw_builder *builder);

/// Adds rows until there are `count`. After anything but CHNSW_OK the builder can only be freed.
chnsw_status chnsw_builder_add(chnsw_builder *builder, size_t count);

/// The lists of the upper layers.
size_t chnsw_builder_lists(const chnsw_builder *builder);

/// The row where a search begins; 0 where there is none.
size_t chnsw_builder_entry(const chnsw_builder *builder);

/// Copies the graph of all rows out; the sizes are those of chnsw_graph.
void chnsw_builder_copy(const chnsw_builder *builder, int32_t *base, int32_t *starts, int32_t *upper);

/// Checks that every start and link of a graph lies where it may: a graph that passes is searched within its bounds, whatever it holds.
/// CHNSW_INVALID sets `row` to the first row that does not, or to `count`.
chnsw_status chnsw_check(const chnsw_graph *graph, size_t *row);

/// Searches for each query with `breadth` rows in sight: `found[q * breadth ...]` and `scores` get `counts[q]` rows, in no order.
chnsw_status chnsw_search(const chnsw_graph *graph, const chnsw_rows *rows, const float *queries, size_t query_count,
                          size_t query_stride, size_t breadth, int32_t *found, float *scores, size_t *counts);

#ifdef __cplusplus
}
#endif
