#pragma once
// Decompression of gzip and zstd streams, and zstd for single blocks. No zlib or zstd type is visible here.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The compressed formats that are known.
typedef enum { CZ_GZIP = 1, CZ_ZSTD = 2 } cz_format;

/// A decoder of one stream of one or more concatenated gzip members or zstd frames; for one thread at a time.
typedef struct cz_decoder cz_decoder;

/// A new decoder, or NULL without memory.
cz_decoder *cz_decoder_create(cz_format format);

/// Frees a decoder; NULL is fine.
void cz_decoder_free(cz_decoder *decoder);

/// Decodes as much as input and room allow; returns 0, or -1 for broken data (see cz_decoder_error).
/// `*consumed` input bytes are done with, `*produced` output bytes are written. Nothing consumed and nothing produced: more input is needed.
int cz_decode(
    cz_decoder *decoder, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length, size_t *consumed,
    size_t *produced);

/// 1 where the stream may end here: at least one whole member was read, and no other was begun.
int cz_decoder_is_complete(const cz_decoder *decoder);

/// Why decoding failed; static text or text that lives as long as the decoder.
const char *cz_decoder_error(const cz_decoder *decoder);

/// Working memory for compressing blocks, to be used again and again by one thread at a time.
typedef struct cz_compressor cz_compressor;
/// Working memory for decompressing blocks, to be used again and again by one thread at a time.
typedef struct cz_decompressor cz_decompressor;

/// A new compressor at a zstd level (1 to 19), or NULL without memory.
cz_compressor *cz_compressor_create(int level);
/// Frees a compressor; NULL is fine.
void cz_compressor_free(cz_compressor *compressor);
/// The most bytes that compressing `length` bytes can give.
size_t cz_compress_bound(size_t length);
/// Compresses a block into one zstd frame that holds its length; returns the frame's length, or -1 where the room is too small.
int64_t cz_compress(cz_compressor *compressor, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length);

/// The most bytes that `cz_gzip` of `length` bytes can give.
size_t cz_gzip_bound(size_t length);
/// Compresses a piece below 4 GB into one gzip member without a name or a time; returns its length, or -1 without memory or room.
int64_t cz_gzip(const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length);

/// A new decompressor, or NULL without memory.
cz_decompressor *cz_decompressor_create(void);
/// Frees a decompressor; NULL is fine.
void cz_decompressor_free(cz_decompressor *decompressor);
/// The decompressed length that a frame claims, or -1 where it is not a zstd frame or claims none. Not to be trusted for allocation.
int64_t cz_decompressed_length(const uint8_t *input, size_t input_length);
/// Decompresses one block; returns its length, or -1 where the frame is broken or the room too small.
int64_t cz_decompress(
    cz_decompressor *decompressor, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length);

/// The version of the zlib library; static text.
const char *cz_zlib_version(void);
/// The version of the zstd library as a number, such as 10504 for 1.5.4.
unsigned cz_zstd_version(void);

#ifdef __cplusplus
}
#endif
