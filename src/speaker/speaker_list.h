// SPDX-License-Identifier: GPL-3.0-or-later
// Lists the devices that sound can be played on.
#ifndef LOOSEN_SPEAKER_LIST_H
#define LOOSEN_SPEAKER_LIST_H

#include "buffer.h"
#include "error.h"

// The devices that there are, a line each for speaker_listed_next, through a worker with a
// deadline. No devices: STATUS_OK and no line.
enum status speaker_list(struct buffer *lines, struct error *error);

struct speaker_listed {
    struct text name, api; // made visible; views of the line
    int channels;          // the most that it has
    int rate_hz;           // that it prefers
    bool preferred;        // what is played on where none is named
};

// Take the next device from `lines`; false at their end.
bool speaker_listed_next(struct text *lines, struct speaker_listed *device);

#endif
