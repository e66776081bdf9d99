// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE // memmem
#include "piece.h"

#include <string.h>

enum {
    FRAME_SIZE = 2 * sizeof(float),
    SILENCE_FRAMES = 256, // that end a stretch
    PROBE_FRAMES = 64,    // that occur once in a session
    PROBE_AT = MASTER_RISE_FRAMES + 1200,
    FAINT_FRAMES = 64, // at most at the start of a rise that are too faint for a float
};

static bool is_silent(const struct sound *sound, size_t frame)
{
    return sound->stereo[2 * frame] == 0.0f && sound->stereo[2 * frame + 1] == 0.0f;
}

static size_t sound_begin(const struct sound *recording, size_t from)
{
    while (from < recording->frames && is_silent(recording, from))
        from++;
    return from;
}

static size_t sound_end(const struct sound *recording, size_t from)
{
    size_t silent = 0;
    for (; from < recording->frames && silent < SILENCE_FRAMES; from++)
        silent = is_silent(recording, from) ? silent + 1 : 0;
    return from - silent;
}

// The session frame at which the recording's frame `at` and those after it stand; -1: nowhere.
static int64_t find(const struct sound *session, const struct sound *recording, size_t at)
{
    const char *all = (const char *)session->stereo;
    const char *wanted = (const char *)(recording->stereo + 2 * at);
    size_t left = session->frames * FRAME_SIZE;
    for (const char *from = all; left > 0;) {
        const char *found = memmem(from, left, wanted, (size_t)PROBE_FRAMES * FRAME_SIZE);
        if (!found)
            return -1;
        if ((found - all) % FRAME_SIZE == 0)
            return (found - all) / FRAME_SIZE;
        left -= (size_t)(found + 1 - from);
        from = found + 1;
    }
    return -1;
}

static bool is_same(const struct sound *session, int64_t frame, const struct sound *recording,
                    size_t at)
{
    return frame >= 0 && (size_t)frame < session->frames && at < recording->frames &&
           memcmp(session->stereo + 2 * frame, recording->stereo + 2 * at, FRAME_SIZE) == 0;
}

// Whether the recording from `at` to `end` is the session rising from silence since frame `first`.
static bool is_rise(const struct sound *session, int64_t first, const struct sound *recording,
                    size_t at, int64_t frame, size_t end)
{
    static float rise[2 * (MASTER_RISE_FRAMES + FAINT_FRAMES)];
    struct fade fade;
    size_t frames = (size_t)(frame - first) + end - at;
    if (first < 0 || frames > MASTER_RISE_FRAMES + FAINT_FRAMES)
        return false;
    memcpy(rise, session->stereo + 2 * first, frames * FRAME_SIZE);
    fade_init(&fade, 0);
    fade_process(&fade, fade_step(MASTER_RISE_FRAMES), rise, frames);
    return memcmp(rise + 2 * (frame - first), recording->stereo + 2 * at,
                  (end - at) * FRAME_SIZE) == 0;
}

// A server that was asleep may have lost the beginning of a rise, or have had a rest to play before
// it.
static bool complete_in_rise(struct piece *piece, const struct sound *recording, size_t exact,
                             const struct sound *session, int64_t frame)
{
    for (int lost = FAINT_FRAMES; lost < MASTER_RISE_FRAMES; lost++)
        if (is_rise(session, piece->first - lost, recording, piece->at, piece->first, exact))
            return true;
    for (size_t frames = MASTER_RISE_FRAMES; frames > 0 && frames < exact - piece->at; frames--) {
        int64_t first = frame - (int64_t)frames;
        if (!is_rise(session, first, recording, exact - frames, first, exact))
            continue;
        piece->first = first;
        piece->at = exact - frames;
        return piece->risen = true;
    }
    return false;
}

// Go back from the place that is known to the first frame of the stretch.
static bool complete(struct piece *piece, const struct sound *recording, size_t known,
                     const struct sound *session, int64_t frame)
{
    size_t exact = known;
    while (exact > piece->at && is_same(session, frame - 1, recording, exact - 1)) {
        exact--;
        frame--;
    }
    piece->first = frame - (int64_t)(exact - piece->at);
    if (exact == piece->at)
        return true;
    for (int faint = 0; faint < FAINT_FRAMES; faint++)
        if (is_rise(session, piece->first - faint, recording, piece->at, piece->first, exact)) {
            piece->first -= faint;
            piece->at -= (size_t)faint;
            piece->risen = true;
            return true;
        }
    return complete_in_rise(piece, recording, exact, session, frame);
}

enum piece_kind piece_next(struct piece *piece, const struct sound *recording, size_t *from,
                           const struct sound *session)
{
    *piece = (struct piece){.at = sound_begin(recording, *from)};
    if (piece->at == recording->frames)
        return PIECE_NONE;
    const size_t end = sound_end(recording, piece->at);
    size_t known = piece->at + PROBE_AT;
    *from = end;
    if (known + PROBE_FRAMES > end)
        return PIECE_SHORT;
    int64_t frame = find(session, recording, known);
    for (int tries = 0; frame < 0 && tries < 2 && known + PROBE_AT + PROBE_FRAMES < end; tries++) {
        known += PROBE_AT;
        frame = find(session, recording, known);
    }
    if (frame < 0 || !complete(piece, recording, known, session, frame))
        return PIECE_FOREIGN;
    size_t exact = known;
    while (exact < end && is_same(session, frame, recording, exact)) {
        exact++;
        frame++;
    }
    piece->frames = frame - piece->first;
    piece->rest = (int64_t)(end - exact);
    for (size_t at = exact + PROBE_AT; at + PROBE_FRAMES < end && at < exact + 3 * PROBE_AT;
         at += PROBE_AT)
        if (find(session, recording, at) >= 0) {
            piece->rest = 0; // it jumps, without a silence between
            *from = exact;
        }
    return PIECE_FOUND;
}
