#include "CHNSW.h"

#include <algorithm>
#include <new>
#include <queue>
#include <utility>
#include <vector>

namespace {

/// A row with its product; among equal products the lower row is the nearer one, so that the result is one only.
struct scored {
    float score;
    int32_t row;
};

struct nearer {
    bool operator()(const scored &a, const scored &b) const {
        return a.score != b.score ? a.score > b.score : a.row < b.row;
    }
};

struct farther {
    bool operator()(const scored &a, const scored &b) const { return nearer{}(b, a); }
};

/// The search of one query after the other, with the memory of which rows were seen.
class search {
public:
    search(const chnsw_graph &graph, const chnsw_rows &rows) : graph(graph), rows(rows), seen(graph.count), row(rows.columns) {}

    /// The rows in sight at the end.
    std::vector<scored> run(const float *query, size_t breadth) {
        return scan(query, descend(query), breadth);
    }

private:
    const chnsw_graph &graph;
    const chnsw_rows &rows;
    std::vector<uint32_t> seen;
    std::vector<float> row;
    uint32_t turn = 0;

    float score(const float *query, int32_t number) {
        const size_t offset = static_cast<size_t>(number) * rows.stride;
        const float *vector = row.data();
        if (rows.floats != nullptr) {
            vector = rows.floats + offset;
        } else {
            rows.convert(rows.level, rows.halves + offset, row.data(), rows.columns);
        }
        float product = 0;
        rows.dots(query, 1, rows.columns, vector, 1, rows.columns, rows.columns, &product, 1);
        return product;
    }

    /// Asks for a row before it is scored: its first two kilobytes, from where on the processor sees what is read.
    void prefetch(int32_t number) const {
        const size_t offset = static_cast<size_t>(number) * rows.stride;
        const char *start = rows.floats != nullptr ? reinterpret_cast<const char *>(rows.floats + offset)
                                                   : reinterpret_cast<const char *>(rows.halves + offset);
        const size_t size = rows.columns * (rows.floats != nullptr ? sizeof(float) : sizeof(uint16_t));
        for (size_t byte = 0; byte < size && byte < 2048; byte += 64) __builtin_prefetch(start + byte);
    }

    /// The nearest row that a walk over the upper layers comes to, from the highest down.
    scored descend(const float *query) {
        scored best{0, static_cast<int32_t>(graph.entry)};
        best.score = score(query, best.row);
        for (int32_t layer = graph.starts[graph.entry + 1] - graph.starts[graph.entry]; layer > 0; --layer) {
            for (bool moved = true; moved;) {
                moved = false;
                const size_t list = static_cast<size_t>(graph.starts[best.row]) + static_cast<size_t>(layer - 1);
                const int32_t *links = graph.upper + list * graph.links;
                for (size_t index = 0; index < graph.links && links[index] >= 0; ++index) {
                    const scored next{score(query, links[index]), links[index]};
                    if (nearer{}(next, best)) {
                        best = next;
                        moved = true;
                    }
                }
            }
        }
        return best;
    }

    /// The nearest rows on the lowest layer, best first from one row on.
    std::vector<scored> scan(const float *query, scored from, size_t breadth) {
        if (++turn == 0) {
            std::fill(seen.begin(), seen.end(), 0);
            turn = 1;
        }
        std::vector<scored> held;
        held.reserve(breadth + 1);
        std::priority_queue<scored, std::vector<scored>, farther> open;
        const auto admit = [&](scored next) {
            if (held.size() >= breadth && !nearer{}(next, held.front())) return;
            open.push(next);
            held.push_back(next);
            std::push_heap(held.begin(), held.end(), nearer{});
            if (held.size() > breadth) {
                std::pop_heap(held.begin(), held.end(), nearer{});
                held.pop_back();
            }
        };
        seen[static_cast<size_t>(from.row)] = turn;
        admit(from);
        const size_t room = 2 * graph.links;
        while (!open.empty()) {
            const scored next = open.top();
            if (held.size() >= breadth && nearer{}(held.front(), next)) break;
            open.pop();
            const int32_t *links = graph.base + static_cast<size_t>(next.row) * room;
            for (size_t index = 0; index < room && links[index] >= 0; ++index) {
                if (seen[static_cast<size_t>(links[index])] != turn) prefetch(links[index]);
            }
            for (size_t index = 0; index < room && links[index] >= 0; ++index) {
                uint32_t &mark = seen[static_cast<size_t>(links[index])];
                if (mark == turn) continue;
                mark = turn;
                admit(scored{score(query, links[index]), links[index]});
            }
        }
        return held;
    }
};

}  // namespace

chnsw_status chnsw_check(const chnsw_graph *graph, size_t *row) {
    const size_t count = graph->count;
    *row = count;
    if (graph->links == 0 || graph->starts[0] != 0) return CHNSW_INVALID;
    if (static_cast<size_t>(graph->starts[count]) != graph->lists) return CHNSW_INVALID;
    if (count == 0) return CHNSW_OK;
    if (graph->entry >= count) return CHNSW_INVALID;
    for (size_t index = 0; index < count; ++index) {
        *row = index;
        if (graph->starts[index + 1] < graph->starts[index]) return CHNSW_INVALID;
    }
    for (size_t index = 0; index < count; ++index) {
        *row = index;
        const int32_t *links = graph->base + index * 2 * graph->links;
        for (size_t place = 0; place < 2 * graph->links && links[place] != -1; ++place) {
            if (links[place] < 0 || static_cast<size_t>(links[place]) >= count) return CHNSW_INVALID;
        }
        const int32_t first = graph->starts[index];
        for (int32_t list = first; list < graph->starts[index + 1]; ++list) {
            const int32_t layer = list - first + 1;
            links = graph->upper + static_cast<size_t>(list) * graph->links;
            for (size_t place = 0; place < graph->links && links[place] != -1; ++place) {
                if (links[place] < 0 || static_cast<size_t>(links[place]) >= count) return CHNSW_INVALID;
                const size_t target = static_cast<size_t>(links[place]);
                if (graph->starts[target + 1] - graph->starts[target] < layer) return CHNSW_INVALID;
            }
        }
    }
    *row = count;
    return CHNSW_OK;
}

chnsw_status chnsw_search(const chnsw_graph *graph, const chnsw_rows *rows, const float *queries, size_t query_count,
                          size_t query_stride, size_t breadth, int32_t *found, float *scores, size_t *counts) {
    try {
        if (graph->count == 0 || breadth == 0) {
            std::fill(counts, counts + query_count, 0);
            return CHNSW_OK;
        }
        search state(*graph, *rows);
        for (size_t query = 0; query < query_count; ++query) {
            const auto held = state.run(queries + query * query_stride, breadth);
            counts[query] = held.size();
            for (size_t index = 0; index < held.size(); ++index) {
                found[query * breadth + index] = held[index].row;
                scores[query * breadth + index] = held[index].score;
            }
        }
        return CHNSW_OK;
    } catch (...) {
        return CHNSW_NO_MEMORY;
    }
}
