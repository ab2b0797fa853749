#include "CSimdJSON.h"

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <deque>
#include <new>
#include <string>
#include <vector>

namespace dom = simdjson::dom;

struct csj_parser {
    dom::parser parser;
    std::vector<csj_field> fields;
    std::vector<csj_value> items;
    std::deque<std::string> raw;  // a deque: its strings do not move when it grows
    const char *error = "";
};

namespace {

void set_text(csj_value &value, std::string_view text) {
    value.text = reinterpret_cast<const uint8_t *>(text.data());
    value.length = text.size();
}

void set_raw(csj_parser &state, csj_value &value, dom::element element) {
    value.kind = CSJ_RAW;
    state.raw.push_back(simdjson::to_string(element));
    set_text(value, state.raw.back());
}

/// Reads null, booleans, numbers and strings; returns false for everything else.
bool set_scalar(csj_value &value, dom::element element) {
    switch (element.type()) {
        case dom::element_type::NULL_VALUE:
            value.kind = CSJ_NULL;
            return true;
        case dom::element_type::BOOL: {
            bool truth = false;
            if (element.get(truth)) return false;
            value.kind = CSJ_BOOL;
            value.integer = truth ? 1 : 0;
            return true;
        }
        case dom::element_type::INT64:
            value.kind = CSJ_INTEGER;
            return !element.get(value.integer);
        case dom::element_type::DOUBLE:
            value.kind = CSJ_DOUBLE;
            return !element.get(value.real);
        case dom::element_type::STRING: {
            std::string_view text;
            if (element.get(text)) return false;
            value.kind = CSJ_STRING;
            set_text(value, text);
            return true;
        }
        default:
            return false;
    }
}

/// Reads an array of strings or of numbers; returns false, leaving no items, for any other array.
bool set_array(csj_parser &state, csj_value &value, dom::array array) {
    const size_t first = state.items.size();
    bool strings = true, numbers = true;
    for (dom::element element : array) {
        csj_value item{};
        if (!set_scalar(item, element)) item.kind = CSJ_RAW;
        strings = strings && item.kind == CSJ_STRING;
        numbers = numbers && (item.kind == CSJ_INTEGER || item.kind == CSJ_DOUBLE);
        if (!strings && !numbers) {
            state.items.resize(first);
            return false;
        }
        state.items.push_back(item);
    }
    value.kind = strings ? CSJ_STRINGS : CSJ_NUMBERS;
    value.first = first;
    value.count = state.items.size() - first;
    return true;
}

csj_status parse(csj_parser &state, const uint8_t *bytes, size_t length) {
    dom::element root;
    // `true`: simdjson copies the bytes into its own padded buffer, so nothing is read beyond them.
    auto code = state.parser.parse(bytes, length, true).get(root);
    if (code) {
        state.error = simdjson::error_message(code);
        if (code == simdjson::MEMALLOC) return CSJ_NO_MEMORY;
        return code == simdjson::UTF8_ERROR ? CSJ_BAD_UTF8 : CSJ_BROKEN;
    }
    dom::object object;
    if (root.get(object)) {
        state.error = "not a JSON object";
        return CSJ_NOT_OBJECT;
    }
    for (dom::key_value_pair pair : object) {
        csj_field field{};
        field.key = reinterpret_cast<const uint8_t *>(pair.key.data());
        field.key_length = pair.key.size();
        dom::array array;
        if (!set_scalar(field.value, pair.value)
            && (pair.value.get(array) || !set_array(state, field.value, array))) {
            set_raw(state, field.value, pair.value);
        }
        state.fields.push_back(field);
    }
    return CSJ_OK;
}

}  // namespace

extern "C" {

csj_parser *csj_parser_create(void) { return new (std::nothrow) csj_parser; }

void csj_parser_free(csj_parser *parser) { delete parser; }

csj_status csj_parse(csj_parser *parser, const uint8_t *bytes, size_t length) {
    parser->fields.clear();
    parser->items.clear();
    parser->raw.clear();
    parser->error = "";
    csj_status status = CSJ_NO_MEMORY;
    try {
        status = parse(*parser, bytes, length);
    } catch (...) {
        parser->error = "out of memory";
    }
    if (status != CSJ_OK) parser->fields.clear();
    return status;
}

const char *csj_error(const csj_parser *parser) { return parser->error; }

size_t csj_field_count(const csj_parser *parser) { return parser->fields.size(); }

const csj_field *csj_fields(const csj_parser *parser) { return parser->fields.data(); }

const csj_value *csj_items(const csj_parser *parser) { return parser->items.data(); }

#define CSJ_TEXT(x) #x
#define CSJ_TEXT_OF(x) CSJ_TEXT(x)

const char *csj_version(void) { return CSJ_TEXT_OF(SIMDJSON_VERSION); }

const char *csj_implementation(void) {
    static const std::string name = simdjson::get_active_implementation()->name();
    return name.c_str();
}

}
