#include "CCompression.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { MAXIMUM_STEP = 1 << 30 };  // zlib counts in 32 bits

struct cz_decoder {
    cz_format format;
    z_stream gzip;
    ZSTD_DStream *zstd;
    int inside;     // a member was begun and not ended
    size_t members;  // whole members so far
    int failed;
    const char *error;
};

cz_decoder *cz_decoder_create(cz_format format) {
    cz_decoder *decoder = calloc(1, sizeof *decoder);
    if (!decoder) return NULL;
    decoder->format = format;
    decoder->error = "";
    int ready;
    if (format == CZ_GZIP) {
        ready = inflateInit2(&decoder->gzip, 15 + 16) == Z_OK;  // 16: a gzip header is required
    } else {
        decoder->zstd = ZSTD_createDStream();
        ready = decoder->zstd != NULL && !ZSTD_isError(ZSTD_initDStream(decoder->zstd));
        // Windows up to 128 MB, as the zstd program reads without being asked twice.
        if (ready) ZSTD_DCtx_setParameter(decoder->zstd, ZSTD_d_windowLogMax, 27);
    }
    if (!ready) {
        ZSTD_freeDStream(decoder->zstd);
        free(decoder);
        return NULL;
    }
    return decoder;
}

void cz_decoder_free(cz_decoder *decoder) {
    if (!decoder) return;
    if (decoder->format == CZ_GZIP) inflateEnd(&decoder->gzip);
    ZSTD_freeDStream(decoder->zstd);
    free(decoder);
}

static int fail(cz_decoder *decoder, const char *error) {
    decoder->failed = 1;
    decoder->error = error ? error : "broken data";
    return -1;
}

static int decode_gzip(
    cz_decoder *decoder, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length, size_t *consumed,
    size_t *produced) {
    z_stream *stream = &decoder->gzip;
    const uInt in = (uInt)(input_length < MAXIMUM_STEP ? input_length : MAXIMUM_STEP);
    const uInt out = (uInt)(output_length < MAXIMUM_STEP ? output_length : MAXIMUM_STEP);
    stream->next_in = (Bytef *)input;
    stream->avail_in = in;
    stream->next_out = output;
    stream->avail_out = out;
    const int code = inflate(stream, Z_NO_FLUSH);
    *consumed = in - stream->avail_in;
    *produced = out - stream->avail_out;
    if (*consumed > 0) decoder->inside = 1;
    if (code == Z_STREAM_END) {
        decoder->inside = 0;
        decoder->members += 1;
        return inflateReset(stream) == Z_OK ? 0 : fail(decoder, "cannot start the next gzip member");
    }
    if (code == Z_OK || code == Z_BUF_ERROR) return 0;
    if (code == Z_NEED_DICT) return fail(decoder, "needs a preset dictionary");
    return fail(decoder, stream->msg);
}

static int decode_zstd(
    cz_decoder *decoder, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length, size_t *consumed,
    size_t *produced) {
    ZSTD_inBuffer in = {input, input_length, 0};
    ZSTD_outBuffer out = {output, output_length, 0};
    const size_t code = ZSTD_decompressStream(decoder->zstd, &out, &in);
    *consumed = in.pos;
    *produced = out.pos;
    if (ZSTD_isError(code)) return fail(decoder, ZSTD_getErrorName(code));
    if (in.pos > 0 || out.pos > 0) {
        decoder->inside = code != 0;
        if (code == 0) decoder->members += 1;
    }
    return 0;
}

int cz_decode(
    cz_decoder *decoder, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length, size_t *consumed,
    size_t *produced) {
    *consumed = 0;
    *produced = 0;
    if (decoder->failed) return -1;
    if (output_length == 0) return 0;
    // Without new input only a member that was begun can give more; a fresh one must not be "begun" by nothing.
    if (input_length == 0 && !decoder->inside) return 0;
    if (decoder->format == CZ_GZIP) {
        return decode_gzip(decoder, input, input_length, output, output_length, consumed, produced);
    }
    return decode_zstd(decoder, input, input_length, output, output_length, consumed, produced);
}

int cz_decoder_is_complete(const cz_decoder *decoder) {
    return !decoder->failed && !decoder->inside && decoder->members > 0;
}

const char *cz_decoder_error(const cz_decoder *decoder) { return decoder->error; }

struct cz_compressor {
    ZSTD_CCtx *context;
};

struct cz_decompressor {
    ZSTD_DCtx *context;
};

cz_compressor *cz_compressor_create(int level) {
    cz_compressor *compressor = calloc(1, sizeof *compressor);
    if (!compressor) return NULL;
    compressor->context = ZSTD_createCCtx();
    if (!compressor->context
        || ZSTD_isError(ZSTD_CCtx_setParameter(compressor->context, ZSTD_c_compressionLevel, level))) {
        cz_compressor_free(compressor);
        return NULL;
    }
    return compressor;
}

void cz_compressor_free(cz_compressor *compressor) {
    if (!compressor) return;
    ZSTD_freeCCtx(compressor->context);
    free(compressor);
}

size_t cz_compress_bound(size_t length) { return ZSTD_compressBound(length); }

int64_t cz_compress(
    cz_compressor *compressor, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length) {
    const size_t code = ZSTD_compress2(compressor->context, output, output_length, input, input_length);
    return ZSTD_isError(code) || code > INT64_MAX ? -1 : (int64_t)code;
}

cz_decompressor *cz_decompressor_create(void) {
    cz_decompressor *decompressor = calloc(1, sizeof *decompressor);
    if (!decompressor) return NULL;
    decompressor->context = ZSTD_createDCtx();
    if (!decompressor->context) {
        free(decompressor);
        return NULL;
    }
    return decompressor;
}

void cz_decompressor_free(cz_decompressor *decompressor) {
    if (!decompressor) return;
    ZSTD_freeDCtx(decompressor->context);
    free(decompressor);
}

int64_t cz_decompressed_length(const uint8_t *input, size_t input_length) {
    const unsigned long long length = ZSTD_getFrameContentSize(input, input_length);
    if (length == ZSTD_CONTENTSIZE_UNKNOWN || length == ZSTD_CONTENTSIZE_ERROR || length > INT64_MAX) return -1;
    return (int64_t)length;
}

int64_t cz_decompress(
    cz_decompressor *decompressor, const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length) {
    const size_t code = ZSTD_decompressDCtx(decompressor->context, output, output_length, input, input_length);
    return ZSTD_isError(code) || code > INT64_MAX ? -1 : (int64_t)code;
}

const char *cz_zlib_version(void) { return zlibVersion(); }

unsigned cz_zstd_version(void) { return ZSTD_versionNumber(); }

size_t cz_gzip_bound(size_t length) { return length + length / 1000 + 1024; }

int64_t cz_gzip(const uint8_t *input, size_t input_length, uint8_t *output, size_t output_length) {
    if (input_length > UINT32_MAX || output_length > UINT32_MAX) return -1;
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return -1;
    stream.next_in = (Bytef *)input;
    stream.avail_in = (uInt)input_length;
    stream.next_out = output;
    stream.avail_out = (uInt)output_length;
    const int code = deflate(&stream, Z_FINISH);
    const int64_t length = (int64_t)stream.total_out;
    deflateEnd(&stream);
    return code == Z_STREAM_END ? length : -1;
}
