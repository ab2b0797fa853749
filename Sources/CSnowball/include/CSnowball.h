#pragma once
#include <stdint.h>

// The Snowball stemmers of libstemmer. The library's header stays inside CSnowball.c.

/// One stemmer; it holds a buffer, so one thread at a time.
typedef struct csnowball_stemmer csnowball_stemmer;

/// A stemmer by its algorithm's name (`english`, `german`, …); NULL where there is none of that name.
csnowball_stemmer *csnowball_open(const char *algorithm);
void csnowball_close(csnowball_stemmer *stemmer);

/// The stem of a word of well-formed UTF-8, valid until the next call; NULL where memory ran out.
const uint8_t *csnowball_stem(csnowball_stemmer *stemmer, const uint8_t *word, int32_t length, int32_t *stem_length);

/// The names of all algorithms, ended by NULL.
const char **csnowball_algorithms(void);
