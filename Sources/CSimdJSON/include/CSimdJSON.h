#pragma once
// One JSON object at a time, parsed by simdjson. No simdjson type is visible here.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser with its buffers; for one thread at a time.
typedef struct csj_parser csj_parser;

/// What a value is.
typedef enum {
    CSJ_NULL = 0,
    CSJ_BOOL = 1,     ///< `integer` is 0 or 1
    CSJ_INTEGER = 2,  ///< `integer`
    CSJ_DOUBLE = 3,   ///< `real`
    CSJ_STRING = 4,   ///< `text`, `length`: UTF-8 without escapes, not ended by NUL
    CSJ_STRINGS = 5,  ///< an array of strings (or empty): `first`, `count` into the items
    CSJ_NUMBERS = 6,  ///< a non-empty array of numbers: `first`, `count` into the items
    CSJ_RAW = 7       ///< anything else: `text`, `length` is its minified JSON
} csj_kind;

/// One value. Pointers stay valid until the next parse or until the parser is freed.
typedef struct {
    csj_kind kind;
    const uint8_t *text;
    size_t length;
    int64_t integer;
    double real;
    size_t first;
    size_t count;
} csj_value;

/// One field of the object.
typedef struct {
    const uint8_t *key;
    size_t key_length;
    csj_value value;
} csj_field;

/// How a parse ended.
typedef enum {
    CSJ_OK = 0,
    CSJ_BROKEN = 1,      ///< not JSON; see csj_error
    CSJ_BAD_UTF8 = 2,    ///< the bytes are not UTF-8
    CSJ_NOT_OBJECT = 3,  ///< JSON, but no object
    CSJ_NO_MEMORY = 4
} csj_status;

/// The version of the library, and the instruction set that it uses on this processor, such as `haswell`; static text.
const char *csj_version(void);
const char *csj_implementation(void);

/// A new parser, or NULL without memory.
csj_parser *csj_parser_create(void);

/// Frees a parser; NULL is fine.
void csj_parser_free(csj_parser *parser);

/// Parses `length` bytes that must hold one JSON object and nothing else. The bytes are copied first: no padding is needed after them.
csj_status csj_parse(csj_parser *parser, const uint8_t *bytes, size_t length);

/// Why the last parse failed, as an English phrase; static text.
const char *csj_error(const csj_parser *parser);

/// The number of fields of the last object; 0 after a failed parse.
size_t csj_field_count(const csj_parser *parser);

/// All fields in the order of the text; csj_field_count of them.
const csj_field *csj_fields(const csj_parser *parser);

/// The elements of all arrays; a field's are `first ..< first + count`.
const csj_value *csj_items(const csj_parser *parser);

#ifdef __cplusplus
}
#endif
