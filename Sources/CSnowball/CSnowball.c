#include "CSnowball.h"

#include <libstemmer.h>

csnowball_stemmer *csnowball_open(const char *algorithm) {
    return (csnowball_stemmer *)sb_stemmer_new(algorithm, "UTF_8");
}

void csnowball_close(csnowball_stemmer *stemmer) { sb_stemmer_delete((struct sb_stemmer *)stemmer); }

const uint8_t *csnowball_stem(csnowball_stemmer *stemmer, const uint8_t *word, int32_t length, int32_t *stem_length) {
    const sb_symbol *stem = sb_stemmer_stem((struct sb_stemmer *)stemmer, word, length);
    *stem_length = stem ? sb_stemmer_length((struct sb_stemmer *)stemmer) : 0;
    return stem;
}

const char **csnowball_algorithms(void) { return sb_stemmer_list(); }
