#include "CHNSW.h"

// The distance is ours; hnswlib's own loops, which depend on compiler flags, stay out.
#define NO_MANUAL_VECTORIZATION
#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

namespace {

/// 1 - the inner product. A point is the number of a row, so that hnswlib holds no second copy of the vectors.
float distance(const void *a, const void *b, const void *context) {
    const chnsw_rows &rows = *static_cast<const chnsw_rows *>(context);
    uint32_t p, q;
    std::memcpy(&p, a, sizeof p);
    std::memcpy(&q, b, sizeof q);
    float product = 0;
    rows.dots(rows.floats + p * rows.stride, 1, rows.stride, rows.floats + q * rows.stride, 1, rows.stride, rows.columns,
              &product, 1);
    return 1 - product;
}

class RowSpace : public hnswlib::SpaceInterface<float> {
public:
    explicit RowSpace(const chnsw_rows &rows) : rows(rows) {}
    size_t get_data_size() override { return sizeof(uint32_t); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
    void *get_dist_func_param() override { return &rows; }

private:
    chnsw_rows rows;
};

/// Copies one list and fills it up with -1.
void copy_list(const unsigned int *from, size_t count, int32_t *to, size_t room) {
    std::copy(from, from + std::min(count, room), to);
    std::fill(to + std::min(count, room), to + room, -1);
}

}  // namespace

struct chnsw_builder {
    RowSpace space;
    hnswlib::HierarchicalNSW<float> graph;
    size_t count;

    chnsw_builder(const chnsw_rows &rows, size_t links, size_t breadth, size_t seed)
        : space(rows), graph(&space, std::max<size_t>(rows.count, 1), links, breadth, seed), count(rows.count) {}
};

chnsw_builder *chnsw_builder_create(const chnsw_rows *rows, size_t links, size_t breadth, size_t seed) {
    if (rows->floats == nullptr || links < 2) return nullptr;
    try {
        return new chnsw_builder(*rows, links, breadth, seed);
    } catch (...) {
        return nullptr;
    }
}

void chnsw_builder_free(chnsw_builder *builder) { delete builder; }

chnsw_status chnsw_builder_add(chnsw_builder *builder, size_t count) {
    try {
        // One after the other: a point's number is its row's.
        for (size_t row = builder->graph.cur_element_count; row < std::min(count, builder->count); ++row) {
            const uint32_t point = static_cast<uint32_t>(row);
            builder->graph.addPoint(&point, row);
        }
        return CHNSW_OK;
    } catch (...) {
        return CHNSW_NO_MEMORY;
    }
}

size_t chnsw_builder_lists(const chnsw_builder *builder) {
    size_t lists = 0;
    for (size_t row = 0; row < builder->graph.cur_element_count; ++row) {
        lists += static_cast<size_t>(builder->graph.element_levels_[row]);
    }
    return lists;
}

size_t chnsw_builder_entry(const chnsw_builder *builder) {
    return builder->graph.cur_element_count == 0 ? 0 : builder->graph.enterpoint_node_;
}

void chnsw_builder_copy(const chnsw_builder *builder, int32_t *base, int32_t *starts, int32_t *upper) {
    const auto &graph = builder->graph;
    int32_t start = 0;
    for (size_t row = 0; row < graph.cur_element_count; ++row) {
        const auto number = static_cast<hnswlib::tableint>(row);
        const unsigned int *lowest = graph.get_linklist0(number);
        copy_list(lowest + 1, *reinterpret_cast<const unsigned short *>(lowest), base + row * graph.maxM0_, graph.maxM0_);
        starts[row] = start;
        for (int level = 1; level <= graph.element_levels_[row]; ++level, ++start) {
            const unsigned int *list = graph.get_linklist(number, level);
            copy_list(list + 1, *reinterpret_cast<const unsigned short *>(list),
                      upper + static_cast<size_t>(start) * graph.maxM_, graph.maxM_);
        }
    }
    starts[graph.cur_element_count] = start;
}
