// SPDX-License-Identifier: GPL-3.0-or-later
// same_sound [--end | --begin] EXPORT RECORDING: whether two recordings (raw stereo float) hold the
// same samples, bit for bit, apart from silence before and behind; with --end only the last minute
// of the first, which the second must end in; with --begin the recording is one stretch that begins
// as the export does, is the same for eight seconds at least, and then fades within half a second.
#include "piece.h"

#include "duration.h"
#include <stdio.h>
#include <string.h>

// The last minute alone.
static struct sound last_minute(struct sound sound)
{
    const size_t frames = (size_t)60 * FRAME_RATE;
    if (sound.frames > frames) {
        memmove(sound.stereo, sound.stereo + 2 * (sound.frames - frames),
                frames * 2 * sizeof(float));
        sound.frames = frames;
    }
    return sound;
}

static bool begins_so(const struct sound *wanted, const struct sound *heard)
{
    struct piece piece, more;
    size_t from = 0;
    if (piece_next(&piece, heard, &from, wanted) != PIECE_FOUND)
        return false;
    bool alone = piece_next(&more, heard, &from, wanted) == PIECE_NONE;
    // The very first frame of all may be silent: it is not to be told from the silence before it.
    return alone && piece.first <= 1 && piece.frames >= 8 * FRAME_RATE &&
           piece.rest <= FRAME_RATE / 2;
}

int main(int argc, char **argv)
{
    bool end = argc == 4 && strcmp(argv[1], "--end") == 0;
    bool begin = argc == 4 && strcmp(argv[1], "--begin") == 0;
    if (argc != 3 && !end && !begin)
        return 2;
    struct sound wanted = bed_load(argv[argc - 2]);
    struct sound heard = bed_load(argv[argc - 1]);
    if (end)
        wanted = last_minute(wanted);
    // Each ends in the other: then they are equal.
    bool same = begin ? begins_so(&wanted, &heard)
                      : bed_ends_in(&heard, &wanted) && (end || bed_ends_in(&wanted, &heard));
    printf("%zu and %zu frames: %s\n", wanted.frames, heard.frames,
           same ? "the same" : "different");
    sound_free(&wanted);
    sound_free(&heard);
    return same ? 0 : 1;
}
