// SPDX-License-Identifier: GPL-3.0-or-later
// An Ogg stream of one Vorbis or Opus sound, on its way from libsndfile to a file: it gets a stream
// number that is the same every time, and our tags in place of libsndfile's.
//
// Sound pages pass with their boundaries, time stamps and flags; page numbers and checksums are
// corrected.
#ifndef LOOSEN_OGG_REMUX_H
#define LOOSEN_OGG_REMUX_H

#include "error.h"
#include "tags.h"

struct ogg_remux;

// Where the new stream goes. Returns the bytes written: fewer than `size` only on failure.
typedef int64_t ogg_sink(void *context, const void *data, int64_t size);

struct ogg_remux_config {
    const struct tags *tags; // borrowed until ogg_remux_free
    uint64_t seed;           // of the stream number
    ogg_sink *sink;
    void *context; // for the sink
};

// STATUS_NO_MEMORY or STATUS_OK. Use from one thread at a time.
enum status ogg_remux_new(struct ogg_remux **remux, const struct ogg_remux_config *config,
                          struct error *error);

// Take the next bytes of the old stream, in order; they may be split in any way. Memory stays
// within a few pages (of at most 64 KiB), and 1 MiB a header. STATUS_IO when the sink failed or the
// bytes are no such stream. After a failure every further call fails in the same way.
enum status ogg_remux_write(struct ogg_remux *remux, const void *data, size_t size,
                            struct error *error);

// Say that the old stream is at its end: STATUS_IO when its last page is missing or damaged.
enum status ogg_remux_finish(struct ogg_remux *remux, struct error *error);

// NULL is fine.
void ogg_remux_free(struct ogg_remux *remux);

#endif
